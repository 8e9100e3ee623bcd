"""Special skills, assignment and staffing payments, which are never basic pay (R31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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
#: What the former law paid beside the rate, and the paragraph that ends it under subpart C.
EXCLUDED = {
    "supervisory_differential": "9701.106(c)(2)",
    "law_enforcement_special_rate": "9701.106(c)(3)",
    "law_enforcement_geographic_adjustment": "9701.106(c)(3)",
}
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
    it, and it may end on any day. Refused: `excluded_matter` for what 9701.106(c) ends,
    `invalid_parameter` for another kind or schedule, `invalid_input` unless the amount is above
    zero and in whole cents.
    """
    if kind in EXCLUDED:
        message = f"A {kind.replace('_', ' ')} is not paid under subpart C."
        raise Refused("excluded_matter", EXCLUDED[kind], message)
    require_choice(kind, key="kind of special payment", choices=KINDS, citation=CITATION)
    citation = CITATIONS[kind]
    require_choice(schedule, key="schedule of payment", choices=SCHEDULES, citation=citation)
    if amount <= 0 or amount != round(amount, 2):
        message = f"A special payment is above zero, in dollars and cents, not {amount}."
        raise Refused("invalid_input", citation, message)
    return SpecialPayment(amount=amount)


def check_end(last_day: date, *, kind: str, schedule: str, first: date, last: date | None) -> None:
    """Refuse an end that the payment cannot have; any day on which it runs will do.

    5 CFR 9701.361-363. Refused: `invalid_transition` where it is paid once or ended by then,
    `invalid_input` before `first`.
    """
    citation = CITATIONS[kind]
    if schedule == "lump_sum":
        raise Refused("invalid_transition", citation, "A lump sum is paid once; nothing runs on.")
    if last is not None and last_day >= last:
        raise Refused("invalid_transition", citation, f"The payment ended on {last} already.")
    if last_day < first:
        raise Refused("invalid_input", citation, f"The payment begins on {first} only.")


def check_reduction(
    amount: Decimal,
    *,
    now: Decimal,
    kind: str,
    schedule: str,
    first: date,
    last: date | None,
    effective: date,
) -> None:
    """Refuse a reduction that is none; any date on which the payment runs will do.

    5 CFR 9701.361-363. Refused: `no_effect` unless the amount is less, and what `check_end` refuses
    of the day before `effective`.
    """
    check_end(effective - timedelta(days=1), kind=kind, schedule=schedule, first=first, last=last)
    if amount >= now:
        message = f"{amount} is not less than the {now} that is paid now."
        raise Refused("no_effect", CITATIONS[kind], message)


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
