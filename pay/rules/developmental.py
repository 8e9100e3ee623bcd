"""A step of a progression plan, and what a new supervisor's program does to a payout (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R23"
VERSION = 1
CITATION = "9701.345"
SUPERVISOR_CITATION = "9701.346"


@dataclass(frozen=True, slots=True)
class DevelopmentalStep:
    """Basic pay, in whole dollars, after a step; `lost` is what the maximum cut off."""

    basic: int
    lost: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Whole months served toward a step and its standard time, with the reason for any difference.

    5 CFR 9701.345: a step may come early or late by performance or competence.
    """

    months_served: int
    standard_months: int
    reason: str


def developmental_step(
    basic: int,
    *,
    amount: int | None,
    percent: Decimal | None,
    points: Sequence[str],
    certified: Sequence[str],
    maximum: int,
    entry_developmental: bool,
    unacceptable: bool,
    pace: Pace | None,
) -> DevelopmentalStep:
    """Basic pay raised by a step of the progression plan whose points are all certified.

    5 CFR 9701.345, 9701.357(b). An amount, or a percentage (6 is 6 %) rounded half up; not above
    the maximum. Time alone releases no step. `unacceptable`: the standing rating is so. Refused:
    `not_eligible` outside the Entry/Developmental band, on an unacceptable rating or with a point
    not certified; `reason_required` early or late; `invalid_input` unless there is exactly one
    positive amount or percentage.
    """
    if not entry_developmental:
        message = "Developmental increases are for the Entry/Developmental band."
        raise Refused("not_eligible", CITATION, message)
    if unacceptable:
        message = "An unacceptable rating of record bars a developmental increase."
        raise Refused("not_eligible", CITATION, message)
    missing = [point for point in points if point not in certified]
    if missing:
        message = f"Not certified yet: {', '.join(missing)}. Time alone releases no step."
        raise Refused("not_eligible", CITATION, message)
    if pace and pace.months_served != pace.standard_months and not pace.reason.strip():
        message = (
            f"The standard time is {pace.standard_months} months, and {pace.months_served} were "
            "served: say why the step is early or late."
        )
        raise Refused("reason_required", CITATION, message)
    return developmental_rate(basic, amount=amount, percent=percent, maximum=maximum)


def check_plan(steps: Sequence[tuple[Sequence[str], int | None, Decimal | None]]) -> None:
    """Refuse, as `invalid_input`, a plan whose steps lack points or exactly one rise above zero.

    5 CFR 9701.345. A step is its assessment points, its dollars and its percent.
    """
    if not steps:
        raise Refused("invalid_input", CITATION, "A progression plan has at least one step.")
    for number, (points, amount, percent) in enumerate(steps, start=1):
        if not points or any(not point.strip() for point in points):
            message = f"Step {number} names no assessment or certification point."
            raise Refused("invalid_input", CITATION, message)
        rises = [rise for rise in (amount, percent) if rise is not None]
        if len(rises) != 1 or rises[0] <= 0:
            message = f"Step {number} has either an amount or a percentage, above zero."
            raise Refused("invalid_input", CITATION, message)


def months_between(first: date, last: date) -> int:
    """Whole months from a day through the day before another (5 CFR 9701.345)."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if last.day < first.day else months


def developmental_rate(
    basic: int, *, amount: int | None, percent: Decimal | None, maximum: int
) -> DevelopmentalStep:
    """The figure of a step alone, in whole dollars; a rate above the maximum stays as it is.

    5 CFR 9701.345, 9701.357(b). Half up for a percentage. Refused `invalid_input`.
    """
    if amount is not None and percent is None and amount > 0:
        raised = basic + amount
    elif percent is not None and amount is None and percent > 0:
        raised = half_up_dollar(basic * (1 + Fraction(percent) / 100))
    else:
        message = "Give either an amount or a percentage, above zero."
        raise Refused("invalid_input", CITATION, message)
    new = min(raised, max(basic, maximum))
    return DevelopmentalStep(basic=new, lost=raised - new)


def supervisor_factor(*, complete: bool, factor: Decimal | None) -> Fraction:
    """What a payout's proration is multiplied by for a new supervisor, from 0 to 1, exact.

    5 CFR 9701.346. `factor` is what the directive sets for a program not complete; without one, or
    once `complete`, it is 1. So R17 rounds once, and an unacceptable rating still has no points.
    Refused `invalid_parameter` outside 0 to 1 or with more than four places.
    """
    if factor is None:
        return Fraction(1)
    if not 0 <= factor <= 1 or factor != round(factor, 4):
        message = f"The factor of a new supervisor is from 0 to 1, to four places, not {factor}."
        raise Refused("invalid_parameter", SUPERVISOR_CITATION, message)
    return Fraction(1) if complete else Fraction(factor)
