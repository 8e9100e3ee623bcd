"""Conversion into the pay system without a reduction in pay (R32)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pay.rules.supplement import least_basic, uncapped_adjusted, uncapped_adjusted_of_retained
from regulation.refusals import Refused

RULE = "R32"
VERSION = 1
CITATION = "9701.373(a)"
SPECIAL_RATE_CITATION = "9701.373(b)"


@dataclass(frozen=True, slots=True)
class ConversionResult:
    """Basic pay and, with its supplement before the cap, the total, in whole dollars a year.

    `basic_lowered`: basic pay is below the former special rate's, the total is not; that is no
    reduction in pay under subpart F (5 CFR 9701.373(b)).
    """

    basic: int
    retained: bool
    total: int
    basic_lowered: bool


def convert(
    total: int,
    *,
    percent: Decimal,
    minimum: int,
    maximum: int,
    retained_mode: str,
    cap: int,
    former_basic: int | None,
) -> ConversionResult:
    """The least basic pay whose total reaches the former one, and not below the minimum.

    5 CFR 9701.373(a), (b), 9701.372(a), 9701.357(a). `total` is the former basic pay with locality
    pay, or the special rate, after the former system's actions of the day (R33) and the buy-in
    (R34); `percent` the new supplement (12.5 is 12.5 %). Above the maximum it is a retained rate,
    solved by parameter supp.retained_mode. `former_basic` is given for a special rate. No rating is
    asked. Refused: `invalid_input` for a total not above zero or a negative percentage,
    `above_executive_level` for a former total over the cap.
    """
    if total <= 0 or percent < 0:
        message = "A former total is above zero, and a supplement not below it."
        raise Refused("invalid_input", CITATION, message)
    if total > cap:
        message = f"The former total of {total:,} is above the highest rate allowed, {cap:,}."
        raise Refused("above_executive_level", "9701.312(a)", message)
    basic = least_basic(total, percent=percent)
    retained = basic > maximum
    if retained:
        basic = _least_retained(total, percent=percent, maximum=maximum, mode=retained_mode)
        reached = uncapped_adjusted_of_retained(
            basic, percent=percent, maximum=maximum, mode=retained_mode
        )
    else:
        basic = max(basic, minimum)
        reached = uncapped_adjusted(basic, percent=percent)
    return ConversionResult(
        basic=basic,
        retained=retained,
        total=reached,
        basic_lowered=former_basic is not None and basic < former_basic,
    )


def refuse_reduction(*, before: int, after: int) -> None:
    """Refused `pay_reduction` where a converted total is below the former one (9701.231(b))."""
    if after < before:
        message = f"A total of {before:,} would become {after:,}; conversion reduces nobody."
        raise Refused("pay_reduction", CITATION, message)


def _least_retained(total: int, *, percent: Decimal, maximum: int, mode: str) -> int:
    if mode == "none":
        return total
    if mode == "to_band_max":
        return total - (uncapped_adjusted(maximum, percent=percent) - maximum)
    return least_basic(total, percent=percent)
