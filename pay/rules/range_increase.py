"""What an adjustment of a band rate range does to one rate of basic pay (R5, R6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from pay.rules.range_change import RangeChange
from regulation.money import half_up_quotient

__all__ = [
    "CITATION",
    "RETAINED_CITATION",
    "RETAINED_RULE",
    "RULE",
    "VERSION",
    "RangeChange",
    "RangeIncreaseResult",
    "range_increase",
]

RULE = "R5"
VERSION = 1
CITATION = "9701.323(a)"
RETAINED_RULE = "R6"
RETAINED_CITATION = "9701.356(c)"

_NOTHING = Fraction(0)

Outcome: TypeAlias = Literal["increased", "cut_at_maximum", "denied", "unchanged"]


@dataclass(frozen=True, slots=True)
class RangeIncreaseResult:
    """A rate of basic pay after a range adjustment.

    `lost` is what the maximum cut off, in dollars a year, paid in no form; `withheld` the exact
    percentage that a denial holds back; `below_minimum` that the denied rate fell below the new
    minimum, which opens the case of 5 CFR 9701.325.
    """

    basic: int
    retained: bool
    outcome: Outcome
    lost: int
    withheld: Fraction
    below_minimum: bool


def range_increase(
    basic: int, *, change: RangeChange, retained: bool, denied: bool
) -> RangeIncreaseResult:
    """Basic pay, in whole dollars, after a range adjustment; `retained` is read the day before.

    5 CFR 9701.323(a), (c), 9701.356(c), 9701.357(a), (b). One rounding, half up. Nobody above
    unacceptable loses pay: a rate over a lowered maximum is kept as a retained rate.
    """
    share = change.percentage / 2 if retained else change.percentage
    if denied:
        return RangeIncreaseResult(
            basic=basic,
            retained=basic > change.new_maximum,
            outcome="denied",
            lost=0,
            withheld=share,
            below_minimum=basic < change.new_minimum,
        )
    whole = share.numerator + share.denominator
    raised = max(half_up_quotient(basic * whole, share.denominator), change.new_minimum)
    # A retained rate has no ceiling; any other stops at the new maximum, but is not lowered to it.
    new = raised if retained else min(raised, max(basic, change.new_maximum))
    return RangeIncreaseResult(
        basic=new,
        retained=new > change.new_maximum,
        outcome=_outcome(basic, raised=raised, new=new),
        lost=raised - new,
        withheld=_NOTHING,
        below_minimum=False,
    )


def _outcome(basic: int, *, raised: int, new: int) -> Outcome:
    if raised > new:
        return "cut_at_maximum"
    return "increased" if new > basic else "unchanged"
