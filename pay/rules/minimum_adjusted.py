"""The minimum adjusted rate of a band, and a supplement in dollars to reach it (R12)."""

from __future__ import annotations

from decimal import Decimal

from pay.rules.maximum_rate import payable_adjusted
from pay.rules.payable_rate import PayableRate, told_percent
from pay.rules.supplement import uncapped_adjusted

RULE = "R12"
VERSION = 1
CITATION = "9701.337(b)"
RELEASE_CITATION = "9701.336"
RELEASE_BELOW_CITATION = "9701.337(a)(1)"


def minimum_adjusted(minimum: int, *, published: Decimal, cap: int) -> int:
    """The band minimum with the published supplement, in whole dollars, under the cap.

    5 CFR 9701.337(b), 9701.357(a). Half up.
    """
    return payable_adjusted(uncapped_adjusted(minimum, percent=published), cap=cap)


def is_below_minimum_adjusted(
    basic: int, *, frozen: Decimal, minimum: int, published: Decimal, cap: int
) -> bool:
    """Whether a denied supplement left the adjusted rate below the minimum adjusted rate.

    5 CFR 9701.337(a); both sides rounded and capped. Equal is not below: then 9701.336 applies.
    """
    own = payable_adjusted(uncapped_adjusted(basic, percent=frozen), cap=cap)
    return own < minimum_adjusted(minimum, published=published, cap=cap)


def lift_to_minimum_adjusted(
    basic: int, *, frozen: Decimal, minimum: int, published: Decimal, cap: int
) -> PayableRate:
    """The payable rate, lifted to the minimum adjusted rate by a supplement in dollars.

    5 CFR 9701.337(b), 9701.357(a). Basic pay stays and the full published percentage is not
    granted; the percentage told is what the dollars come to, the published one or to four places.
    Released by a new rating (5 CFR 9701.336, 9701.337(a)(1)), nothing is frozen: `frozen` is the
    published one.
    """
    uncapped = uncapped_adjusted(basic, percent=frozen)
    own = payable_adjusted(uncapped, cap=cap)
    least = minimum_adjusted(minimum, published=published, cap=cap)
    adjusted = max(basic, own, least)
    supplement = adjusted - basic
    return PayableRate(
        uncapped=max(uncapped, least),
        adjusted=adjusted,
        supplement=supplement,
        supplement_percent=frozen
        if own >= least
        else told_percent(basic, uncapped=adjusted, published=published),
    )
