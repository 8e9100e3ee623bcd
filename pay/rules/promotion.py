"""The rate of basic pay upon promotion (R25, R26)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from regulation.money import ceil_dollar, half_up_dollar
from regulation.refusals import Refused

RULE = "R25"
VERSION = 1
CITATION = "9701.353(a)"
RETAINED_RULE = "R26"
RETAINED_CITATION = "9701.353(c)"

#: 5 CFR 9701.353(a): a promotion raises basic pay by at least this part of it.
LEAST_INCREASE = Fraction(8, 100)


@dataclass(frozen=True, slots=True)
class PromotionResult:
    """Basic pay, in whole dollars, after a promotion, flagged if the raise is under 8 percent."""

    basic: int
    retained: bool
    under_eight_percent: bool


def promote(
    basic: int,
    *,
    minimum: int,
    maximum: int,
    percent: Fraction | Decimal,
    current_maximum: int,
    retained: bool,
    listed_circumstance: bool = False,
) -> PromotionResult:
    """Basic pay upon promotion into a band with the range `minimum` to `maximum`.

    5 CFR 9701.353(a)-(c), 9701.356(a), 9701.357. `percent` is a part of one (0.08), applied to
    basic pay or, for a retained rate, to the current band's maximum; rounded up, being "at least".
    In a circumstance listed by directive (353(b)) it may be lower, and rounds half up. A rate
    already above the new maximum goes on as a retained rate. Refused `invalid_parameter` below
    8 percent.
    """
    part = Fraction(percent)
    if part < (0 if listed_circumstance else LEAST_INCREASE):
        message = f"A promotion raises pay by at least 8 percent; {percent} is less."
        raise Refused("invalid_parameter", CITATION, message)
    start = current_maximum if retained else basic
    least = ceil_dollar(start * (1 + LEAST_INCREASE))
    if basic > maximum:
        return PromotionResult(basic=basic, retained=True, under_eight_percent=basic < least)
    rounded = half_up_dollar if listed_circumstance else ceil_dollar
    new = min(max(rounded(start * (1 + part)), minimum, basic), maximum)
    return PromotionResult(basic=new, retained=False, under_eight_percent=new < least)
