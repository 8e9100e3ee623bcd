"""Special skills, assignment and staffing payments, which are never basic pay (R31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pay.rules.parameters import require_choice
from regulation.money import half_up_cent
from regulation.pay_periods import PERIOD_DAYS
from regulation.refusals import Refused

RULE = "R31"
VERSION = 1
CITATION = "9701.361"

#: Kinds of payment, each with its section.
CITATIONS = {"skills": "9701.361", "assignment": "9701.362", "staffing": "9701.363"}
KINDS = tuple(CITATIONS)
SCHEDULES = ("pay_period", "lump_sum")


@dataclass(frozen=True, slots=True)
class SpecialPayment:
    """Dollars and cents a pay period, or once, beside basic pay."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class AggregateTotal:
    """Pay of a calendar year in dollars and cents, and what of it is over the limit."""

    total: Decimal
    over: Decimal


def special_payment(
    amount: Decimal, *, kind: str, schedule: str, basic: int, retained: bool
) -> SpecialPayment:
    """The payment, while `basic` and `retained` stay what they are.

    5 CFR 9701.361-363. No rounding; the cap of 9701.312, pay retention and subpart F do not touch
    it, and it may end on any day. Refused: `invalid_parameter` for another kind or schedule,
    `invalid_input` unless the amount is above zero and in whole cents.
    """
    require_choice(kind, key="kind of special payment", choices=KINDS, citation=CITATION)
    citation = CITATIONS[kind]
    require_choice(schedule, key="schedule of payment", choices=SCHEDULES, citation=citation)
    if amount <= 0 or amount != round(amount, 2):
        message = f"A special payment is above zero, in dollars and cents, not {amount}."
        raise Refused("invalid_input", citation, message)
    return SpecialPayment(amount=amount)


def accrued_in_period(amount: Decimal, *, period_start: date, first: date, last: date) -> Decimal:
    """What a pay period holds of a payment that runs from `first` through `last`.

    5 CFR 9701.361-363. By calendar days of the period's fourteen, to the nearest cent, half up;
    nothing outside them. Refused `invalid_input` where it ends before it begins.
    """
    if last < first:
        raise Refused("invalid_input", CITATION, f"{last} comes before {first}.")
    begins = max(0, (first - period_start).days)
    ends = min(PERIOD_DAYS - 1, (last - period_start).days)
    return half_up_cent(Fraction(amount) * max(0, ends - begins + 1) / PERIOD_DAYS)


def aggregate_total(adjusted: int, *, payments: Iterable[Decimal], limit: int) -> AggregateTotal:
    """The calendar year's pay against the limit of 5 U.S.C. 5307, for information.

    `payments` are special payments and lump sums of the year. No rounding.
    """
    total = adjusted + sum(payments, Decimal(0))
    return AggregateTotal(total=total, over=max(Decimal(0), total - limit))
