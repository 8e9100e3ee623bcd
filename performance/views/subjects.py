"""Whose record a page about a rating shows; the access rule of each view asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from performance.models import RatingOfRecord
from workforce.models import Employee
from workforce.queries.relations import employee_of_user


def rating_or_404(pk: int) -> RatingOfRecord:
    """The rating with what its pages show of people, period and levels."""
    return get_object_or_404(
        RatingOfRecord.objects.select_related(
            "employee__user",
            "cycle__system",
            "rater__user",
            "reviewer__user",
            "level",
            "rater_level",
            "standing__level",
        ),
        pk=pk,
    )


def rated_employee(request: HttpRequest, pk: int, document: int = 0) -> Employee:
    """The employee whose rating it is."""
    return rating_or_404(pk).employee


def named_employee(request: HttpRequest, pk: int) -> Employee:
    """The employee named in the address."""
    return get_object_or_404(Employee.objects.select_related("user"), pk=pk)


def own_record(request: HttpRequest) -> Employee | None:
    """The employee record of whoever is logged in."""
    return employee_of_user(request.user) if isinstance(request.user, User) else None
