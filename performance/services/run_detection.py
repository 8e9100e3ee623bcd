"""Running the detection report: it is kept, and touches no rating (5 CFR 9701.409(d))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from performance.models import Cycle, DetectionReport, RatingLevel
from performance.queries.detection import Grouped, closes_on, counts_before, groups_of
from performance.queries.scoring import rating_policy
from performance.rules.detection.facts import LEAST_GROUP, SUPERVISOR
from performance.rules.detection.report import detect
from performance.rules.detection.same_text import copied
from regulation import clock

CITATION = "9701.409(d)"


@transaction.atomic
def run_detection(
    cycle: Cycle, *, actor: Actor, on: date, at_close: bool = False
) -> DetectionReport:
    """Look at every issued rating of a period and keep what was found.

    Who may is for the caller to say. Seven queries, whatever the number of people.
    """
    levels = list(RatingLevel.objects.filter(system_id=cycle.system_id).order_by("rank"))
    grouped = groups_of(cycle)
    flags = detect(
        [each.group for each in grouped],
        earlier=counts_before(cycle),
        levels=[(level.code, level.rank) for level in levels],
        closes=closes_on(cycle, due_days=rating_policy(cycle, on=on)["rating_due_days"]),
    )
    flagged = {(flag.kind, flag.key) for flag in flags}
    enough = [each for each in grouped if len(each.group.facts) >= LEAST_GROUP]
    content = {
        "levels": [[level.code, level.title] for level in levels],
        "ratings": _number(grouped),
        "groups": [_group(each, whole=each.group.name in flagged) for each in enough],
        "flags": [
            {
                "detector": flag.detector.value,
                "kind": flag.kind,
                "key": flag.key,
                "figures": flag.figures,
                "ratings": list(flag.ratings),
            }
            for flag in flags
        ],
    }
    report = DetectionReport.objects.create(
        cycle=cycle,
        on=on,
        recorded_at=clock.now(),
        run_by=actor.user,
        at_close=at_close,
        content=content,
    )
    record(
        f"cycle:{cycle.pk}",
        act="run_detection",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={"report": report.pk, "flags": len(flags)},
    )
    return report


def _number(grouped: Sequence[Grouped]) -> int:
    return len({fact.rating for each in grouped for fact in each.group.facts})


def _group(each: Grouped, *, whole: bool) -> dict[str, Any]:
    """A group without its counts by level: from many such groups small cells could be told."""
    facts = each.group.facts
    most = max(Counter(fact.level for fact in facts).values())
    return {
        "kind": each.group.kind,
        "key": each.group.key,
        "title": each.title,
        "place": each.place,
        "reviewers": each.reviewers if each.group.kind == SUPERVISOR else [],
        "people": len(facts),
        "spread": _spread(most, len(facts)),
        "copied": len(copied(facts, word_for_word=each.group.kind != SUPERVISOR)),
        "ratings": [fact.rating for fact in facts] if whole else [],
    }


def _spread(most: int, number: int) -> str:
    """The share of the commonest level, so coarse that nobody is picked out."""
    if most == number:
        return "all"
    if 4 * most > 3 * number:
        return "most"
    return "half" if 2 * most >= number else "less"
