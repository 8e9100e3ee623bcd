"""A special increase within the band for exceptional skills or contributions (R22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R22"
VERSION = 1
CITATION = "9701.344"

#: 5 CFR 9701.344: no increase for time served, whatever it is called.
TIME_REASONS = ("length_of_service", "tenure", "time_in_grade")


@dataclass(frozen=True, slots=True)
class SpecialIncrease:
    """Basic pay, in whole dollars, after a special increase; `lost` is what the maximum cut off."""

    basic: int
    lost: int


def increase_within_band(
    basic: int,
    *,
    maximum: int,
    amount: int | None,
    percent: Decimal | None,
    reason: str,
    listed_reasons: Sequence[str],
    entry_developmental: bool,
    unacceptable: bool,
) -> SpecialIncrease:
    """Basic pay raised by an amount or a percentage (4 is 4 %) up to the band maximum.

    5 CFR 9701.344, 9701.357(b). Half up for a percentage; no lump sum. `unacceptable`: the standing
    rating is so and parameter withinband.unacceptable refuses it. Refused: `entry_band_excluded`,
    `length_of_service`, `reason_required`, `not_eligible`, `no_effect` at or above the maximum,
    `invalid_input` unless there is exactly one positive amount or percentage.
    """
    _check_eligible(
        reason=reason,
        listed_reasons=listed_reasons,
        entry_developmental=entry_developmental,
        unacceptable=unacceptable,
    )
    rise = _rise(basic, amount=amount, percent=percent)
    if basic >= maximum or rise <= 0:
        message = f"{basic:,} leaves no room for an increase: the maximum is {maximum:,}."
        raise Refused("no_effect", "9701.357(b)", message)
    new = min(basic + rise, maximum)
    return SpecialIncrease(basic=new, lost=basic + rise - new)


def _check_eligible(
    *,
    reason: str,
    listed_reasons: Sequence[str],
    entry_developmental: bool,
    unacceptable: bool,
) -> None:
    if entry_developmental:
        message = "Special increases are for Full Performance and higher bands."
        raise Refused("entry_band_excluded", CITATION, message)
    if reason in TIME_REASONS:
        message = "A special increase may not be based on length of service."
        raise Refused("length_of_service", CITATION, message)
    if reason not in listed_reasons:
        message = f"The reason must be one the directive lists: {', '.join(listed_reasons)}."
        raise Refused("reason_required", CITATION, message)
    if unacceptable:
        message = "An unacceptable rating of record bars a special increase."
        raise Refused("not_eligible", CITATION, message)


def _rise(basic: int, *, amount: int | None, percent: Decimal | None) -> int:
    if amount is not None and percent is None and amount > 0:
        return amount
    if percent is not None and amount is None and percent > 0:
        return half_up_dollar(basic * (1 + Fraction(percent) / 100)) - basic
    message = "Give either an amount or a percentage, above zero."
    raise Refused("invalid_input", CITATION, message)
