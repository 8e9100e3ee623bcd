"""Back pay by pay period from the hours paid, and its interest (R37)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

from regulation.money import half_up_cent
from regulation.pay_periods import PERIOD_DAYS, PayCalendar
from regulation.refusals import Refused

RULE = "R37"
INTEREST_RULE = "R37I"
VERSION = 1
CITATION = "5 U.S.C. 5596(b)(1)"
INTEREST_CITATION = "5 U.S.C. 5596(b)(2)"
LIMIT_CITATION = "5 U.S.C. 5596(b)(4)"

#: 5 U.S.C. 5596(b)(4): back pay reaches this many years back.
YEARS_BACK = 6
#: 5 CFR 550.806(a)(2): interest ends at most this many days before payment.
DAYS_BEFORE_PAYMENT = 30
WORKDAYS_OF_A_PERIOD = 10
DAYS_OF_A_YEAR = 365
#: Digits carried while interest compounds; the cent is rounded once, at the end.
INTEREST_DIGITS = 50


@dataclass(frozen=True, slots=True)
class HourlyFrom:
    """An hourly rate, in dollars and cents, in force from a day until the next one begins."""

    start: date
    hourly: Decimal


@dataclass(frozen=True, slots=True)
class PeriodHours:
    """A pay period by its first day, and the hours paid in it, premium hours at their multiple."""

    start: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, to the cent, for the days of one pay period that have the same two rates."""

    start: date
    end: date
    right: Decimal
    paid: Decimal
    hours: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True)
class BackPay:
    """Back pay in dollars and cents, and the pay periods it is made of."""

    amount: Decimal
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class AmountDue:
    """An amount in dollars and cents and the pay date on which it should have been paid."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InterestRate:
    """The rate of 26 U.S.C. 6621(a)(1) from the first day of a quarter on; 8 is 8 % a year."""

    start: date
    percent: Decimal


def earliest_back_pay(claimed: date) -> date:
    """The first day that back pay may reach, six years before the appeal or determination.

    5 U.S.C. 5596(b)(4). February 29 becomes February 28.
    """
    year = claimed.year - YEARS_BACK
    leap_day = (claimed.month, claimed.day) == (2, 29)
    return date(year, 2, 28) if leap_day else claimed.replace(year=year)


def whole_periods(
    first: date, *, before: date, hours: Decimal, calendar: PayCalendar
) -> Iterator[PeriodHours]:
    """Pay periods from that of `first` on that ended before `before`, with the same hours each."""
    start = calendar.start_of(first)
    while start + timedelta(days=PERIOD_DAYS) <= before:
        yield PeriodHours(start=start, hours=hours)
        start += timedelta(days=PERIOD_DAYS)


def back_pay(
    right: Sequence[HourlyFrom],
    *,
    paid: Sequence[HourlyFrom],
    periods: Sequence[PeriodHours],
    not_before: date,
) -> BackPay:
    """The right hourly rate less the paid one, times the hours, for each pay period.

    5 U.S.C. 5596(b); 5 CFR 550.805. A rate that changes within a period takes its share of the
    period's ten workdays. Half up to the cent for each `Owed`; what was paid above the right rate
    is not taken back. Days before `not_before` (`earliest_back_pay`) are left out. Refused
    `invalid_input` for negative hours.
    """
    owed: list[Owed] = []
    for period in periods:
        if period.hours < 0:
            raise Refused("invalid_input", CITATION, "Hours paid are not negative.")
        owed += _owed_of(period, right=right, paid=paid, not_before=not_before)
    return BackPay(amount=sum((each.due for each in owed), Decimal("0.00")), owed=tuple(owed))


def _owed_of(
    period: PeriodHours,
    *,
    right: Sequence[HourlyFrom],
    paid: Sequence[HourlyFrom],
    not_before: date,
) -> Iterator[Owed]:
    after = period.start + timedelta(days=PERIOD_DAYS)
    first = max(period.start, not_before)
    if first >= after:
        return
    changes = {each.start for each in (*right, *paid) if first < each.start < after}
    cuts = sorted({first} | changes)
    for start, end in zip(cuts, [*cuts[1:], after], strict=True):
        days = [start + timedelta(days=each) for each in range((end - start).days)]
        workdays = sum(day.isoweekday() <= 5 for day in days)
        hours = period.hours * workdays / WORKDAYS_OF_A_PERIOD
        should, was = _rate_on(right, start), _rate_on(paid, start)
        due = half_up_cent(Fraction(should - was) * Fraction(hours))
        if due > 0:
            yield Owed(
                start=start,
                end=end - timedelta(days=1),
                right=should,
                paid=was,
                hours=hours,
                due=due,
            )


def _rate_on(rates: Sequence[HourlyFrom], day: date) -> Decimal:
    # Nothing before the first: no pay was due, or paid, then.
    begun = [each for each in rates if each.start <= day]
    return max(begun, key=lambda each: each.start).hourly if begun else Decimal(0)


def back_pay_interest(
    dues: Sequence[AmountDue],
    *,
    rates: Sequence[InterestRate],
    until: date,
    paid_on: date,
) -> Decimal:
    """Interest in dollars and cents on each amount from its pay date to `until`.

    5 U.S.C. 5596(b)(2); 5 CFR 550.806. Compounded daily at the quarter's rate over 365, the sum
    half up to the cent. None where everything is paid within 30 days of the first pay date.
    Refused: `invalid_input` unless `until` is at most 30 days before `paid_on` and not after it;
    `parameter_missing` for a day that no rate covers.
    """
    if not timedelta(0) <= paid_on - until <= timedelta(days=DAYS_BEFORE_PAYMENT):
        message = f"Interest ends at most 30 days before the payment of {paid_on}, not on {until}."
        raise Refused("invalid_input", INTEREST_CITATION, message)
    first = min((due.on for due in dues), default=paid_on)
    if paid_on - first <= timedelta(days=DAYS_BEFORE_PAYMENT):
        return Decimal("0.00")
    # Exact fractions of thousands of days would have hundreds of thousands of digits.
    with localcontext() as context:
        context.prec = INTEREST_DIGITS
        total = sum(
            (due.amount * (_growth(due.on, until, rates=rates) - 1) for due in dues), Decimal(0)
        )
    return half_up_cent(total)


def _growth(first: date, until: date, *, rates: Sequence[InterestRate]) -> Decimal:
    if first >= until:
        return Decimal(1)
    quarters = sorted(rates, key=lambda each: each.start)
    if not quarters or quarters[0].start > first:
        message = f"No interest rate of 26 U.S.C. 6621(a)(1) is known for {first}."
        raise Refused("parameter_missing", INTEREST_CITATION, message)
    growth = Decimal(1)
    ends = [each.start for each in quarters[1:]] + [until]
    for quarter, end in zip(quarters, ends, strict=True):
        days = (min(end, until) - max(quarter.start, first)).days
        if days > 0:
            growth *= (1 + quarter.percent / (100 * DAYS_OF_A_YEAR)) ** days
    return growth
