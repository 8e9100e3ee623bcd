"""One performance payout and its split between basic pay and lump sum (R17, R18)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pay.rules.parameters import require_choice
from pay.rules.point_value import MODES, PERCENT_MODES, SHARE_MODES
from regulation.money import half_up_quotient
from regulation.refusals import Refused

RULE = "R17"
VERSION = 1
CITATION = "9701.342(d)(3)"
RETAINED_RULE = "R18"
RETAINED_CITATION = "9701.342(d)(5)"

#: The value of parameter retained.lump that pays all that 9701.342(d)(5) allows.
EQUAL_TO_BOUND = "equal_to_bound"


@dataclass(frozen=True, slots=True)
class PayoutResult:
    """A payout in whole dollars: what was figured, what raised basic pay, what was a lump sum."""

    amount: int
    increase: int
    lump_sum: int
    basic: int

    @property
    def paid(self) -> int:
        """Dollars that leave the pool."""
        return self.increase + self.lump_sum


def payout_amount(
    base: int, *, mode: str, value: Decimal | None, points: Decimal, proration: Fraction
) -> int:
    """Point value times points times proration, in whole dollars.

    5 CFR 9701.342(d)(1), (2), (e). One rounding: down in the share modes, half up in the fixed
    ones. `base` is basic pay without supplements; a value of None pays nothing.
    """
    require_choice(mode, key="pool.mode", choices=MODES, citation="9701.342(d)(1)")
    if value is None:
        return 0
    numerator, denominator = 1, 1
    for factor in (value, points, proration):
        above, below = factor.as_integer_ratio()
        numerator, denominator = numerator * above, denominator * below
    if mode in PERCENT_MODES:
        numerator, denominator = numerator * base, denominator * 100
    if mode in SHARE_MODES:
        return numerator // denominator
    return half_up_quotient(numerator, denominator)


def payout(
    basic: int,
    *,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    proration: Fraction,
    maximum: int,
    excess_lump: bool,
) -> PayoutResult:
    """A payout as basic pay up to the band maximum, and the excess as a lump sum if so set.

    5 CFR 9701.342(d)(2), (3). `basic` is the rate after the same day's range adjustment;
    `excess_lump` is parameter payout.excess_lump.
    """
    amount = payout_amount(basic, mode=mode, value=value, points=points, proration=proration)
    increase = min(amount, max(0, maximum - basic))
    lump_sum = amount - increase if excess_lump else 0
    return PayoutResult(amount=amount, increase=increase, lump_sum=lump_sum, basic=basic + increase)


def payout_at_retained_rate(
    rate: int,
    *,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    proration: Fraction,
    maximum: int,
    excess_lump: bool,
    retained_lump: str | int,
) -> PayoutResult:
    """The lump sum, in whole dollars, of an employee on a retained rate, whose basic pay stays.

    5 CFR 9701.342(d)(5). The bound is what a member with the same rating at the band maximum gets.
    `retained_lump` is parameter retained.lump: `equal_to_bound`, or an amount, refused over the
    bound as `retained_lump_over_bound`.
    """
    bound = payout(
        maximum,
        mode=mode,
        value=value,
        points=points,
        proration=proration,
        maximum=maximum,
        excess_lump=excess_lump,
    ).lump_sum
    # Who has no points gets no payout, whatever amount the directive names for the others.
    lump_sum = _retained_lump(retained_lump, bound=bound) if points else 0
    return PayoutResult(amount=bound, increase=0, lump_sum=lump_sum, basic=rate)


def _retained_lump(chosen: str | int, *, bound: int) -> int:
    if isinstance(chosen, str):
        require_choice(
            chosen, key="retained.lump", choices=(EQUAL_TO_BOUND,), citation=RETAINED_CITATION
        )
        return bound
    if chosen < 0:
        message = "retained.lump may not be negative."
        raise Refused("invalid_parameter", RETAINED_CITATION, message)
    if chosen > bound:
        message = (
            f"A lump sum of {chosen:,} is more than the {bound:,} that a member with the same "
            "rating at the band maximum could get."
        )
        raise Refused("retained_lump_over_bound", RETAINED_CITATION, message)
    return chosen
