"""Finding people, and the employee file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import access, user_of
from portal.panels import acts_for, panels_for
from portal.queries.people import SEARCHING, find_people
from regulation import clock
from workforce.models import Employee
from workforce.queries.relations import employee_of_user


def employee_numbered(request: HttpRequest, number: str) -> Employee:
    """The employee whose file is asked for."""
    return get_object_or_404(Employee, number=number)


@access(readers=SEARCHING)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People whom the user's HR, pay or audit role reaches, by name or number."""
    text = request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")[:24]
    found = find_people(user_of(request), text=text, on=clock.today(), after=after)
    context = {"text": text, "after": after, "found": found}
    return render(request, "portal/people.html", context)


@access(
    relations={"self"},
    reading_relations={"team", "line", "hr", "pay_office", "audit"},
    subject=employee_numbered,
)
@require_safe
def person(request: HttpRequest, number: str) -> HttpResponse:
    """The file of one employee, as far as the user may see it."""
    user = user_of(request)
    employee = employee_numbered(request, number)
    today = clock.today()
    context = {
        "employee": employee,
        "own": employee.user_id == user.pk,
        "acts": acts_for(user, employee, on=today),
        "panels": panels_for(user, employee, on=today),
    }
    return render(request, "portal/person.html", context)


@access(anyone=True)
@require_safe
def my_file(request: HttpRequest) -> HttpResponse:
    """Lead an employee to his own file."""
    employee = employee_of_user(user_of(request))
    if employee is None:
        return render(request, "portal/no_file.html")
    return redirect("portal:person", number=employee.number)
