"""The rate of basic pay upon promotion (R25, R26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pay.rules.wording.figures import part_as_percent
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
class SupplementPercents:
    """Supplements of the old and the new band at one duty station; 12.5 is 12.5 percent."""

    old: Decimal
    new: Decimal

    def adjusted(self, basic: int) -> int:
        """The adjusted rate before the promotion, in whole dollars, half up."""
        return half_up_dollar(basic * (1 + Fraction(self.old) / 100))

    def basic_for(self, adjusted: int) -> int:
        """The least basic pay whose adjusted rate in the new band, half up, reaches this one."""
        return ceil_dollar((adjusted - Fraction(1, 2)) / (1 + Fraction(self.new) / 100))


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
    supplements: SupplementPercents | None = None,
) -> PromotionResult:
    """Basic pay upon promotion into a band with the range `minimum` to `maximum`.

    5 CFR 9701.353(a)-(d), 9701.356(a), 9701.357. `percent` is a part of one (0.08), applied to
    basic pay or, for a retained rate, to the current band's maximum; rounded up, being "at least".
    In a circumstance listed by directive (353(b)) it may be lower, and rounds half up. A rate
    already above the new maximum goes on as a retained rate. With `supplements` (parameter
    promotion.includes_supplement) the adjusted rate is raised, and basic pay is the least that
    reaches it. Refused `invalid_parameter` below 8 percent.
    """
    part = Fraction(percent)
    if part < (0 if listed_circumstance else LEAST_INCREASE):
        bound = "0" if listed_circumstance else "8"
        message = f"A promotion raises pay by at least {bound}%; {part_as_percent(part)} is less."
        raise Refused("invalid_parameter", CITATION, message)
    start = current_maximum if retained else basic
    least = _raised(start, part=LEAST_INCREASE, supplements=supplements, rounded=ceil_dollar)
    if basic > maximum:
        return PromotionResult(basic=basic, retained=True, under_eight_percent=basic < least)
    rounded = half_up_dollar if listed_circumstance else ceil_dollar
    raised = _raised(start, part=part, supplements=supplements, rounded=rounded)
    new = min(max(raised, minimum, basic), maximum)
    return PromotionResult(basic=new, retained=False, under_eight_percent=new < least)


def _raised(
    start: int,
    *,
    part: Fraction,
    supplements: SupplementPercents | None,
    rounded: Callable[[Fraction], int],
) -> int:
    if supplements is None:
        return rounded(start * (1 + part))
    return supplements.basic_for(rounded(supplements.adjusted(start) * (1 + part)))
