"""The days an employee has performed toward the minimum period (5 CFR 9701.404, .405(b)(3))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from performance.rules.absence import Away
from regulation.refusals import Refused

CITATION = "9701.404"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Served:
    """Days completed by the morning of a date.

    `days` leaves long absence without pay out, `calendar_days` does not; `from_day` is the first
    day that counts, None before expectations were communicated; `can_rate_from` is the day after
    the minimum is reached if no further absence comes between, None where the period ends first.
    """

    days: int
    calendar_days: int
    minimum: int
    from_day: date | None
    can_rate_from: date | None

    @property
    def enough(self) -> bool:
        """Whether a rating of record may be prepared."""
        return self.days >= self.minimum


def days_served(
    *,
    period_start: date,
    period_end: date,
    communicated_on: date | None,
    hired: date,
    not_performing: Sequence[Away] = (),
    minimum: int,
    on: date,
) -> Served:
    """Count the days of the period performed under communicated expectations, before `on`.

    5 CFR 9701.404 "Minimum period", 9701.405(b)(3). Calendar days; the first day served is day 1;
    the count ends with the period. It is the employee's own time in the period, under whatever
    supervisor and in whatever position, and no rating restarts it. Days of `not_performing` (long
    absence without pay) are left out.
    """
    if communicated_on is None:
        return Served(0, 0, minimum, None, None)
    first = max(period_start, communicated_on, hired)
    through = min(period_end, on - DAY)
    calendar_days = max((through - first).days + 1, 0)
    days = calendar_days - _days_away(not_performing, first=first, last=through)
    return Served(
        days=days,
        calendar_days=calendar_days,
        minimum=minimum,
        from_day=first,
        can_rate_from=_reached(first, period_end, not_performing, minimum),
    )


def check_minimum_period(served: Served) -> None:
    """Refuse a rating of record before the minimum period is served: min_period_not_met."""
    if served.enough:
        return
    counted = f"{served.days} of {served.minimum} days served under communicated expectations. "
    if served.can_rate_from is None:
        text = "No rating of record can be prepared for this period"
    else:
        text = f"A rating of record can be prepared from {served.can_rate_from.isoformat()}"
    raise Refused("min_period_not_met", CITATION, f"{counted}{text} (9701.404, .405(b)(3)).")


def _days_away(spells: Sequence[Away], *, first: date, last: date) -> int:
    """Distinct days from `first` through `last` that lie in any of the spells."""
    days = 0
    uncounted = first
    for spell in sorted(spells, key=lambda spell: spell.first):
        start = max(spell.first, uncounted)
        end = min(spell.last or last, last)
        if start <= end:
            days += (end - start).days + 1
            uncounted = end + DAY
    return days


def _reached(first: date, period_end: date, spells: Sequence[Away], minimum: int) -> date | None:
    """The day after the last day of the minimum, None where the period ends before it."""
    last = first + timedelta(days=minimum - 1)
    while last <= period_end:
        served = (last - first).days + 1 - _days_away(spells, first=first, last=last)
        if served >= minimum:
            return last + DAY
        last += timedelta(days=minimum - served)
    return None
