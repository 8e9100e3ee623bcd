"""Draws past ratings of record from published shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from demonstration.rules.allotment import apportion

MINIMUM_PERIOD_DAYS = 90


def period_end(fiscal_year: int) -> date:
    """The last day of an appraisal period, which is the fiscal year."""
    return date(fiscal_year, 9, 30)


def draw_ratings(
    hired: Sequence[date], *, shares: dict[int, dict[str, Decimal]], rng: Random
) -> dict[int, dict[int, str]]:
    """Levels by fiscal year and person (by place), in the shares to within one person.

    Someone hired too late for the minimum period of a year has no rating for it. A person who did
    well one year tends to do well the next.
    """
    ability = [rng.gauss(0, 1) for _ in hired]
    drawn: dict[int, dict[int, str]] = {}
    for year, share in sorted(shares.items()):
        latest = period_end(year) - timedelta(days=MINIMUM_PERIOD_DAYS - 1)
        rated = [person for person, day in enumerate(hired) if day <= latest]
        rated.sort(key=lambda p: ability[p] + rng.gauss(0, 1), reverse=True)
        levels = [
            level
            for level, count in zip(
                share, apportion(len(rated), weights=list(share.values())), strict=True
            )
            for _ in range(count)
        ]
        drawn[year] = dict(zip(rated, levels, strict=True))
    return drawn
