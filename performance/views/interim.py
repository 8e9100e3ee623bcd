"""Interim reviews: prepared and held by the supervisor, read by the employee."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import access
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import cleaned, version_of
from performance.models import InterimReview, Plan, Progress
from performance.queries.review_page import review_page
from performance.queries.year_page import communicated
from performance.services.acknowledge_interim_review import (
    acknowledge_interim_review,
    note_review_not_acknowledged,
)
from performance.services.hold_interim_review import hold_interim_review
from performance.services.prepare_interim_review import begin_interim_review, save_interim_review
from performance.views.plan import plan_or_404, planned_employee
from performance.year_forms import CommentsForm, NotAcknowledgedForm, review_content
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


def review_or_404(pk: int) -> InterimReview:
    """The review with the people and the plan that its page names."""
    return get_object_or_404(
        InterimReview.objects.select_related("employee__user", "plan__cycle", "held_by__user"),
        pk=pk,
    )


def reviewed_employee(request: HttpRequest, pk: int) -> Employee:
    """The employee whose interim review it is."""
    return review_or_404(pk).employee


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team"}, subject=planned_employee)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a review, or record at once that it was held."""
    found = plan_or_404(pk)

    def act() -> str:
        actor, on = actor_of(request), clock.today()
        content = review_content(request.POST)
        review = begin_interim_review(found, content=content, actor=actor, on=on)
        if request.POST.get("do") == "hold":
            hold_interim_review(review, content=content, actor=actor, on=on, version=review.version)
        return reverse("performance:interim_review", args=[review.pk])

    def page(refusal: Refused | None = None) -> HttpResponse:
        return _form(request, plan=plan_or_404(pk), review=None, refusal=refusal)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


@require_http_methods(["GET", "HEAD", "POST"])
@access(
    relations={"team"},
    reading_relations={"self", "line", "hr", "audit"},
    subject=reviewed_employee,
)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a review; the supervisor goes on preparing a draft."""
    found = review_or_404(pk)

    def act() -> str:
        do = hold_interim_review if request.POST.get("do") == "hold" else save_interim_review
        do(
            found,
            content=review_content(request.POST),
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
        return reverse("performance:interim_review", args=[pk])

    def again(refusal: Refused) -> HttpResponse:
        return _form(request, plan=found.plan, review=review_or_404(pk), refusal=refusal)

    return (
        carry_out(request, act=act, again=again) if request.method == "POST" else _read(request, pk)
    )


def _read(request: HttpRequest, pk: int, *, refusal: Refused | None = None) -> HttpResponse:
    found = review_or_404(pk)
    page = review_page(found, reader=cast(User, request.user), on=clock.today())
    if not page.reads:
        raise PermissionDenied("This review is not open to this account.")
    if page.writes:
        return _form(request, plan=found.plan, review=found, refusal=refusal)
    context = {
        "page": page,
        "review": found,
        "plan": found.plan,
        "employee": found.employee,
        "refusal": refusal,
        "typed": request.POST if refusal else {},
    }
    return render(request, "performance/interim_review.html", context)


def _form(
    request: HttpRequest, *, plan: Plan, review: InterimReview | None, refusal: Refused | None
) -> HttpResponse:
    """The form with what was typed, or what is saved."""
    typed: Any = request.POST if refusal is not None else _saved(review)
    items = [
        {
            "row": row,
            "progress": typed.get(f"item-{row.pk}-progress", ""),
            "note": typed.get(f"item-{row.pk}-note", ""),
        }
        for row in communicated(plan)
        if row.ended_on is None
    ]
    context = {
        "plan": plan,
        "employee": plan.employee,
        "review": review,
        "items": items,
        "choices": Progress.choices,
        "typed": typed,
        "both": review_page(review, reader=cast(User, request.user), on=clock.today())
        if review and refusal and refusal.code == "stale_form"
        else None,
        "refusal": refusal,
    }
    return render(request, "performance/interim_review_form.html", context)


def _saved(review: InterimReview | None) -> dict[str, str]:
    if review is None:
        return {}
    tools = {None: "", True: "yes", False: "no"}[review.tools_adequate]
    said = {
        "held_on": review.held_on.isoformat(),
        "note": review.note,
        "tools_adequate": tools,
        "tools_note": review.tools_note,
        "development": review.development,
    }
    for each in review.progress.all():
        said[f"item-{each.expectation_id}-progress"] = each.progress
        said[f"item-{each.expectation_id}-note"] = each.note
    return said


@require_POST
@access(relations={"self"}, subject=reviewed_employee)
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The employee has read it, and may comment."""
    found = review_or_404(pk)

    def act() -> str:
        acknowledge_interim_review(
            found, actor=actor_of(request), on=clock.today(), **cleaned(CommentsForm(request.POST))
        )
        return reverse("performance:interim_review", args=[pk])

    return carry_out(request, act=act, again=lambda refusal: _read(request, pk, refusal=refusal))


@require_POST
@access(relations={"team"}, subject=reviewed_employee)
def not_acknowledged(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor notes why the employee did not acknowledge it."""
    found = review_or_404(pk)

    def act() -> str:
        note_review_not_acknowledged(
            found,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(NotAcknowledgedForm(request.POST)),
        )
        return reverse("performance:interim_review", args=[pk])

    return carry_out(request, act=act, again=lambda refusal: _read(request, pk, refusal=refusal))
