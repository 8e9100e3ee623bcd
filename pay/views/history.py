"""Why is my pay this: the employee's pay page."""

from __future__ import annotations

from datetime import date, datetime, time

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import access, may_open, user_of
from pay.queries.corrections import corrections_of
from pay.queries.timeline import timeline
from regulation import clock
from regulation.days import DEPARTMENT_ZONE
from workforce.models import Employee
from workforce.queries.relations import assignment_on, employee_of_user


class KnownForm(forms.Form):
    """The day on which a rate is looked at, and the past day whose knowledge the page shows."""

    on = forms.DateField(
        label="As effective on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}),
        error_messages={"invalid": "Enter a date, such as 2024-12-31."},
    )
    known = forms.DateField(
        label="Show what was known at the end of",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}),
        error_messages={"invalid": "Enter a date, such as 2024-12-31."},
    )


def employee_numbered(request: HttpRequest, number: str) -> Employee:
    """The employee whose page it is."""
    return get_object_or_404(Employee, number=number)


def own_record(request: HttpRequest) -> Employee | None:
    """The record behind the log-in, if there is one."""
    return employee_of_user(request.user) if request.user.is_authenticated else None


@access(
    relations={"self", "hr", "pay_office"}, reading_relations={"audit"}, subject=employee_numbered
)
@require_GET
def history(request: HttpRequest, number: str) -> HttpResponse:
    """The pay of one person, step by step, to that person, HR, the pay office and auditors.

    A supervisor is not among them: nothing in part 9701 gives him the figures.
    """
    return show_history(request, request.subject)  # type: ignore[attr-defined]


@access(relations={"self"}, subject=own_record)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The same of whoever looks."""
    return show_history(request, request.subject)  # type: ignore[attr-defined]


def show_history(request: HttpRequest, employee: Employee) -> HttpResponse:
    """The page as effective on a day and as known at the end of one (rule 3 of the design).

    Without the first, both are the day whose knowledge is asked for; without either, today.
    """
    today = clock.today()
    form = KnownForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    known = asked.get("known")
    if known is not None and known >= today:
        known = None
    on = asked.get("on") or known or today
    ladder = reverse("pay:career_ladder", args=[employee.number])
    shown = timeline(employee, on=on, known=end_of(known) if known else None)
    return render(
        request,
        "pay/history/page.html",
        {
            "employee": employee,
            "own": employee.user_id == request.user.pk,
            "assignment": assignment_on(employee, on=on),
            "ladder": ladder if may_open(user_of(request), ladder, employee, on=today) else "",
            "form": form,
            "on": on,
            "known": known,
            "in_the_past": known is not None or on != today,
            "timeline": shown,
            "history": shown.history,
            "standing": shown.history.standing,
            "corrections": corrections_of(employee, on=on),
        },
    )


def end_of(day: date) -> datetime:
    """The last moment of a day of the Department."""
    return datetime.combine(day, time.max, DEPARTMENT_ZONE)
