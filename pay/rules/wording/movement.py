"""Starting pay, promotion, lateral moves and pay retention in words (R24 to R26, R28, R29)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.movement import MoveResult
from pay.rules.promotion import PromotionResult, SupplementPercents
from pay.rules.retention import RetentionResult
from pay.rules.starting_pay import StartingRate
from pay.rules.wording.figures import Lines, dollars, part_as_percent, rounded
from regulation.money import ceil_dollar, half_up_dollar


def describe_starting_rate(
    result: StartingRate,
    *,
    basic: int,
    minimum: int,
    maximum: int,
    highest_previous_rate: int | None = None,
) -> Lines:
    """R24 in words."""
    lines = [
        f"Basic pay begins at {dollars(result.basic)}, in the band rate range of "
        f"{dollars(minimum)} to {dollars(maximum)}."
    ]
    if highest_previous_rate is not None:
        lines.append(f"The highest previous rate is {dollars(highest_previous_rate)}.")
    return lines


def describe_promotion(
    result: PromotionResult,
    *,
    basic: int,
    minimum: int,
    maximum: int,
    percent: Fraction | Decimal,
    current_maximum: int,
    retained: bool,
    listed_circumstance: bool,
    supplements: SupplementPercents | None = None,
) -> Lines:
    """R25 and R26 in words."""
    if basic > maximum:
        return [
            f"{dollars(basic)} is above the new band's maximum, {dollars(maximum)}: "
            "it goes on as a retained rate, without an increase."
        ]
    start = current_maximum if retained else basic
    before = supplements.adjusted(start) if supplements else start
    exact = before * (1 + Fraction(percent))
    raw = half_up_dollar(exact) if listed_circumstance else ceil_dollar(exact)
    way = "rounded half up" if listed_circumstance else "rounded up"
    line = f"{dollars(before)} × (1 + {part_as_percent(percent)}) {rounded(exact, raw, way=way)}"
    if supplements:
        target, raw = raw, supplements.basic_for(raw)
        line = (
            f"Supplements count: {dollars(start)} and {part_as_percent(supplements.old / 100)} is "
            f"{dollars(before)}. {line}; the least basic pay that comes to {dollars(target)} with "
            f"{part_as_percent(supplements.new / 100)} is {dollars(raw)}."
        )
    if retained:
        line = f"From a retained rate the increase runs from the current band's maximum: {line}"
    lines = [line]
    if raw > maximum:
        lines.append(f"Basic pay stops at the new band's maximum, {dollars(maximum)}.")
    elif result.basic > raw:
        floor = "the new band's minimum" if result.basic == minimum else "the present rate"
        lines.append(f"Basic pay may not be below {floor}, {dollars(result.basic)}.")
    if result.under_eight_percent:
        lines.append("The increase is under 8 percent.")
    return lines


def describe_lateral_move(
    result: MoveResult,
    *,
    basic: int,
    minimum: int,
    maximum: int,
    retention_eligible: bool,
    below_minimum_by_denial: bool,
) -> Lines:
    """R28 in words."""
    if below_minimum_by_denial and basic < minimum:
        return [
            f"Basic pay stays {dollars(basic)}, below the minimum of {dollars(minimum)}, "
            "while an increase is denied."
        ]
    return _kept(
        result.basic, before=basic, minimum=minimum, maximum=maximum, retained=result.retained
    )


def describe_retention(
    result: RetentionResult, *, former: int, minimum: int, maximum: int, eligible: bool
) -> Lines:
    """R29 in words."""
    return _kept(
        result.basic, before=former, minimum=minimum, maximum=maximum, retained=result.retained
    )


def _kept(new: int, *, before: int, minimum: int, maximum: int, retained: bool) -> Lines:
    if retained:
        return [
            f"{dollars(before)} is above the band maximum, {dollars(maximum)}: "
            "it is kept as a retained rate."
        ]
    if new > before:
        return [f"Basic pay rises from {dollars(before)} to the band minimum, {dollars(minimum)}."]
    if new < before:
        return [f"Basic pay is limited to the band maximum, {dollars(maximum)}."]
    return [
        f"Basic pay stays {dollars(before)}, in the band rate range of {dollars(minimum)} to "
        f"{dollars(maximum)}."
    ]
