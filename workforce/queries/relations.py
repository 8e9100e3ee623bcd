"""How a user stands to an employee on a date: himself, supervisor, line, HR of the organization."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from accounts.models import Organization, Role, User
from accounts.queries.reading import once
from accounts.queries.roles import holds_role
from workforce.models import Assignment, Employee, Supervision


def employee_of_user(user: User) -> Employee | None:
    """The employee record behind a log-in, if there is one."""
    return once(lambda: Employee.objects.filter(user=user).first(), name="employee", about=user.pk)


def assignment_on(employee: Employee, *, on: date) -> Assignment | None:
    """The assignment in force: a temporary promotion before the position of record."""
    return (
        Assignment.objects.filter(employee=employee, period__contains=on)
        .select_related("position__organization")
        .order_by("-kind")
        .first()
    )


def organization_on(employee: Employee, *, on: date) -> Organization | None:
    """Where the employee works; for somebody who left, where he last worked."""
    last = (
        Assignment.objects.filter(employee=employee, period__startswith__lte=on)
        .select_related("position__organization")
        .order_by("-period__startswith")
    )
    assignment = once(lambda: last.first(), name="organization", about=(employee.pk, on))
    return assignment.position.organization if assignment else None


def supervisor_of(employee: Employee, *, on: date) -> Employee | None:
    """The supervisor on a date."""
    rows = Supervision.objects.filter(employee=employee, period__contains=on).select_related(
        "supervisor"
    )
    row = once(lambda: rows.first(), name="supervisor", about=(employee.pk, on))
    return row.supervisor if row else None


def team_of(supervisor: Employee, *, on: date) -> QuerySet[Employee]:
    """Direct reports on a date."""
    return Employee.objects.filter(
        supervised_by__supervisor=supervisor, supervised_by__period__contains=on
    ).distinct()


def is_self(user: User, employee: Employee, on: date) -> bool:
    """The employee's own log-in."""
    return employee.user_id == user.pk


def is_supervisor(user: User, employee: Employee, on: date) -> bool:
    """The direct supervisor on the date."""
    supervisor = supervisor_of(employee, on=on)
    return supervisor is not None and supervisor.user_id == user.pk


def is_line(user: User, employee: Employee, on: date) -> bool:
    """Somebody above the direct supervisor: reviewing officials."""
    seen = {employee.pk}
    current = supervisor_of(employee, on=on)
    while current is not None and current.pk not in seen:
        seen.add(current.pk)
        current = supervisor_of(current, on=on)
        if current is not None and current.user_id == user.pk:
            return current.pk != employee.pk
    return False


def _holds_over(role: Role, user: User, employee: Employee, on: date) -> bool:
    if employee.user_id == user.pk:
        return False
    organization = organization_on(employee, on=on)
    return organization is not None and holds_role(user, [role], on=on, organization=organization)


def is_hr(user: User, employee: Employee, on: date) -> bool:
    """An HR specialist for the employee's organization; never for himself."""
    return _holds_over(Role.HR_SPECIALIST, user, employee, on)


def is_pay_office(user: User, employee: Employee, on: date) -> bool:
    """A pay specialist for the employee's organization; never for himself."""
    return _holds_over(Role.PAY_SPECIALIST, user, employee, on)


def is_auditor(user: User, employee: Employee, on: date) -> bool:
    """An auditor whose grant reaches the employee's organization."""
    return _holds_over(Role.AUDITOR, user, employee, on)
