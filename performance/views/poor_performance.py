"""Poor performance: what was found, every option weighed, what was chosen, done, and came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import cleaned, version_of
from performance.models import PoorPerformanceRecord, RemedyKind
from performance.queries.poor_performance_page import record_page
from performance.queries.year_page import communicated
from performance.services.choose_actions import choose_actions
from performance.services.close_poor_performance import OUTCOMES, close_poor_performance
from performance.services.consider_options import consider_options
from performance.services.open_poor_performance import open_poor_performance
from performance.services.record_action import record_action
from performance.views.plan import plan_or_404, planned_employee
from performance.year_forms import ActedForm, CloseForm, dates_of, finding, ids_of, options
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


def record_or_404(pk: int) -> PoorPerformanceRecord:
    """The record with the people and the plan that its page names."""
    return get_object_or_404(
        PoorPerformanceRecord.objects.select_related(
            "employee__user", "plan__cycle", "determined_by"
        ),
        pk=pk,
    )


def concerned_employee(request: HttpRequest, pk: int) -> Employee:
    """The employee whom the record concerns."""
    return record_or_404(pk).employee


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team"}, subject=planned_employee)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was found unacceptable."""
    found = plan_or_404(pk)

    def act() -> str:
        record = open_poor_performance(
            found, finding=finding(request.POST), actor=actor_of(request), on=clock.today()
        )
        return reverse("performance:poor_performance", args=[record.pk])

    def page(refusal: Refused | None = None) -> HttpResponse:
        source = request.POST if refusal else request.GET
        context = {
            "plan": found,
            "employee": found.employee,
            "expectations": communicated(found),
            "ticked": ids_of(source, "not_met"),
            "typed": request.POST if refusal else {},
            "refusal": refusal,
        }
        return render(request, "performance/poor_performance_form.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


@require_safe
@access(
    relations={"team", "self"},
    reading_relations={"line", "hr", "audit"},
    subject=concerned_employee,
)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record, and the next step of it."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, *, refusal: Refused | None = None) -> HttpResponse:
    found = record_or_404(pk)
    post = request.POST if refusal else {}
    page = record_page(found, reader=cast(User, request.user), on=clock.today())
    context = {
        "page": page,
        "record": found,
        "plan": found.plan,
        "employee": found.employee,
        "options": [
            {
                "kind": kind,
                "label": label,
                "suitable": post.get(f"{kind}-suitable", ""),
                "note": post.get(f"{kind}-note", ""),
                "title": post.get(f"{kind}-title", ""),
            }
            for kind, label in RemedyKind.choices
        ],
        "choosing": [(each, post.get(f"choose-{each.pk}", "")) for each in page.suitable],
        "doing": [(each, post.get(f"done-{each.pk}", "")) for each in page.chosen],
        "outcomes": OUTCOMES,
        "typed": post,
        "refusal": refusal,
    }
    return render(request, "performance/poor_performance.html", context)


def _acting(
    request: HttpRequest, pk: int, act: Callable[[PoorPerformanceRecord], object]
) -> HttpResponse:
    """One step, and back to the record."""
    found = record_or_404(pk)

    def carried_out() -> str:
        act(found)
        return reverse("performance:poor_performance", args=[pk])

    return carry_out(
        request, act=carried_out, again=lambda refusal: _page(request, pk, refusal=refusal)
    )


@require_POST
@access(relations={"team"}, subject=concerned_employee)
def consider(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark every option."""
    return _acting(
        request,
        pk,
        lambda found: consider_options(
            found,
            options=options(request.POST),
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        ),
    )


@require_POST
@access(relations={"team"}, subject=concerned_employee)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is done, with its dates."""
    return _acting(
        request,
        pk,
        lambda found: choose_actions(
            found,
            chosen=dates_of(request.POST, "choose"),
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        ),
    )


@require_POST
@access(relations={"team"}, subject=concerned_employee)
def acted(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was done."""
    return _acting(
        request,
        pk,
        lambda found: record_action(
            found,
            done=dates_of(request.POST, "done"),
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(ActedForm(request.POST)),
        ),
    )


@require_POST
@access(relations={"team"}, subject=concerned_employee)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of it."""
    return _acting(
        request,
        pk,
        lambda found: close_poor_performance(
            found,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(CloseForm(request.POST)),
        ),
    )
