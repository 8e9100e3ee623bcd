"""Who is away with a protected right to return, and on which days."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from workforce.models import Absence, AbsenceKind, Employee

#: 5 CFR 9701.342(f), (g): what happens to pay meanwhile is credited upon return.
PROTECTED = (AbsenceKind.UNIFORMED_SERVICE, AbsenceKind.INJURY_COMPENSATION)


def away_on(on: date) -> QuerySet[Absence, int]:
    """Ids of the people in uniformed service or on injury compensation on a date."""
    return Absence.objects.filter(kind__in=PROTECTED, period__contains=on).values_list(
        "employee_id", flat=True
    )


def protected_absence(employee_id: int, *, on: date) -> Absence | None:
    """The uniformed service or injury compensation that an employee is away in on a date."""
    return Absence.objects.filter(
        employee_id=employee_id, kind__in=PROTECTED, period__contains=on
    ).first()


def away_in(employee: Employee, *, kind: str) -> bool:
    """Whether an absence of this kind goes on, with no day of return yet."""
    return Absence.objects.filter(employee=employee, kind=kind, period__endswith=None).exists()
