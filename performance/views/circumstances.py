"""Special circumstances of an employee (5 CFR 9701.405(b)(6))."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import cleaned
from performance.models import CircumstanceKind
from performance.queries.circumstances import known_to_workforce, recorded
from performance.services.record_circumstance import record_circumstance
from performance.special_forms import CircumstanceForm
from performance.views.subjects import named_employee
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries import relations


@require_http_methods(["GET", "HEAD", "POST"])
@access(
    relations={"hr"},
    reading_relations={"self", "team", "line", "audit"},
    subject=named_employee,
)
def circumstances(request: HttpRequest, pk: int) -> HttpResponse:
    """What is on record, what the workforce knows of, and a form for HR."""
    employee = named_employee(request, pk)
    on = clock.today()

    def act() -> str:
        typed = cleaned(CircumstanceForm(request.POST))
        record_circumstance(
            employee,
            **{**typed, "appraiser": _named(typed["appraiser"])},
            actor=actor_of(request),
            on=on,
        )
        return reverse("performance:circumstances", args=[pk])

    def page(refusal: Refused | None = None) -> HttpResponse:
        user = cast(User, request.user)
        records = relations.is_hr(user, employee, on)
        context = {
            "employee": employee,
            "own": user.pk == employee.user_id,
            "shown": recorded(employee, on=on),
            "known": known_to_workforce(employee, on=on) if records else [],
            "records": records,
            "kinds": CircumstanceKind.choices,
            "typed": request.POST or request.GET,
            "refusal": refusal,
        }
        return render(request, "performance/circumstances.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


def _named(number: str) -> Employee | None:
    if not number.strip():
        return None
    found = Employee.objects.filter(number=number.strip()).first()
    if found is None:
        raise Refused("unknown_employee", "", f"No employee has the number “{number.strip()}”.")
    return found
