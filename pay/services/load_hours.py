"""Loading hours paid from payroll's file: what back pay is figured from (5 CFR 550.805; R37)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from pay.uploads import Column, Fault, FaultyFile, LineFault, Row, read_table
from regulation import clock
from regulation.pay_periods import PERIOD_DAYS, pay_calendar
from workforce.models import Employee, HoursPaid

CITATION = "5 U.S.C. 5596(b)(1)"
COLUMNS = (
    Column("number", "The employee’s number", needed=True),
    Column("period_starts", "The first day of the pay period, such as 2007-01-07", needed=True),
    Column("hours", "Hours paid at the hourly rate, such as 80 or 72.5", needed=True),
    Column("premium_hours", "Premium hours at their multiple: 4 at time and a half are 6"),
)
#: No pay period has more hours.
_MOST = Decimal(PERIOD_DAYS * 24)


@transaction.atomic
def load_hours(text: str, *, actor: Actor, on: date) -> int:
    """Put the hours of a file on record, in place of those of the same pay periods; how many.

    The whole file or nothing: FaultyFile (`file_refused`) tells the lines.
    """
    rows = read_table(text, columns=COLUMNS, read=_hours, citation=CITATION)
    _find_people(rows)
    now = clock.now()
    for _, hours in rows:
        hours.recorded_at = now
    HoursPaid.objects.bulk_create(
        [hours for _, hours in rows],
        update_conflicts=True,
        unique_fields=["employee", "period_starts"],
        update_fields=["hours", "premium_hours", "recorded_at"],
        batch_size=2_000,
    )
    record(
        "hours_paid",
        act="load_hours",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={"lines": len(rows)},
    )
    return len(rows)


def _hours(row: Row) -> tuple[Row, HoursPaid]:
    return row, HoursPaid(
        period_starts=_period(row),
        hours=_figure(row, "hours"),
        premium_hours=_figure(row, "premium_hours"),
    )


def _period(row: Row) -> date:
    starts = row.day("period_starts")
    if not pay_calendar().is_start(starts):
        raise Fault(f"No pay period begins on {starts}.")
    return starts


def _figure(row: Row, name: str) -> Decimal:
    try:
        figure = Decimal(row.text(name) or "0")
    except InvalidOperation:
        raise Fault(f"{name} is a number of hours such as 72.5.") from None
    if not figure.is_finite() or not 0 <= figure <= _MOST or figure != round(figure, 2):
        raise Fault(f"{name} is from 0 to {_MOST}, with at most two places.")
    return figure


def _find_people(rows: Sequence[tuple[Row, HoursPaid]]) -> None:
    people = {
        person.number: person
        for person in Employee.objects.filter(number__in=[row.text("number") for row, _ in rows])
    }
    seen: dict[tuple[str, date], int] = {}
    faults = []
    for row, hours in rows:
        number = row.text("number")
        key = (number, hours.period_starts)
        if number not in people:
            faults.append(LineFault(row.line, f"There is no employee “{number[:24]}”."))
        elif key in seen:
            message = f"The period of {number} stands on line {seen[key]} already."
            faults.append(LineFault(row.line, message))
        else:
            hours.employee = people[number]
        seen.setdefault(key, row.line)
    if faults:
        raise FaultyFile(faults, citation=CITATION)
