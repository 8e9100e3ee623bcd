"""The plan of an employee: what is expected, drafted, discussed, communicated and replaced."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import cleaned, version_of
from performance.models import Cycle, Expectation, ExpectationForm, Plan
from performance.plan_forms import (
    METHODS,
    CommunicateForm,
    InvolvementForm,
    NoteForm,
    WithdrawForm,
    WrittenExpectationForm,
    chosen_of,
    telling_of,
)
from performance.queries.competencies import competencies_of
from performance.queries.plan_page import goals_above, plan_page
from performance.rules.conduct import CONDUCT_STANDARD
from performance.services.communicate_expectations import communicate_expectations
from performance.services.drop_draft import drop_draft
from performance.services.involve_employee import invite_input, record_involvement
from performance.services.note_on_plan import note_on_plan
from performance.services.open_plan import open_plan
from performance.services.plan_content import content_of
from performance.services.withdraw_expectation import withdraw_expectation
from performance.services.write_expectation import write_expectation
from performance.views.subjects import named_employee
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


def plan_or_404(pk: int) -> Plan:
    """The plan with the people and the period that its pages name."""
    return get_object_or_404(Plan.objects.select_related("employee__user", "cycle"), pk=pk)


def planned_employee(request: HttpRequest, pk: int, **rest: int) -> Employee:
    """The employee whose plan it is."""
    return plan_or_404(pk).employee


@require_POST
@access(relations={"team"}, subject=named_employee)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the plan of a period and go to it."""
    employee = named_employee(request, pk)
    chosen = request.POST.get("cycle", "")
    cycle = get_object_or_404(Cycle, pk=int(chosen[:18]) if chosen.isdecimal() else 0)

    def act() -> str:
        plan = open_plan(employee, cycle=cycle, actor=actor_of(request), on=clock.today())
        return reverse("performance:plan", args=[plan.pk])

    def again(refusal: Refused) -> HttpResponse:
        context = {"employee": employee, "cycle": cycle, "refusal": refusal}
        return render(request, "performance/plan_refused.html", context)

    return carry_out(request, act=act, again=again)


@require_safe
@access(
    relations={"team", "self"},
    reading_relations={"line", "hr", "audit"},
    subject=planned_employee,
)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What is expected of one employee in one period."""
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: int, *, refusal: Refused | None = None, typed: Any = None
) -> HttpResponse:
    found = plan_or_404(pk)
    reader = cast(User, request.user)
    context = {
        "page": plan_page(found, reader=reader, on=clock.today()),
        "plan": found,
        "employee": found.employee,
        "own": request.user.pk == found.employee.user_id,
        "forms": ExpectationForm.choices,
        "methods": METHODS,
        "conduct": CONDUCT_STANDARD,
        "refusal": refusal,
        "typed": typed if typed is not None else {},
        "chosen": chosen_of(request.POST) if refusal else None,
    }
    return render(request, "performance/plan.html", context)


def _acting(request: HttpRequest, pk: int, act: Callable[[Plan], object]) -> HttpResponse:
    """One act on the plan, and back to it."""
    found = plan_or_404(pk)

    def carried_out() -> str:
        act(found)
        return reverse("performance:plan", args=[pk])

    return carry_out(
        request,
        act=carried_out,
        again=lambda refusal: _page(request, pk, refusal=refusal, typed=request.POST),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team"}, subject=planned_employee)
def new_expectation(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new expectation, or one that replaces another."""
    found = plan_or_404(pk)
    replaces = request.GET.get("replaces", "")
    old = (
        get_object_or_404(Expectation, plan=found, pk=int(replaces[:18]))
        if replaces.isdecimal()
        else None
    )
    form = old.form if old else request.GET.get("form", "")
    if form not in ExpectationForm.values:
        return redirect("performance:plan", pk)
    return _expectation(request, found, form=form, shown=old, replaces=old)


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team"}, subject=planned_employee)
def expectation(request: HttpRequest, pk: int, expectation: int) -> HttpResponse:
    """Write a draft anew."""
    found = plan_or_404(pk)
    draft = get_object_or_404(Expectation, plan=found, pk=expectation)
    return _expectation(request, found, form=draft.form, shown=draft, draft=draft)


def _expectation(
    request: HttpRequest,
    found: Plan,
    *,
    form: str,
    shown: Expectation | None,
    draft: Expectation | None = None,
    replaces: Expectation | None = None,
) -> HttpResponse:
    on = clock.today()
    blank = partial(
        WrittenExpectationForm,
        form,
        goals_above=goals_above(found.employee, on=on),
        competencies=competencies_of(found.employee, on=on),
    )
    typed = blank(request.POST or None)

    def act() -> str:
        write_expectation(
            found,
            content=typed.content(),
            actor=actor_of(request),
            on=on,
            version=version_of(request),
            expectation=draft.pk if draft else None,
            replaces=replaces.pk if replaces else None,
        )
        return reverse("performance:plan", args=[found.pk])

    def page(refusal: Refused | None = None) -> HttpResponse:
        fields = typed
        if refusal is None and shown is not None:
            content = content_of(shown)
            initial = {name: getattr(content, name) for name in typed.fields}
            fields = blank(None, initial=initial)
        context = {
            "plan": plan_or_404(found.pk),
            "employee": found.employee,
            "form": fields,
            "form_name": ExpectationForm(form).label,
            "draft": draft,
            "replaces": replaces,
            "both": draft if refusal is not None and refusal.code == "stale_form" else None,
            "refusal": refusal,
        }
        return render(request, "performance/expectation.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


@require_POST
@access(relations={"team"}, subject=planned_employee)
def drop(request: HttpRequest, pk: int, expectation: int) -> HttpResponse:
    """Take a draft out."""
    return _acting(
        request,
        pk,
        lambda found: drop_draft(
            found,
            expectation=expectation,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        ),
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft to the employee."""
    return _acting(
        request,
        pk,
        lambda found: invite_input(
            found, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def involve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how the employee was involved."""
    return _acting(
        request,
        pk,
        lambda found: record_involvement(
            found,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(InvolvementForm(request.POST)),
        ),
    )


@require_POST
@access(relations={"team"}, subject=planned_employee)
def communicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that expectations were communicated."""

    def act(found: Plan) -> None:
        telling, version = telling_of(CommunicateForm(request.POST))
        communicate_expectations(
            found,
            expectations=chosen_of(request.POST),
            telling=telling,
            actor=actor_of(request),
            on=clock.today(),
            version=version,
        )

    return _acting(request, pk, act)


@require_POST
@access(relations={"team"}, subject=planned_employee)
def withdraw(request: HttpRequest, pk: int, expectation: int) -> HttpResponse:
    """End an expectation."""
    return _acting(
        request,
        pk,
        lambda found: withdraw_expectation(
            found,
            expectation=expectation,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(WithdrawForm(request.POST)),
        ),
    )


@require_POST
@access(relations={"self"}, subject=planned_employee)
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """The employee proposes, comments, marks as received, or objects."""
    return _acting(
        request,
        pk,
        lambda found: note_on_plan(
            found,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(NoteForm(request.POST)),
        ),
    )
