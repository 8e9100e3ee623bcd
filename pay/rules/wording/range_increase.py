"""Range increases, their denial, their release and the minimum by default, in words (R5 to R8)."""

from __future__ import annotations

from collections.abc import Sequence

from pay.rules.denied_increase import Denial, ReleaseResult
from pay.rules.range_increase import RangeChange, RangeIncreaseResult
from pay.rules.wording.figures import Lines, dollars, part_as_percent, rounded
from regulation.money import half_up_dollar


def describe_range_increase(
    result: RangeIncreaseResult, *, basic: int, change: RangeChange, retained: bool, denied: bool
) -> Lines:
    """R5 and R6 in words."""
    if denied:
        return _denial(result, basic=basic, change=change)
    if change.percentage == 0:
        lines = [
            f"The band minimum did not rise ({dollars(change.old_minimum)} to "
            f"{dollars(change.new_minimum)}), so there is no increase on {dollars(basic)}."
        ]
        return lines + _bounds(result, reached=basic, change=change)
    share = change.percentage / 2 if retained else change.percentage
    raised = half_up_dollar(basic * (1 + share))
    tail = rounded(basic * (1 + share), raised, way="rounded half up")
    if retained:
        rise = change.new_minimum - change.old_minimum
        line = (
            "A retained rate rises by half the minimum's percentage: "
            f"{dollars(basic)} + {dollars(basic)} × {dollars(rise)} ÷ "
            f"{dollars(change.old_minimum)} ÷ 2 {tail}"
        )
    else:
        line = (
            f"{dollars(basic)} × {dollars(change.new_minimum)} ÷ "
            f"{dollars(change.old_minimum)} {tail}"
        )
    return [line, *_bounds(result, reached=raised, change=change)]


def _bounds(result: RangeIncreaseResult, *, reached: int, change: RangeChange) -> list[str]:
    lines = []
    if reached < change.new_minimum:
        lines.append(f"Basic pay may not be below the new minimum, {dollars(result.basic)}.")
    if result.lost:
        lines.append(
            f"The new maximum is {dollars(change.new_maximum)}: basic pay stops at "
            f"{dollars(result.basic)}, and {dollars(result.lost)} is not paid in any form."
        )
    if result.retained:
        lines.append(
            f"{dollars(result.basic)} is above the new maximum, {dollars(change.new_maximum)}: "
            "it is a retained rate."
        )
    return lines


def _denial(result: RangeIncreaseResult, *, basic: int, change: RangeChange) -> Lines:
    lines = [
        "The rating of record is unacceptable: the increase of "
        f"{part_as_percent(result.withheld)} is withheld and basic pay stays {dollars(basic)}."
    ]
    if result.below_minimum:
        lines.append(
            f"That is below the new minimum, {dollars(change.new_minimum)}: "
            "within 90 days of the adjustment the Department must act."
        )
    if result.retained:
        lines.append(f"It is a retained rate: the new maximum is {dollars(change.new_maximum)}.")
    return lines


def describe_release(
    result: ReleaseResult,
    *,
    basic: int,
    denials: Sequence[Denial],
    minimum: int,
    maximum: int,
    retained: bool,
) -> Lines:
    """R7 in words."""
    lines = []
    for denial in sorted(denials, key=lambda each: each.effective):
        factor = 1 + denial.percentage
        new = half_up_dollar(basic * factor)
        lines.append(
            f"Denied on {denial.effective.isoformat()} ({part_as_percent(denial.percentage)}): "
            f"{dollars(basic)} × {dollars(factor.numerator)} ÷ {dollars(factor.denominator)} "
            f"{rounded(basic * factor, new, way='rounded half up')}"
        )
        basic = new
    if basic < minimum:
        lines.append(f"Basic pay may not be below the band minimum, {dollars(minimum)}.")
    if not retained and max(basic, minimum) > maximum:
        lines.append(f"Basic pay stops at the band maximum, {dollars(maximum)}.")
    if result.retained:
        lines.append(f"It is a retained rate: the band maximum is {dollars(maximum)}.")
    return lines


def describe_default(result: int, *, basic: int, minimum: int) -> Lines:
    """R8 in words."""
    return [
        "Neither a new rating nor a proposal to demote or remove came within 90 days: basic pay "
        f"goes from {dollars(basic)} to the band minimum, {dollars(result)}."
    ]
