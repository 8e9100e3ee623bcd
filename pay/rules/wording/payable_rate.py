"""Supplement, cap and hourly rate in words (R9, R10, R1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.hourly import HOURS_IN_A_YEAR
from pay.rules.payable_rate import PayableRate
from pay.rules.supplement import uncapped_adjusted_of_retained
from pay.rules.wording.figures import Lines, dollars, percent, rounded
from regulation.money import down_places


def describe_payable_rate(
    result: PayableRate,
    *,
    basic: int,
    percent: Decimal,
    retained: bool,
    retained_mode: str,
    maximum: int,
    cap: int,
    critical_pay: bool,
    kept_supplement: int = 0,
    least: int = 0,
    published: Decimal | None = None,
) -> Lines:
    """R9, R10 and R1 in words."""
    mode = retained_mode if retained else "full"
    own = uncapped_adjusted_of_retained(basic, percent=percent, maximum=maximum, mode=mode)
    lines = [_uncapped(own, basic=basic, supplement_percent=percent, mode=mode, maximum=maximum)]
    if result.uncapped > own and result.uncapped == basic + kept_supplement:
        lines.append(
            f"The supplement of {dollars(kept_supplement)} that reached the minimum adjusted rate "
            f"is kept: {dollars(basic)} + {dollars(kept_supplement)} = {dollars(result.uncapped)}"
        )
    elif result.uncapped > own:
        lines.append(f"The minimum adjusted rate is {dollars(least)}, and no less is paid.")
    if result.adjusted < result.uncapped:
        lines.append(
            f"The highest rate allowed is {dollars(cap)}: the supplement is "
            f"{dollars(result.supplement)} instead of {dollars(result.uncapped - basic)}."
        )
    if critical_pay and basic > cap:
        lines.append("Basic pay above the highest rate is critical pay under 5 U.S.C. 5377.")
    lines.append(_hourly(result))
    return lines


def _uncapped(own: int, *, basic: int, supplement_percent: Decimal, mode: str, maximum: int) -> str:
    if mode == "none" or supplement_percent == 0:
        return f"No supplement is paid on {dollars(basic)}."
    if mode == "to_band_max":
        return (
            f"{dollars(basic)} + {percent(supplement_percent)} of the band maximum, "
            f"{dollars(maximum)}, comes to {dollars(own)}"
        )
    total = basic * (1 + Fraction(supplement_percent) / 100)
    return (
        f"{dollars(basic)} × (1 + {percent(supplement_percent)}) "
        f"{rounded(total, own, way='rounded half up')}"
    )


def _hourly(result: PayableRate) -> str:
    exact = down_places(Fraction(result.adjusted, HOURS_IN_A_YEAR), 4)
    return (
        f"{dollars(result.adjusted)} ÷ {dollars(HOURS_IN_A_YEAR)} hours = {exact}, "
        f"to the nearest cent {dollars(result.hourly)} an hour"
    )
