"""Levels changed on review: downward on balance, late, or many at once."""

from __future__ import annotations

from datetime import date, timedelta

from performance.rules.detection.facts import (
    REVIEWER,
    SUPERVISOR,
    Detector,
    Figures,
    Flag,
    Group,
    counts_of,
)

NET_LOWERED = 3
LATE = timedelta(days=5)
#: In organizations and pools, which hold many reviewers, fewer late changes are nothing unusual.
LATE_IN_LARGE = 5
BULK = 5
BULK_WITHIN = timedelta(minutes=10)


def review_shift(group: Group, *, top: str) -> list[Flag]:
    """Lowered on balance by a reviewer, until each supervisor has as many at the top."""
    if group.kind != REVIEWER:
        return []
    lowered = [fact.rating for fact in group.facts if fact.rank > fact.sent_rank]
    raised = [fact.rating for fact in group.facts if fact.rank < fact.sent_rank]
    teams = group.by_supervisor()
    at_top = {counts_of(team).get(top, 0) for team in teams}
    if len(lowered) - len(raised) < NET_LOWERED or len(teams) < 2 or len(at_top) != 1:
        return []
    figures: Figures = {"lowered": len(lowered), "raised": len(raised), "teams": len(teams)}
    found = tuple(sorted(lowered + raised))
    return [Flag(Detector.REVIEW_SHIFT, group.kind, group.key, figures, found)]


def late_shift(group: Group, *, closes: date) -> list[Flag]:
    """Levels changed on the last five days of the period's rating stage, the last one included."""
    found = [
        fact.rating
        for fact in group.facts
        if any(closes - LATE < change.on <= closes for change in fact.changes)
    ]
    least = 1 if group.kind in (REVIEWER, SUPERVISOR) else LATE_IN_LARGE
    if len(found) < least:
        return []
    figures: Figures = {"changed": len(found), "from": str(closes - LATE + timedelta(days=1))}
    figures["to"] = str(closes)
    return [Flag(Detector.LATE_SHIFT, group.kind, group.key, figures, tuple(sorted(found)))]


def bulk_change(group: Group) -> list[Flag]:
    """Five or more levels changed by one reviewer within ten minutes."""
    if group.kind != REVIEWER:
        return []
    made = sorted(
        (change.by or 0, change.at, fact.rating) for fact in group.facts for change in fact.changes
    )
    found: set[int] = set()
    for first in range(len(made)):
        together = {
            rating
            for by, at, rating in made[first:]
            if by == made[first][0] and at - made[first][1] <= BULK_WITHIN
        }
        if len(together) >= BULK:
            found |= together
    if not found:
        return []
    figures: Figures = {"changed": len(found), "minutes": int(BULK_WITHIN.total_seconds()) // 60}
    return [Flag(Detector.BULK_CHANGE, group.kind, group.key, figures, tuple(sorted(found)))]
