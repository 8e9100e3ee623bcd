"""Which performance system an employee is in (5 CFR 9701.405(b)(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from regulation.refusals import Refused

CITATION = "9701.405(b)(1)"


@dataclass(frozen=True, slots=True)
class CoveredGroup:
    """A group that a system covers from a date on; a blank part stands for all.

    `band_level` is the level of the band held, `category` that of 5 CFR 9701.102(b).
    """

    system: str
    starts: date
    band_level: str = ""
    category: str = ""

    def holds(self, *, band_level: str, category: str) -> bool:
        """Whether somebody of that band level and category is in the group."""
        return self.band_level in ("", band_level) and self.category in ("", category)

    @property
    def narrowness(self) -> int:
        """How many parts are named; the narrowest group holds."""
        return bool(self.band_level) + bool(self.category)


def system_for(
    groups: Iterable[CoveredGroup], *, band_level: str, category: str, period_start: date
) -> str:
    """The code of the system that covers somebody for a period.

    5 CFR 9701.405(b)(1). A group counts from the period that begins on or after its date, the
    latest of the same group before an earlier one, a narrower before a wider. `band_level` is that
    of the band held at the end of the period. Raises Refused coverage_unspecified where no system
    covers him, system_conflict where two do and neither is the narrower.
    """
    latest: dict[tuple[str, str], CoveredGroup] = {}
    for group in sorted(groups, key=lambda group: group.starts):
        if group.starts <= period_start and group.holds(band_level=band_level, category=category):
            latest[group.band_level, group.category] = group
    if not latest:
        raise Refused(
            "coverage_unspecified",
            CITATION,
            f"No performance system covers {_named(band_level, category)} for a period that begins "
            f"on {period_start.isoformat()} (9701.405(b)(1)).",
        )
    narrowest = max(group.narrowness for group in latest.values())
    found = sorted({each.system for each in latest.values() if each.narrowness == narrowest})
    if len(found) > 1:
        raise Refused(
            "system_conflict",
            CITATION,
            f"{' and '.join(found)} would both cover {_named(band_level, category)}. Name the band "
            "level and the category in one of them (9701.405(b)(1)).",
        )
    return found[0]


def check_no_conflict(groups: Sequence[CoveredGroup], *, period_start: date) -> None:
    """Refuse groups that leave somebody in two systems at once: system_conflict."""
    for band_level in sorted({group.band_level for group in groups if group.band_level}):
        for category in sorted({group.category for group in groups if group.category}):
            among = [
                group
                for group in groups
                if group.starts <= period_start
                and group.holds(band_level=band_level, category=category)
            ]
            if among:
                system_for(
                    among, band_level=band_level, category=category, period_start=period_start
                )


def _named(band_level: str, category: str) -> str:
    band = band_level.replace("_", " ") if band_level else "no band"
    return f"employees of {band}, category “{category}”"
