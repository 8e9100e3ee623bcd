"""Back pay and its interest in words (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from pay.rules.back_pay import AmountDue, BackPay, HourlyFrom, InterestRate, Owed, PeriodHours
from pay.rules.wording.figures import Lines, decimal, dollars, percent


def describe_back_pay(
    result: BackPay,
    *,
    right: Sequence[HourlyFrom],
    paid: Sequence[HourlyFrom],
    periods: Sequence[PeriodHours],
    not_before: date,
) -> Lines:
    """R37 in words: equal pay periods in a row are told once."""
    if not result.owed:
        return ["In no pay period was less paid than was right: no back pay is owed."]
    lines = []
    for (was_right, was_paid, hours, due), group in groupby(result.owed, key=_figures):
        rows = list(group)
        times = f", {len(rows)} times" if len(rows) > 1 else ""
        lines.append(
            f"{rows[0].start.isoformat()} through {rows[-1].end.isoformat()}: "
            f"({dollars(was_right)} - {dollars(was_paid)}) × {decimal(hours)} hours = "
            f"{dollars(due)}{times}"
        )
    return [*lines, f"Back pay: {dollars(result.amount)}."]


def _figures(owed: Owed) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return owed.right, owed.paid, owed.hours, owed.due


def describe_interest(
    result: Decimal,
    *,
    dues: Sequence[AmountDue],
    rates: Sequence[InterestRate],
    until: date,
    paid_on: date,
) -> Lines:
    """The interest of R37 in words."""
    total = sum((due.amount for due in dues), Decimal(0))
    if not result:
        return [f"No interest is due on {dollars(total)} paid on {paid_on.isoformat()}."]
    used = ", ".join(
        f"{percent(rate.percent)} from {rate.start.isoformat()}"
        for rate in sorted(rates, key=lambda each: each.start)
        if rate.start < until
    )
    return [
        f"Interest on {dollars(total)}, each amount from its pay date to {until.isoformat()}, "
        f"compounded daily at a year's {used}: {dollars(result)}"
    ]
