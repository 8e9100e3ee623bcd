"""Loads what was said and noted in the year just ended: feedback, contributions, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import connection

from demonstration.rules.department import Department, Employee
from demonstration.services.load_workforce import Workforce
from demonstration.services.set_based import copy_in
from performance.models import Contribution, Feedback, FeedbackMethod, Progress
from regulation.days import DEPARTMENT_ZONE

#: Days after the plan was told, the way of it, and what was said.
FEEDBACK = (
    (75, FeedbackMethod.MEETING, "The first quarter's work is sound; write the findings shorter."),
    (75, FeedbackMethod.ON_THE_JOB, "Handled the week's load well and asked early for help."),
    (250, FeedbackMethod.CALL, "The reports of this quarter came on time and needed no return."),
    (
        250,
        FeedbackMethod.WRITTEN,
        "Two dates were missed this quarter; we agreed how to plan them.",
    ),
)
CONTRIBUTIONS = (
    "Trained two colleagues on the new procedure.",
    "Closed the oldest open assignment of the office.",
    "Wrote the checklist that the office now uses.",
)
NOTED_AFTER_DAYS = 160
#: Days over which the dates of different people are spread.
SPREAD_DAYS = 25
#: One expectation in so many is at risk at the interim review.
ONE_AT_RISK_IN = 17


def load_year(
    department: Department,
    *,
    planned: Sequence[tuple[Employee, date]],
    ids: Sequence[int],
    ends: date,
    loaded: Workforce,
) -> None:
    """The entries of one period's plans, whose interim reviews are loaded; three statements."""
    people = {employee.number: employee for employee in department.employees}
    plans = list(zip(ids, planned, strict=True))

    def feedback() -> Iterator[tuple[object, ...]]:
        for pk, (employee, told) in plans:
            supervisor = people[employee.supervisor or ""]
            turn = int(employee.number[1:])
            for after, method, text in FEEDBACK[turn % 2 :: 2]:
                given = told + timedelta(days=after + turn % SPREAD_DAYS)
                if supervisor.hired <= given <= ends:
                    by = loaded.employees[supervisor.number]
                    yield pk, given, method.value, text, by, _noon(given)

    def contributions() -> Iterator[tuple[object, ...]]:
        for pk, (employee, told) in plans:
            turn = int(employee.number[1:])
            dated = told + timedelta(days=NOTED_AFTER_DAYS + turn % SPREAD_DAYS)
            if dated <= ends:
                text = CONTRIBUTIONS[turn % len(CONTRIBUTIONS)]
                yield pk, dated, text, loaded.employees[employee.number], _noon(dated)

    copy_in(
        Feedback,
        columns=("plan_id", "given_on", "method", "text", "given_by_id", "recorded_at"),
        rows=feedback(),
    )
    copy_in(
        Contribution,
        columns=("plan_id", "dated", "text", "noted_by_id", "recorded_at"),
        rows=contributions(),
    )
    _load_progress()


def _load_progress() -> None:
    """How each expectation stood at the interim review."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO performance_interimprogress (review_id, expectation_id, progress, note)
            SELECT review.id, expectation.id,
                   CASE WHEN expectation.id %% %s = 0 THEN %s ELSE %s END, ''
            FROM performance_interimreview AS review
            JOIN performance_expectation AS expectation USING (plan_id)
            """,
            [ONE_AT_RISK_IN, Progress.AT_RISK.value, Progress.ON_TRACK.value],
        )


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), DEPARTMENT_ZONE)
