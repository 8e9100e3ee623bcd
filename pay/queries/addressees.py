"""Who is told of an employee's matter: the supervisor, and HR over the organization."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Organization, Role, RoleGrant, User
from workforce.models import Assignment, Employee, Supervision
from workforce.queries.relations import organization_on, supervisor_of


@dataclass(frozen=True, slots=True)
class Addressees:
    """Log-ins to be told, and the organization whose HR works on it; any may be missing."""

    employee: User | None
    supervisor: User | None
    hr: tuple[User, ...]
    organization: Organization | None


def addressees_of(employee: Employee, *, on: date) -> Addressees:
    """Who has to do with an employee's pay on a date; nobody is told of his own as HR."""
    organization = organization_on(employee, on=on)
    supervisor = supervisor_of(employee, on=on)
    return Addressees(
        employee=employee.user,
        supervisor=supervisor.user if supervisor else None,
        hr=_hr(organization, on=on, but=employee.user_id),
        organization=organization,
    )


def to_be_told(employee_ids: Collection[int], *, on: date) -> dict[int, Addressees]:
    """The same of many people at once, without HR, in three queries."""
    ids = list(employee_ids)
    found = {
        employee.pk: employee
        for employee in Employee.objects.filter(pk__in=ids).select_related("user")
    }
    supervisions = (
        Supervision.objects.filter(employee_id__in=ids, period__contains=on)
        .select_related("supervisor__user")
        .order_by("-pk")
    )
    supervisors = {row.employee_id: row.supervisor.user for row in supervisions}
    assignments = (
        Assignment.objects.filter(employee_id__in=ids, period__startswith__lte=on)
        .select_related("position__organization")
        .order_by("period__startswith")
    )
    organizations = {row.employee_id: row.position.organization for row in assignments}
    return {
        pk: Addressees(
            employee=employee.user,
            supervisor=supervisors.get(pk),
            hr=(),
            organization=organizations.get(pk),
        )
        for pk, employee in found.items()
    }


def _hr(organization: Organization | None, *, on: date, but: int | None) -> tuple[User, ...]:
    grants = (
        RoleGrant.objects.filter(role=Role.HR_SPECIALIST, starts__lte=on)
        .filter(Q(ends=None) | Q(ends__gte=on))
        .select_related("user", "organization")
        .order_by("user_id")
    )
    users = {
        grant.user_id: grant.user
        for grant in grants
        if grant.user_id != but
        and (
            grant.organization is None
            or (organization is not None and grant.organization.holds(organization))
        )
    }
    return tuple(users.values())
