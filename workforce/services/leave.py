"""Leaving the Department, as part of an act of an app above."""

from __future__ import annotations

from datetime import date

from psycopg.types.range import DateRange

from regulation.refusals import Refused
from workforce.models import AssignmentKind, Employee, Supervision
from workforce.services.place import end_assignments, tell_of_leaving


def leave(employee: Employee, *, effective: date) -> None:
    """End what an employee holds on a date: state, assignments, supervision either way.

    The caller holds the lock and saves the employee. Raises Refused invalid_input for a date not
    after the day of hiring; a second separation is no transition.
    """
    if effective <= employee.hired:
        raise Refused(
            "invalid_input", "", f"{employee.name} was hired on {employee.hired}; this is no later."
        )
    employee.separate(on=effective)
    ended = end_assignments(employee, on=effective, kinds=list(AssignmentKind.values))
    for supervision in Supervision.objects.filter(
        period__contains=effective, employee=employee
    ) | Supervision.objects.filter(period__contains=effective, supervisor=employee):
        if supervision.period.lower == effective:
            supervision.delete()
        else:
            supervision.period = DateRange(supervision.period.lower, effective)
            supervision.save(update_fields=["period"])
    tell_of_leaving(ended, on=effective)
