"""Representative rates of bands, and moves out of the pay system (R38)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R38"
VERSION = 1
CITATION = "9701.357(e)"
SPECIAL_SUPPLEMENT_CITATION = "9701.357(d)"
GS_CITATION = "9701.357(f)"


@dataclass(frozen=True, slots=True)
class IncreaseBeforeMove:
    """Basic pay, in whole dollars, on the day before a move; `lost` is what the maximum cut off."""

    basic: int
    lost: int


def representative_rate(
    rate: int | None, *, minimum: int, maximum: int, band: str = "this band"
) -> int:
    """The rate that stands for a band in a reduction in force, one for each range.

    5 CFR 9701.357(e), 5 CFR 351. No rounding. Refused: `parameter_missing` without one,
    `invalid_range` outside the range.
    """
    if rate is None:
        message = f"The range of {band} has no representative rate: a reduction in force needs one."
        raise Refused("parameter_missing", CITATION, message)
    if not minimum <= rate <= maximum:
        message = f"{rate:,} is not in the range of {minimum:,} to {maximum:,}."
        raise Refused("invalid_range", CITATION, message)
    return rate


def increase_before_gs_move(
    basic: int, *, percent: Decimal, maximum: int, target: str
) -> IncreaseBeforeMove:
    """Basic pay raised before a move to a General Schedule position with higher duties.

    5 CFR 9701.357(f), (b). `percent` is the directive's (6 is 6 %), `target` the position moved to;
    half up, not above the maximum. It is no promotion. Refused: `reason_required` without a target,
    `invalid_input` unless the percentage is above zero.
    """
    if not target.strip():
        message = "Name the General Schedule position, in the Department, of the move."
        raise Refused("reason_required", GS_CITATION, message)
    if percent <= 0:
        raise Refused("invalid_input", GS_CITATION, "An increase is above zero.")
    raised = half_up_dollar(basic * (1 + Fraction(percent) / 100))
    new = min(raised, max(basic, maximum))
    return IncreaseBeforeMove(basic=new, lost=raised - new)
