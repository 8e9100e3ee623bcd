"""Special payments, NAFI rates and increases before a move, in words (R24, R31, R38)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.hourly import HOURS_IN_A_YEAR
from pay.rules.representative_rate import IncreaseBeforeMove
from pay.rules.special_payment import SpecialPayment
from pay.rules.starting_pay import StartingRate
from pay.rules.wording.developmental import describe_rise
from pay.rules.wording.figures import Lines, dollars, rounded
from regulation.money import half_up_dollar


def describe_special_payment(
    result: SpecialPayment,
    *,
    amount: Decimal,
    kind: str,
    schedule: str,
    basic: int,
    retained: bool,
) -> Lines:
    """R31 in words."""
    often = "each pay period" if schedule == "pay_period" else "once"
    return [
        f"A special {kind} payment of {dollars(result.amount)}, {often}. It is not basic pay for "
        f"any purpose: that stays {dollars(basic)}."
    ]


def describe_nafi_rate(
    result: StartingRate, *, hourly: Decimal, minimum: int, maximum: int, retention_allowed: bool
) -> Lines:
    """R24 in words, for a converted position of a nonappropriated fund."""
    exact = Fraction(hourly) * HOURS_IN_A_YEAR
    annual = half_up_dollar(exact)
    lines = [
        f"{dollars(hourly)} an hour × {dollars(HOURS_IN_A_YEAR)} hours "
        f"{rounded(exact, annual, way='rounded half up')}"
    ]
    if result.basic > annual:
        lines.append(f"Basic pay may not be below the band minimum, {dollars(minimum)}.")
    if result.retained:
        lines.append(f"It is above the band maximum, {dollars(maximum)}: a retained rate.")
    return lines


def describe_increase_before_move(
    result: IncreaseBeforeMove, *, basic: int, percent: Decimal, maximum: int, target: str
) -> Lines:
    """R38 in words."""
    return [
        f"Before the move to {target}:",
        *describe_rise(basic, new=result.basic, lost=result.lost, percent=percent),
    ]
