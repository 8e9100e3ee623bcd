"""An appraisal that is never a rating of record: written, signed, given, read (.409(h))."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import can_proceed

from accounts.access import access
from accounts.models import User
from casework.web import actor_of, carry_out
from performance.forms import version_of
from performance.models import (
    Appraisal,
    AppraisalPurpose,
    AppraisalState,
    Plan,
    RatingLevel,
    SpecialCircumstance,
)
from performance.queries.minimum_period import served_under
from performance.queries.year_page import communicated
from performance.rules.appraisal import NOT_A_RATING
from performance.services.give_appraisal import give_appraisal
from performance.services.prepare_appraisal import prepare_appraisal, write_appraisal
from performance.services.sign_appraisal import sign_appraisal
from performance.special_forms import appraisal_content
from performance.views.plan import plan_or_404, planned_employee
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries import relations

READERS = {"self", "team", "line", "hr", "audit"}


def appraisal_or_404(pk: int) -> Appraisal:
    """The appraisal with what its pages name."""
    return get_object_or_404(
        Appraisal.objects.select_related(
            "employee__user", "plan__cycle", "prepared_by__user", "circumstance"
        ),
        pk=pk,
    )


def appraised_employee(request: HttpRequest, pk: int) -> Employee:
    """The employee whose appraisal it is."""
    return appraisal_or_404(pk).employee


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team", "appraiser"}, subject=planned_employee)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an appraisal."""
    plan = plan_or_404(pk)
    asked = request.GET.get("circumstance", "")
    circumstance = (
        get_object_or_404(SpecialCircumstance, pk=int(asked[:18]), employee=plan.employee)
        if asked.isdecimal()
        else _owed_by(cast(User, request.user), plan)
    )

    def act() -> str:
        made = prepare_appraisal(
            plan,
            content=appraisal_content(request.POST),
            actor=actor_of(request),
            on=clock.today(),
            circumstance=circumstance,
        )
        return reverse("performance:appraisal", args=[made.pk])

    def page(refusal: Refused | None = None) -> HttpResponse:
        return _form(request, plan, circumstance=circumstance, refusal=refusal)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


def _owed_by(user: User, plan: Plan) -> SpecialCircumstance | None:
    """The circumstance for which the user owes an appraisal, whatever way he came."""
    return SpecialCircumstance.objects.filter(
        employee=plan.employee, appraised_by__user=user, appraisal_owed=True
    ).first()


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"appraiser"}, subject=appraised_employee)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing a draft."""
    found = appraisal_or_404(pk)
    _only_preparer(request, found)
    if request.method != "POST":
        if found.state != AppraisalState.DRAFT:
            return redirect("performance:appraisal", pk)
        return _form(request, found.plan, draft=found)

    def act() -> str:
        write_appraisal(
            found,
            content=appraisal_content(request.POST),
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
        return reverse("performance:appraisal", args=[pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _form(
            request, found.plan, draft=appraisal_or_404(pk), refusal=refusal
        ),
    )


def _form(
    request: HttpRequest,
    plan: Plan,
    *,
    draft: Appraisal | None = None,
    circumstance: SpecialCircumstance | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    items = {item.expectation_id: item for item in draft.items.all()} if draft else {}
    post = request.POST
    rows = []
    for expectation in communicated(plan):
        item = items.get(expectation.pk)
        level = item.suggested.code if item and item.suggested else ""
        rows.append(
            (
                expectation,
                post.get(f"item-{expectation.pk}-level", level),
                post.get(f"item-{expectation.pk}-note", item.note if item else ""),
            )
        )
    context = {
        "plan": plan,
        "employee": plan.employee,
        "draft": draft,
        "circumstance": circumstance,
        "served": served_under(plan, on=clock.today()),
        "levels": RatingLevel.objects.filter(system=plan.cycle.system_id).order_by("rank"),
        "purposes": AppraisalPurpose.choices,
        "rows": rows,
        "banner": NOT_A_RATING,
        "typed": post or _initial(draft, circumstance, plan),
        "both": draft if refusal is not None and refusal.code == "stale_form" else None,
        "refusal": refusal,
    }
    return render(request, "performance/appraisal_form.html", context)


def _initial(
    draft: Appraisal | None, circumstance: SpecialCircumstance | None, plan: Plan
) -> dict[str, str]:
    if draft is not None:
        return {
            "purpose": draft.purpose,
            "covers_from": draft.covers_from.isoformat(),
            "covers_to": draft.covers_to.isoformat(),
            "progress": draft.progress,
        }
    purpose = {"change_of_supervisor": AppraisalPurpose.DEPARTING_SUPERVISOR}.get(
        circumstance.kind if circumstance else "", circumstance.kind if circumstance else ""
    )
    begun = max(plan.communicated_on or plan.cycle.starts, plan.cycle.starts)
    return {"purpose": str(purpose), "covers_from": begun.isoformat()}


@require_safe
@access(reading_relations=READERS | {"appraiser"}, subject=appraised_employee)
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it; a draft only who writes it, and HR."""
    return _page(request, appraisal_or_404(pk))


def _page(request: HttpRequest, found: Appraisal, refusal: Refused | None = None) -> HttpResponse:
    user = cast(User, request.user)
    writes = found.prepared_by.user_id == user.pk
    if (
        found.state != AppraisalState.GIVEN
        and not writes
        and not relations.is_hr(user, found.employee, clock.today())
    ):
        raise PermissionDenied("This appraisal is not open to this account.")
    context = {
        "appraisal": found,
        "employee": found.employee,
        "items": found.items.select_related("expectation", "suggested"),
        "banner": NOT_A_RATING,
        "edits": writes and can_proceed(found.edit),
        "signs": writes and can_proceed(found.sign),
        "gives": writes and can_proceed(found.give),
        "refusal": refusal,
    }
    return render(request, "performance/appraisal.html", context)


@require_POST
@access(relations={"appraiser"}, subject=appraised_employee)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor signs."""
    return _acting(
        request,
        pk,
        lambda found: sign_appraisal(
            found, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


@require_POST
@access(relations={"appraiser"}, subject=appraised_employee)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """The employee gets it."""
    return _acting(
        request,
        pk,
        lambda found: give_appraisal(
            found, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


def _acting(request: HttpRequest, pk: int, act: Callable[[Appraisal], object]) -> HttpResponse:
    found = appraisal_or_404(pk)
    _only_preparer(request, found)

    def done() -> str:
        act(found)
        return reverse("performance:appraisal", args=[pk])

    return carry_out(
        request, act=done, again=lambda refusal: _page(request, appraisal_or_404(pk), refusal)
    )


def _only_preparer(request: HttpRequest, found: Appraisal) -> None:
    if found.prepared_by.user_id != cast(User, request.user).pk:
        raise PermissionDenied("Only who prepares this appraisal may write it.")
