"""Whether somebody supervised in a time (5 CFR 9701.410(d))."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from workforce.models import Assignment, Employee, Supervision


def supervised_in(employee: Employee, *, first: date, last: date) -> bool:
    """Whether he supervised anybody, or held a supervisory position, on any day of a time."""
    days = (first, last + timedelta(days=1))
    return (
        Supervision.objects.filter(supervisor=employee, period__overlap=days).exists()
        or Assignment.objects.filter(
            employee=employee, position__supervisory=True, period__overlap=days
        ).exists()
    )


def supervisors_on(on: date) -> QuerySet[Employee]:
    """Everybody who supervises somebody on a date."""
    return Employee.objects.filter(
        pk__in=Supervision.objects.filter(period__contains=on).values("supervisor")
    )
