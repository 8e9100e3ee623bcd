"""What the notices that a period brings by itself have in common.

What was said already stands in the history of the period or the plan, or as an open work item, so
that each piece of daily work may run many times and catches up after a gap.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from casework.actor import Actor
from casework.models import Notice
from performance.models import Cycle
from regulation import clock
from workforce.models import Employee, EmployeeState
from workforce.queries.coverage import is_covered

SYSTEM = Actor.system("the calendar of the appraisal period")
#: Of work items and of the line in the history: ratings of a period are overdue.
OVERDUE = "ratings_overdue"


def cycle_subject(cycle: Cycle) -> str:
    """What the history of a period is kept under."""
    return f"cycle:{cycle.pk}"


def covered_people(*, on: date) -> QuerySet[Employee]:
    """Everybody at work whose category is under subpart D."""
    present = Employee.objects.exclude(state=EmployeeState.SEPARATED)
    examples = present.order_by("coverage_category").distinct("coverage_category")
    covered = [one.coverage_category for one in examples if is_covered(one, subpart="D", on=on)]
    return Employee.objects.exclude(state=EmployeeState.SEPARATED).filter(
        coverage_category__in=covered
    )


def notice_of(
    user_id: int, *, citation: str, title: str, body: str, on: date, url: str = ""
) -> Notice:
    """A notice to be written with many others; it names no level of any rating."""
    return Notice(
        recipient_id=user_id,
        title=title[:200],
        body=body,
        citation=citation,
        url=url,
        on=on,
        recorded_at=clock.now(),
    )


def team_url(cycle: Cycle) -> str:
    """The supervisor's page of the period."""
    return f"{reverse('performance:team')}?cycle={cycle.pk}"


def words(on: date) -> str:
    """A date as people write it."""
    return f"{on:%B} {on.day}, {on.year}"
