"""Special payments of a person, and a calendar year's pay against 5 U.S.C. 5307 (R31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pay.models import PayAction, PayRate, SpecialPayment
from pay.models.special_payment import PaymentSchedule
from pay.queries.terms import terms_on
from pay.rules.special_payment import AggregateTotal, accrued_in_period, aggregate_total
from regulation.pay_periods import PERIOD_DAYS, pay_calendar
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class AggregateOfYear:
    """A calendar year's pay and its limit in dollars and cents; what is over is paid later.

    5 CFR 9701.303(b)(1): an excess is deferred to `deferred_to`, never lost.
    """

    year: int
    limit: int
    payments: Decimal
    figures: AggregateTotal
    deferred_to: date | None


def special_payments_of(employee: Employee) -> list[SpecialPayment]:
    """Every special payment of a person, the latest first; one query."""
    return list(
        SpecialPayment.objects.filter(employee=employee)
        .select_related("action")
        .order_by("-starts", "-id")
    )


def accrued(payment: SpecialPayment, *, period_start: date) -> Decimal:
    """What a pay period holds of a payment, in dollars and cents (5 CFR 9701.361-363)."""
    last_of_period = period_start + timedelta(days=PERIOD_DAYS - 1)
    if payment.schedule == PaymentSchedule.LUMP_SUM:
        within = period_start <= payment.starts <= last_of_period
        return payment.amount if within else Decimal(0)
    return accrued_in_period(
        payment.amount,
        period_start=period_start,
        first=payment.starts,
        last=payment.ends or max(last_of_period, payment.starts),
    )


def aggregate_of(employee: Employee, *, on: date) -> AggregateOfYear:
    """Annual rate, lump sums and special payments of the calendar year so far, against the limit.

    5 CFR 9701.303(b)(1), 5 U.S.C. 5307. The adjusted rate in force on the date counts for the whole
    year; a pay period counts in the year in which it begins. Refused: `parameter_missing`.
    """
    first = date(on.year, 1, 1)
    rate = PayRate.objects.filter(employee=employee, starts__lte=on).order_by("-starts").first()
    standing = PayAction.objects.filter(
        employee=employee, effective__range=(first, on), annuls=False, payaction__isnull=True
    )
    payments = [
        *standing.exclude(lump_sum=0).values_list("lump_sum", flat=True),
        *(_of_year(each, first=first, on=on) for each in special_payments_of(employee)),
    ]
    limit = terms_on(on).policy["aggregate.limit"]
    figures = aggregate_total(
        (rate.adjusted if rate else None) or 0, payments=payments, limit=limit
    )
    return AggregateOfYear(
        year=on.year,
        limit=limit,
        payments=sum(payments, Decimal(0)),
        figures=figures,
        deferred_to=date(on.year + 1, 1, 1) if figures.over else None,
    )


def _of_year(payment: SpecialPayment, *, first: date, on: date) -> Decimal:
    if payment.schedule == PaymentSchedule.LUMP_SUM:
        return payment.amount if first <= payment.starts <= on else Decimal(0)
    periods = pay_calendar().starts_between(first, on)
    return sum((accrued(payment, period_start=start) for start in periods), Decimal(0))
