"""The percentage value of an increase in a band's minimum rate (R3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from regulation.pay_periods import PayCalendar
from regulation.refusals import Refused

RULE = "R3"
VERSION = 1
CITATION = "9701.322(d)"


def check_range(minimum: int, *, maximum: int, cap: int) -> None:
    """Refuse a band rate range that is not 0 < minimum < maximum <= cap, in whole dollars a year.

    5 CFR 9701.312, 9701.321(a). `invalid_range`, or `above_executive_level` over the cap.
    """
    for rate in (minimum, maximum):
        if not isinstance(rate, int) or isinstance(rate, bool):
            raise Refused("invalid_range", "9701.321(a)", "A range is in whole dollars a year.")
    if not 0 < minimum < maximum:
        message = f"The minimum ({minimum:,}) must be positive and below the maximum ({maximum:,})."
        raise Refused("invalid_range", "9701.321(a)", message)
    if maximum > cap:
        message = f"The maximum ({maximum:,}) is above the highest rate allowed ({cap:,})."
        raise Refused("above_executive_level", "9701.312(a)", message)


@lru_cache
def _rise(old: int, new: int) -> Fraction:
    return Fraction(new - old, old) if new > old else Fraction(0)


@dataclass(frozen=True, slots=True)
class RangeChange:
    """A band rate range before and after an adjustment, in whole dollars a year."""

    old_minimum: int
    old_maximum: int
    new_minimum: int
    new_maximum: int

    @property
    def percentage(self) -> Fraction:
        """The increase of the minimum as an exact ratio, never below zero.

        5 CFR 9701.323(a), 9701.322(d): the announced percentage and the maximum's rise do not
        count. No rounding.
        """
        return _rise(self.old_minimum, self.new_minimum)

    @property
    def maximum_lags(self) -> bool:
        """Whether the maximum rises by less than the minimum, so that it will cut some off."""
        return Fraction(self.new_maximum, self.old_maximum) - 1 < self.percentage


def default_effective_date(year: int, *, calendar: PayCalendar) -> date:
    """The first day of the first pay period beginning on or after January 1 (5 CFR 9701.322(b))."""
    return calendar.on_or_after(date(year, 1, 1))
