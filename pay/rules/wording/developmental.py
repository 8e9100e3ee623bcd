"""Developmental steps in words (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pay.rules.developmental import DevelopmentalStep, Pace
from pay.rules.wording.figures import Lines, dollars, percent, rounded


def describe_developmental(
    result: DevelopmentalStep,
    *,
    basic: int,
    amount: int | None,
    percent: Decimal | None,
    points: Sequence[str],
    certified: Sequence[str],
    maximum: int,
    entry_developmental: bool,
    unacceptable: bool,
    pace: Pace | None,
) -> Lines:
    """R23 in words."""
    lines = []
    if points:
        lines.append(f"Certified: {', '.join(points)}.")
    if pace and pace.months_served != pace.standard_months:
        lines.append(
            f"After {pace.months_served} months instead of the standard {pace.standard_months}: "
            f"{pace.reason}"
        )
    return [*lines, *describe_rise(basic, new=result.basic, lost=result.lost, percent=percent)]


def describe_rise(before: int, *, new: int, lost: int, percent: Decimal | None) -> Lines:
    """A rise by dollars or by a percentage (6 is 6 %), and what the maximum cut off it."""
    raised = new + lost
    if percent is None:
        lines = [f"{dollars(before)} + {dollars(raised - before)} = {dollars(raised)}"]
    else:
        exact = before * (1 + Fraction(percent) / 100)
        tail = rounded(exact, raised, way="rounded half up")
        lines = [f"{dollars(before)} × (1 + {_percent(percent)}) {tail}"]
    if lost:
        lines.append(f"Basic pay stops at {dollars(new)}; {dollars(lost)} is not paid in any form.")
    return lines


def _percent(value: Decimal) -> str:
    return percent(value)
