"""Shares that look set beforehand: round ones, and the same counts again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from performance.rules.detection.facts import (
    LEAST_GROUP,
    REVIEWER,
    Detector,
    Figures,
    Flag,
    Group,
    counts_of,
)

#: Percent.
ROUND = frozenset({10, 15, 20, 25, 33, 50})
Counts = Mapping[str, int]


def round_shares_of(counts: Counts) -> dict[str, int]:
    """The levels whose share of a group, in whole percent rounded half up, is a round number."""
    number = sum(counts.values())
    shares = {
        level: (200 * people + number) // (2 * number) for level, people in counts.items() if people
    }
    return {level: share for level, share in shares.items() if share in ROUND}


def round_share(group: Group, *, earlier: Counts | None) -> list[Flag]:
    """The same round share of a level under most supervisors of a reviewer, or twice running.

    `earlier` are the counts of the same group in the period before, where it had enough people.
    """
    flags = []
    counts = counts_of(group.facts)
    now = round_shares_of(counts)
    before = round_shares_of(earlier) if earlier else {}
    for level in sorted(now):
        if before.get(level) == now[level] and earlier is not None:
            figures: Figures = {
                "level": level,
                "percent": now[level],
                "periods": 2,
                "fewest": min(counts[level], earlier[level]),
            }
            flags.append(_flag(group, figures))
    return flags + (_in_most_teams(group) if group.kind == REVIEWER else [])


def _in_most_teams(group: Group) -> list[Flag]:
    teams = [counts_of(team) for team in group.by_supervisor() if len(team) >= LEAST_GROUP]
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for counts in teams:
        for level, share in round_shares_of(counts).items():
            found[level, share].append(counts[level])
    return [
        _flag(
            group,
            {
                "level": level,
                "percent": share,
                "teams": len(people),
                "of": len(teams),
                "fewest": min(people),
            },
        )
        for (level, share), people in sorted(found.items())
        if len(people) >= 2 and 2 * len(people) > len(teams)
    ]


def _flag(group: Group, figures: Figures) -> Flag:
    return Flag(Detector.ROUND_SHARE, group.kind, group.key, figures)


def repeat(group: Group, *, earlier: Counts | None) -> list[Flag]:
    """The same number at every level as in the period before, of as many people."""
    counts = counts_of(group.facts)
    if not earlier or counts != {level: people for level, people in earlier.items() if people}:
        return []
    figures: Figures = {"people": len(group.facts), "levels": len(counts)}
    return [Flag(Detector.REPEAT, group.kind, group.key, figures)]
