"""The file of the year: feedback, contributions, what is owed, and the dates that are coming."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access, may_open
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import cleaned
from performance.models import FeedbackMethod, Plan
from performance.queries.year_page import year_page
from performance.services.follow_up import finish_follow_up, plan_development
from performance.services.give_feedback import give_feedback
from performance.services.note_contribution import note_contribution
from performance.views.plan import plan_or_404, planned_employee
from performance.year_forms import (
    ContributionForm,
    DevelopmentForm,
    FeedbackForm,
    OutcomeForm,
    ids_of,
)
from regulation import clock
from regulation.refusals import Refused


@require_safe
@access(
    relations={"team", "self"},
    reading_relations={"line", "hr", "audit"},
    subject=planned_employee,
)
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """What the year has brought so far."""
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: int, *, doing: str = "", refusal: Refused | None = None
) -> HttpResponse:
    found = plan_or_404(pk)
    reader, on = cast(User, request.user), clock.today()
    appraise = reverse("performance:new_appraisal", args=[pk])
    context = {
        "page": year_page(found, reader=reader, on=on),
        "appraise": appraise if may_open(reader, appraise, found.employee, on=on) else "",
        "plan": found,
        "employee": found.employee,
        "own": reader.pk == found.employee.user_id,
        "methods": FeedbackMethod.choices,
        "refusal": refusal,
        "doing": doing,
        "typed": request.POST if refusal else {},
        "ticked": ids_of(request.POST, "about") if refusal else [],
    }
    return render(request, "performance/year.html", context)


def _acting(
    request: HttpRequest, pk: int, act: Callable[[Plan], object], *, doing: str
) -> HttpResponse:
    """One entry, and back to the file."""
    found = plan_or_404(pk)

    def carried_out() -> str:
        act(found)
        return reverse("performance:year", args=[pk])

    return carry_out(
        request,
        act=carried_out,
        again=lambda refusal: _page(request, pk, doing=doing, refusal=refusal),
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor gives feedback."""
    return _acting(
        request,
        pk,
        lambda found: give_feedback(
            found,
            actor=actor_of(request),
            on=clock.today(),
            about=ids_of(request.POST, "about"),
            **cleaned(FeedbackForm(request.POST)),
        ),
        doing="feedback",
    )


@require_POST
@access(relations={"self", "team"}, subject=planned_employee)
def contribute(request: HttpRequest, pk: int) -> HttpResponse:
    """The employee, or the supervisor, notes a contribution."""
    return _acting(
        request,
        pk,
        lambda found: note_contribution(
            found,
            actor=actor_of(request),
            on=clock.today(),
            about=ids_of(request.POST, "about"),
            **cleaned(ContributionForm(request.POST)),
        ),
        doing="contribution",
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def develop(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor puts a development action on the plan."""
    return _acting(
        request,
        pk,
        lambda found: plan_development(
            found,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(DevelopmentForm(request.POST)),
        ),
        doing="development",
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def finish(request: HttpRequest, pk: int, follow_up: int) -> HttpResponse:
    """The supervisor says what was done about a follow-up."""
    return _acting(
        request,
        pk,
        lambda found: finish_follow_up(
            found,
            follow_up=follow_up,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(OutcomeForm(request.POST)),
        ),
        doing=f"follow-up-{follow_up}",
    )
