"""The highest rate of pay that the Executive Schedule allows on a date (5 CFR 9701.312)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pay.models import ExecutiveSchedule
from pay.rules.maximum_rate import maximum_rate
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Schedule:
    """Levels II and III on a date, and whether 5 U.S.C. 5307(d) certification is in force."""

    level_ii: int
    level_iii: int
    certified: bool

    def cap(self, *, senior_executive: bool) -> int:
        """The cap on basic pay and on the adjusted rate; whole dollars a year (R10)."""
        return maximum_rate(
            level_iii=self.level_iii,
            level_ii=self.level_ii,
            ses=senior_executive,
            certified=self.certified,
        )


def schedule_on(on: date) -> Schedule:
    """The Executive Schedule in force. Raises Refused parameter_missing without level III."""
    rows = (
        ExecutiveSchedule.objects.filter(starts__lte=on)
        .order_by("level", "-starts")
        .distinct("level")
    )
    found = {row.level: row for row in rows}
    if "III" not in found:
        raise Refused("parameter_missing", "9701.312(a)", f"No rate of level III is known on {on}.")
    three = found["III"]
    two = found.get("II", three)
    return Schedule(level_ii=two.rate, level_iii=three.rate, certified=two.certified)


def cap_on(on: date, *, senior_executive: bool = False) -> int:
    """The cap of one person on a date; whole dollars a year."""
    return schedule_on(on).cap(senior_executive=senior_executive)
