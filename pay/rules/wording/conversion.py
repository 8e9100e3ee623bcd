"""Conversion, the day of it, the buy-in and ladder equivalents in words (R32 to R35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from pay.rules.buy_in import WAITING_DAYS, BuyIn
from pay.rules.career_ladder import LadderResult, LadderStep
from pay.rules.conversion import ConversionResult
from pay.rules.conversion_day import ConversionDay, FormerPay
from pay.rules.supplement import least_basic
from pay.rules.wording.figures import Lines, dollars, percent, rounded


def describe_conversion(
    result: ConversionResult,
    *,
    total: int,
    percent: Decimal,
    minimum: int,
    maximum: int,
    retained_mode: str,
    cap: int,
    former_basic: int | None,
) -> Lines:
    """R32 in words."""
    lines = [
        f"The former total is {dollars(total)}. With a supplement of {_percent(percent)} basic pay "
        f"of {dollars(result.basic)} comes to {dollars(result.total)}, which is no reduction."
    ]
    if result.retained:
        lines.append(
            f"It is above the band maximum, {dollars(maximum)}: it is a retained rate, and "
            f"supplements count for it by “{retained_mode}”."
        )
    elif least_basic(total, percent=percent) < minimum:
        lines.append(f"Basic pay may not be below the band minimum, {dollars(minimum)}.")
    else:
        lines.append("One dollar less of basic pay would not reach it.")
    if result.basic_lowered and former_basic is not None:
        lines.append(
            f"Basic pay was {dollars(former_basic)}, but the special rate as a whole is kept: that "
            "is no reduction in pay."
        )
    return lines


def describe_conversion_day(result: ConversionDay, *, former: FormerPay, buy_in: str) -> Lines:
    """R33 in words."""
    lines = [f"The former system paid {dollars(former.basic)} in the position of record."]
    if former.temporary_total is not None:
        lines.append(
            f"A temporary promotion paid {dollars(former.temporary_total)}; it ends before "
            "conversion."
        )
    return lines + [
        f"{step.block}. {step.kind.replace('_', ' ').capitalize()}: {dollars(step.total)}."
        for step in result.steps
    ]


def describe_buy_in(
    result: BuyIn,
    *,
    basic: int,
    system: str,
    step: int,
    next_step: int | None,
    days_served: int,
    retained: bool,
    acceptable: bool,
    mode: str,
) -> Lines:
    """R34 in words."""
    waiting = WAITING_DAYS[system].get(step)
    if result.step_due:
        return [
            f"The {dollars(days_served)} days served complete the waiting time of step {step}: the "
            f"step itself is due, {dollars(result.basic)}."
        ]
    if next_step is None or waiting is None or not result.amount:
        return [f"No time toward a within-grade increase is credited on {dollars(basic)}."]
    exact = Fraction((next_step - basic) * days_served, waiting)
    return [
        f"({dollars(next_step)} - {dollars(basic)}) × {dollars(days_served)} ÷ "
        f"{dollars(waiting)} days {rounded(exact, result.amount, way='rounded half up')}",
        f"{dollars(basic)} + {dollars(result.amount)} = {dollars(result.basic)}",
    ]


def describe_ladder(
    result: LadderResult,
    *,
    basic: int,
    step: LadderStep,
    maximum: int,
    plan_effective: date | None,
    eligible: bool,
    unacceptable: bool,
) -> Lines:
    """R35 in words."""
    raised = result.basic + result.lost
    tail = rounded(Fraction(basic * step.after, step.before), raised, way="rounded half up")
    lines = [
        f"The career ladder’s promotion of {step.on.isoformat()}: {dollars(basic)} × "
        f"{dollars(step.after)} ÷ {dollars(step.before)} {tail}"
    ]
    if result.lost:
        lines.append(f"Basic pay stops at {dollars(result.basic)}.")
    return lines


def _percent(value: Decimal) -> str:
    return percent(value)
