"""All detectors over all groups (performance specification 1.7; 5 CFR 9701.409(d))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from performance.rules.detection.facts import LEAST_GROUP, Flag, Group, GroupKey
from performance.rules.detection.same_text import same_text
from performance.rules.detection.shares import Counts, repeat, round_share
from performance.rules.detection.shifts import bulk_change, late_shift, review_shift
from performance.rules.detection.spread import under_dispersion


def detect(
    groups: Iterable[Group],
    *,
    earlier: Mapping[GroupKey, Counts],
    levels: Sequence[tuple[str, int]],
    closes: date,
) -> list[Flag]:
    """Every flag, group by group; groups of fewer than ten ratings are not looked at.

    `earlier` are the counts by level of the period before, `levels` codes and ranks from the best
    down, `closes` the last day of the rating stage. Whether everybody is at one level plays no
    part: that is no error.
    """
    flags: list[Flag] = []
    ranks = [rank for _, rank in levels]
    top = levels[0][0]
    for group in groups:
        if len(group.facts) < LEAST_GROUP:
            continue
        before = earlier.get(group.name)
        before = before if before and sum(before.values()) >= LEAST_GROUP else None
        flags += round_share(group, earlier=before)
        flags += repeat(group, earlier=before)
        flags += review_shift(group, top=top)
        flags += late_shift(group, closes=closes)
        flags += under_dispersion(group, ranks=ranks)
        flags += same_text(group)
        flags += bulk_change(group)
    return flags
