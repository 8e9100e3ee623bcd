"""Whether an initial range gives law enforcement officers what the former rates gave (R36)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pay.rules.supplement import least_basic, uncapped_adjusted
from regulation.refusals import Refused

RULE = "R36"
VERSION = 1
CITATION = "9701.372(b)"


def check_law_enforcement_range(
    former_totals: Iterable[int], *, maximum: int, percent: Decimal
) -> int:
    """The adjusted rate of the maximum, in whole dollars, if it reaches every former total.

    5 CFR 9701.372(b), for officers of 5 U.S.C. 5541(3) under the General Schedule; retained rates
    do not help. Half up. Refused `invalid_range`, with the maximum that would do.
    """
    reached = uncapped_adjusted(maximum, percent=percent)
    highest = max(former_totals, default=0)
    if highest > reached:
        message = (
            f"The maximum of {maximum:,} comes to {reached:,}, less than a former {highest:,}; "
            f"{least_basic(highest, percent=percent):,} would do."
        )
        raise Refused("invalid_range", CITATION, message)
    return reached
