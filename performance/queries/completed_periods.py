"""The appraisal period completed most recently, in the system of each person.

5 CFR 9701.323(b), 9701.335(b). Systems may have years of their own: October to September, and April
to March for the Coast Guard's civilians (preamble to 342).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from performance.models import Cycle
from performance.models.system import STANDARD_SYSTEM
from performance.queries.systems import covered_groups
from performance.rules.system_coverage import CoveredGroup, system_for
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class CompletedPeriods:
    """Before one date: the last day of each system's last period, and whom each system covers."""

    on: date
    ends: Mapping[str, date]
    groups: tuple[CoveredGroup, ...] = ()

    def end_for(self, *, band_level: str, category: str) -> date | None:
        """Last day of the last period of whoever is in a band level and a category, or None.

        Where no one system covers him it is that of the Department's system.
        """
        if len(set(self.ends.values())) < 2:
            return next(iter(self.ends.values()), None)
        try:
            system = system_for(
                self.groups, band_level=band_level, category=category, period_start=self.on
            )
        except Refused:
            system = STANDARD_SYSTEM
        return self.ends.get(system)


def completed_periods(on: date) -> CompletedPeriods:
    """The period of each system completed most recently before a date; at most two queries.

    A period that ends on the date is not completed.
    """
    rows = Cycle.objects.filter(ends__lt=on).values("system__code").annotate(last=Max("ends"))
    ends = {row["system__code"]: row["last"] for row in rows}
    groups = tuple(covered_groups()) if len(set(ends.values())) > 1 else ()
    return CompletedPeriods(on=on, ends=ends, groups=groups)
