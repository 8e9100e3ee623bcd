"""The list of a person's personnel actions, and what may be begun from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import access, may_open, user_of
from pay.queries.actions import actions_of
from pay.queries.history import pay_history
from pay.views.personnel_action_kinds import ActionKind, offered_to
from regulation import clock
from workforce.models import Employee
from workforce.queries.relations import assignment_on


def employee_numbered(request: HttpRequest, number: str) -> Employee:
    """The employee whose actions they are."""
    return get_object_or_404(Employee, number=number)


@access(
    relations={"self", "hr", "pay_office"}, reading_relations={"audit"}, subject=employee_numbered
)
@require_GET
def actions(request: HttpRequest, number: str) -> HttpResponse:
    """Every order about one person with what came of it, and the forms that the user may open."""
    employee: Employee = request.subject  # type: ignore[attr-defined]
    user, on = user_of(request), clock.today()
    standing = pay_history(employee, on=on).standing

    def allowed(kind: ActionKind) -> bool:
        return may_open(user, reverse(kind.url_name, args=[number]), employee, on=on)

    groups = [
        (group, [(kind, reverse(kind.url_name, args=[number])) for kind in kinds])
        for group, kinds in offered_to(employee, paid=standing is not None, allowed=allowed)
    ]
    return render(
        request,
        "pay/actions/list.html",
        {
            "employee": employee,
            "own": employee.user_id == user.pk,
            "assignment": assignment_on(employee, on=on),
            "standing": standing,
            "lines": actions_of(employee, on=on),
            "groups": groups,
        },
    )
