"""My position: its description, its classification and what stands behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import access
from classification.queries.decisions import decisions_of
from classification.queries.documentation import documentation_of
from reconsideration.queries.requests import requests_of
from reconsideration.views.subjects import own_record
from regulation import clock
from workforce.queries.position_of_record import position_of_record


@access(relations={"self"}, subject=own_record)
@require_GET
def my_position(request: HttpRequest) -> HttpResponse:
    """The employee's position of record and its classification (5 CFR 9701.221(a))."""
    on = clock.today()
    employee = request.subject  # type: ignore[attr-defined]
    position = position_of_record(employee, on=on)
    decisions = list(decisions_of(position)) if position else []
    in_force = next((one for one in decisions if one.effective <= on), None)
    return render(
        request,
        "reconsideration/my_position.html",
        {
            "employee": employee,
            "position": position,
            "decision": in_force,
            "coming": [one for one in decisions if one.effective > on],
            "earlier": [one for one in decisions if one.effective <= on and one != in_force],
            "documentation": documentation_of(in_force) if in_force else None,
            "requests": list(requests_of(employee)[:5]),
        },
    )
