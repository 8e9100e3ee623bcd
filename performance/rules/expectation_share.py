"""What an expectation that was replaced or withdrawn counts for: its own dates (9701.406(b))."""

from __future__ import annotations

from datetime import date
from fractions import Fraction


def share_of_time(
    *, communicated_on: date, ended_on: date | None, first_told: date, until: date
) -> Fraction:
    """The part of its chain's time for which one version was in force, from 0 to 1.

    5 CFR 9701.406(b)#2. A chain is an expectation with what replaced it: accountable from the day
    after `first_told` through `until`. One that nothing replaced and that still stands counts
    whole, whenever in the period it was communicated.
    """
    whole = (until - first_told).days
    if whole <= 0:
        return Fraction(1)
    last = until if ended_on is None or ended_on > until else ended_on
    # From the day after its communication, through the day before its end.
    days = (last - communicated_on).days
    return Fraction(max(days, 0), whole)
