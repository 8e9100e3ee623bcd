"""Rating an employee: the form, its own saving, the score of its parts, and sending it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import can_proceed

from accounts.access import access
from casework.actor import Actor
from casework.web import actor_of, carry_out
from performance.forms import draft_content, version_of
from performance.models import RatingOfRecord
from performance.permissions import must_be_rating_official
from performance.queries.next_person import next_person
from performance.queries.officials import employee_behind
from performance.queries.rating_file import rating_file
from performance.queries.supervising import supervised_in
from performance.queries.team import team_members
from performance.rules.finality import refuse_final
from performance.services.draft_content import DraftContent
from performance.services.save_draft import save_draft
from performance.services.start_rating import start_rating
from performance.services.submit_rating import submit_rating
from performance.views.draft import both_versions, rate_context
from performance.views.subjects import rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"rating_official"}, subject=rated_employee)
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the rating official; POST saves it, or signs and sends it."""
    rating = rating_or_404(pk)
    if request.method == "POST":
        return _act(request, rating)
    return (
        _page(request, rating) if _is_open(request, rating) else redirect("performance:rating", pk)
    )


def _is_open(request: HttpRequest, rating: RatingOfRecord) -> bool:
    """Whether the form can be written in now; somebody else's form raises Refused."""
    must_be_rating_official(actor_of(request), rating)
    return bool(can_proceed(rating.edit))


def _act(request: HttpRequest, rating: RatingOfRecord) -> HttpResponse:
    on = clock.today()
    actor = actor_of(request)

    def act() -> str:
        # A form that was open when the rating was issued is told that, not that it is stale.
        refuse_final(rating.issued_on)
        content = draft_content(request.POST)
        version = version_of(request)
        if request.POST.get("do") in ("send", "send_and_go_on"):
            sent = submit_rating(rating, actor=actor, on=on, version=version, content=content)
            if request.POST.get("do") == "send_and_go_on":
                return _go_on(sent, actor=actor, on=on)
            return reverse("performance:rating", args=[rating.pk])
        save_draft(rating, actor=actor, on=on, version=version, content=content)
        return reverse("performance:rate", args=[rating.pk])

    def again(refusal: Refused) -> HttpResponse:
        now = rating_or_404(rating.pk)
        return _page(request, now, typed=_typed(request), refusal=refusal)

    return carry_out(request, act=act, again=again)


def _go_on(sent: RatingOfRecord, *, actor: Actor, on: date) -> str:
    """The form of the next person, begun where it is not; the team where it cannot be begun."""
    who = employee_behind(actor)
    follows = next_person(who, after=sent, on=on) if who else None
    if follows is None:
        return f"{reverse('performance:team')}?cycle={sent.cycle_id}"
    if follows.rating is not None:
        return reverse("performance:rate", args=[follows.rating.pk])
    try:
        with transaction.atomic():
            begun = start_rating(follows.employee, cycle=sent.cycle, actor=actor, on=on)
    except Refused:
        # What was signed stays signed; the page of the team says what stands in the way.
        return f"{reverse('performance:team')}?cycle={sent.cycle_id}"
    return reverse("performance:rate", args=[begun.pk])


def _typed(request: HttpRequest) -> DraftContent | None:
    """What was typed, where its shape allows it to be shown again."""
    try:
        return draft_content(request.POST)
    except Refused:
        return None


def _page(
    request: HttpRequest,
    rating: RatingOfRecord,
    *,
    typed: DraftContent | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    on = clock.today()
    context = rate_context(rating, typed=typed, on=on)
    context["refusal"] = refusal
    file = context["file"]
    context["supervised"] = supervised_in(
        rating.employee, first=file.period_start, last=file.period_end
    )
    if refusal is not None and refusal.code == "stale_form" and typed is not None:
        context["both"] = both_versions(file, typed)
    context.update(_neighbours(request, rating))
    return render(request, "performance/rate.html", context)


def _neighbours(request: HttpRequest, rating: RatingOfRecord) -> dict[str, Any]:
    """The ratings of the people before and after this one in the rating official's team."""
    supervisor = employee_behind(actor_of(request))
    if supervisor is None:
        return {}
    people = list(
        team_members(supervisor, on=clock.today())
        .order_by("family_name", "given_name", "number")
        .values_list("pk", flat=True)
    )
    drafts = {
        employee: pk
        for pk, employee in RatingOfRecord.objects.filter(
            rater=supervisor, employee_id__in=people, state="draft"
        ).values_list("pk", "employee_id")
    }
    order = [drafts[pk] for pk in people if pk in drafts]
    if rating.pk not in order:
        return {}
    place = order.index(rating.pk)
    follows = next_person(supervisor, after=rating, on=clock.today())
    return {
        "follows": follows.employee if follows else None,
        "previous_rating": order[place - 1] if place else None,
        "next_rating": order[place + 1] if place + 1 < len(order) else None,
    }


@require_POST
@access(relations={"rating_official"}, subject=rated_employee)
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the draft while it is written; answers with a line and the new version."""
    rating = rating_or_404(pk)
    context: dict[str, Any] = {"saved_at": clock.now()}
    try:
        refuse_final(rating.issued_on)
        content = draft_content(request.POST)
        saved = save_draft(
            rating,
            content=content,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
    except Refused as refusal:
        context = {"refusal": refusal}
        if refusal.code == "stale_form":
            file = rating_file(rating_or_404(pk), on=clock.today())
            context["both"] = both_versions(file, content)
        return render(request, "performance/_saved.html", context, status=refusal.http_status)
    response = render(request, "performance/_saved.html", context)
    response["X-Version"] = str(saved.version)
    return response


@require_safe
@access(relations={"rating_official"}, subject=rated_employee)
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """What the saved parts add up to, as a part of the page."""
    rating = rating_or_404(pk)
    must_be_rating_official(actor_of(request), rating)
    context = rate_context(rating, typed=None, on=clock.today())
    return render(request, "performance/_score.html", context)
