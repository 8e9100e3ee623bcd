"""A reduction of basic pay within the band by a decision under subpart F (R21)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from regulation.money import ceil_dollar
from regulation.refusals import Refused

RULE = "R21"
VERSION = 1
CITATION = "9701.343"

#: 5 CFR 9701.343, 9701.354: the most that one adverse action may take of basic pay.
MOST_REDUCTION = Fraction(10, 100)
REASONS = ("unacceptable_performance", "conduct")


@dataclass(frozen=True, slots=True)
class ReductionResult:
    """Basic pay, in whole dollars, after a reduction."""

    basic: int
    retained: bool


def ten_percent_less(basic: int) -> int:
    """The lowest rate not more than 10 percent less, in whole dollars, rounded up."""
    return ceil_dollar(basic * (1 - MOST_REDUCTION))


def lowest_permitted(basic: int, *, minimum: int) -> int:
    """The lowest rate a reduction within the band may set (5 CFR 9701.343)."""
    return max(ten_percent_less(basic), minimum)


def reduce_within_band(
    basic: int, *, proposed: int, minimum: int, maximum: int, retained: bool, reason: str
) -> ReductionResult:
    """The proposed rate, if it is within the limits of one action.

    5 CFR 9701.343. A retained rate that falls to the maximum or below is retained no longer.
    Refused: `not_adverse_action` for any reason but unacceptable performance or conduct;
    `no_effect` where pay would not fall; `reduction_over_10`; `below_band_minimum`.
    """
    if reason not in REASONS:
        message = "Basic pay is reduced only for unacceptable performance or conduct."
        raise Refused("not_adverse_action", CITATION, message)
    lowest = lowest_permitted(basic, minimum=minimum)
    if proposed >= basic:
        message = f"{proposed:,} is no reduction of {basic:,}."
        raise Refused("no_effect", CITATION, message)
    if proposed < ten_percent_less(basic):
        message = f"{proposed:,} takes more than 10 percent; the lowest rate is {lowest:,}."
        raise Refused("reduction_over_10", CITATION, message)
    if proposed < minimum:
        message = (
            f"{proposed:,} is below the band minimum; the lowest rate is {lowest:,}."
            if lowest < basic
            else f"{proposed:,} is below the band minimum, {minimum:,}: nothing can be taken."
        )
        raise Refused("below_band_minimum", CITATION, message)
    return ReductionResult(basic=proposed, retained=retained and proposed > maximum)
