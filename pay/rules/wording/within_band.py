"""Reductions, special increases and demotions in words (R21, R22, R27)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pay.rules.demotion import (
    ADVERSE,
    TEMPORARY_ENDED,
    DemotionResult,
    PermanentRate,
    allowed_rates,
)
from pay.rules.special_increase import SpecialIncrease
from pay.rules.within_band_reduction import ReductionResult, lowest_permitted
from pay.rules.wording.figures import Lines, dollars, part_as_percent, percent
from pay.rules.wording.missed_events import describe_replay


def describe_reduction(
    result: ReductionResult,
    *,
    basic: int,
    proposed: int,
    minimum: int,
    maximum: int,
    retained: bool,
    reason: str,
) -> Lines:
    """R21 in words."""
    lowest = lowest_permitted(basic, minimum=minimum)
    cut = part_as_percent(Fraction(basic - proposed, basic))
    lines = [
        f"A decision for {reason.replace('_', ' ')} reduces {dollars(basic)} to "
        f"{dollars(result.basic)}, that is by {cut}; the lowest rate allowed was {dollars(lowest)}."
    ]
    if retained and not result.retained:
        lines.append(f"It is no longer above the band maximum, {dollars(maximum)}: not retained.")
    return lines


def describe_special_increase(
    result: SpecialIncrease,
    *,
    basic: int,
    maximum: int,
    amount: int | None,
    percent: Decimal | None,
    reason: str,
    listed_reasons: Sequence[str],
    entry_developmental: bool,
    unacceptable: bool,
) -> Lines:
    """R22 in words."""
    full = result.basic + result.lost - basic
    lines = [
        f"{reason.replace('_', ' ').capitalize()}{_share(percent)}: "
        f"{dollars(basic)} + {dollars(full)} = {dollars(basic + full)}"
    ]
    if result.lost:
        lines.append(
            f"Basic pay stops at the band maximum, {dollars(maximum)}; {dollars(result.lost)} "
            "is not paid in any form."
        )
    return lines


def _share(value: Decimal | None) -> str:
    return "" if value is None else f", {percent(value)}"


def describe_demotion(
    result: DemotionResult,
    *,
    basic: int,
    basis: str,
    proposed: int | None,
    minimum: int,
    maximum: int,
    retention_eligible: bool,
    permanent: PermanentRate | None = None,
) -> Lines:
    """R27 in words."""
    lines = [
        f"Demotion ({basis.replace('_', ' ')}): basic pay goes from {dollars(basic)} to "
        f"{dollars(result.basic)}, the lower band's range being {dollars(minimum)} to "
        f"{dollars(maximum)}."
    ]
    if basis == ADVERSE:
        allowed = allowed_rates(basic, minimum=minimum, maximum=maximum)
        lines.append(
            f"The decision could set {dollars(allowed.lowest)} to {dollars(allowed.highest)}."
        )
    if basis == TEMPORARY_ENDED and permanent is not None:
        lines.append(
            "It is the rate as if the employee had never been promoted, from "
            f"{dollars(permanent.basic)} just before."
        )
        lines += describe_replay(
            permanent.basic, retained=permanent.retained, events=permanent.events
        )
    if result.retained:
        lines.append("It is above the maximum and kept as a retained rate.")
    return lines
