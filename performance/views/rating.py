"""One rating as those see it who may read it, and the employee's acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access, user_of
from accounts.models import User
from casework.files import documents_of, download
from casework.models import Document
from casework.web import actor_of, carry_out
from performance.forms import RefusalForm, cleaned
from performance.models import (
    Plan,
    PlanState,
    PoorPerformanceRecord,
    RatingElement,
    RatingOfRecord,
    RatingState,
)
from performance.permissions import can_read, must_be_rating_official
from performance.queries.acts import acts_on_rating
from performance.queries.evidence import EvidenceRow
from performance.queries.next_person import next_person
from performance.queries.rating_file import RatingFile, rating_file, records_behind
from performance.queries.rating_history import history_of
from performance.queries.replies import last_day_of_reply
from performance.queries.year_page import coming
from performance.services.acknowledge_rating import acknowledge_rating, record_refusal
from performance.views.subjects import own_record, rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused

READERS = {
    "self",
    "team",
    "line",
    "hr",
    "audit",
    "rating_official",
    "reviewing_official",
}


@dataclass(frozen=True, slots=True)
class PartRead:
    """One expectation with what was found, for reading."""

    title: str
    statement: str
    form: str
    weight: int | None
    element: RatingElement | None
    cited: list[EvidenceRow]
    #: Where it was replaced or withdrawn: the day from which it was expected no longer.
    communicated_on: date | None
    ended_on: date | None


def parts_shown(file: RatingFile) -> list[PartRead]:
    """The parts of a rating in the order of the plan, those assessed at the time included."""
    known = {item.pk: item for item in file.expectations}
    for element in file.elements.values():
        known.setdefault(element.expectation_id, element.expectation)
    return [
        PartRead(
            title=item.title,
            statement=item.statement,
            form=item.get_form_display(),
            weight=item.weight,
            element=file.elements.get(item.pk),
            cited=file.cited(item),
            communicated_on=item.communicated_on,
            ended_on=item.ended_on,
        )
        for item in sorted(known.values(), key=lambda item: (item.order, item.pk))
    ]


@require_safe
@access(reading_relations=READERS, subject=rated_employee)
def rating(request: HttpRequest, pk: int) -> HttpResponse:
    """The rating, its signatures and its history."""
    found = rating_or_404(pk)
    return _page(request, found)


def _page(
    request: HttpRequest, found: RatingOfRecord, *, refusal: Refused | None = None
) -> HttpResponse:
    on = clock.today()
    user = request.user
    if not isinstance(user, User) or not can_read(user, found, on=on):
        raise PermissionDenied("This rating is not open to this account.")
    file = rating_file(found, on=found.issued_on or on)
    context = {
        "rating": found,
        "parts": parts_shown(file),
        "acts": acts_on_rating(user, found, on=on),
        "history": history_of(found),
        "documents": documents_of(found),
        "records": _records(found, on=on),
        "reply_due": last_day_of_reply(found, on=on),
        "own": found.employee.user_id == user.pk,
        **_of_rating_official(user, found, on=on),
        "refusal": refusal,
    }
    return render(request, "performance/rating.html", context)


def _records(found: RatingOfRecord, *, on: date) -> list[PoorPerformanceRecord]:
    """Records of poor performance behind an unacceptable rating (5 CFR 9701.405(c)(4))."""
    if found.level is None or not found.level.unacceptable:
        return []
    return records_behind(found, on=found.issued_on or on)


def _of_rating_official(user: User, found: RatingOfRecord, *, on: date) -> dict[str, object]:
    """The way back to the team, and on to the next person, for the rating official alone."""
    if found.rater is None or found.rater.user_id != user.pk:
        return {}
    follows = next_person(found.rater, after=found, on=on)
    return {"rates": True, "next_acts": [follows.act()] if follows else []}


@require_safe
@access(reading_relations=READERS, subject=rated_employee)
def evidence(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """A document that came with the rating, for those who may read the rating."""
    found = rating_or_404(pk)
    if not can_read(user_of(request), found, on=clock.today()):
        raise PermissionDenied("This rating is not open to this account.")
    kept = Document.objects.select_related("content")
    return download(get_object_or_404(kept, pk=document, subject=found.subject))


@require_safe
@access(relations={"self"}, subject=own_record)
def mine(request: HttpRequest) -> HttpResponse:
    """The years, the dates that are coming and the issued ratings of whoever is logged in."""
    employee = own_record(request)
    plans = list(
        Plan.objects.filter(employee=employee)
        .exclude(state=PlanState.DRAFT)
        .select_related("cycle")
        .order_by("-cycle__ends")
    )
    on = clock.today()
    ratings = (
        RatingOfRecord.objects.filter(
            employee=employee, state__in=[RatingState.ISSUED, RatingState.SUPERSEDED]
        )
        .select_related("level", "cycle", "rater")
        .order_by("-issued_on", "-id")
    )
    context = {
        "ratings": ratings,
        "plans": plans,
        "coming": [
            row
            for plan in plans
            if plan.cycle.starts <= on <= plan.cycle.ends
            for row in coming(plan, on=on)
        ],
    }
    return render(request, "performance/mine.html", context)


@require_POST
@access(relations={"self"}, subject=rated_employee)
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The employee signs that the rating was received."""
    found = rating_or_404(pk)

    def act() -> str:
        acknowledge_rating(found, actor=actor_of(request), on=clock.today())
        return reverse("performance:rating", args=[pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _page(request, rating_or_404(pk), refusal=refusal),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"rating_official"}, subject=rated_employee)
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """The rating official records that the employee would not sign."""
    found = rating_or_404(pk)
    must_be_rating_official(actor_of(request), found)

    def act() -> str:
        typed = cleaned(RefusalForm(request.POST))
        record_refusal(
            found,
            witness=typed["witness"],
            actor=actor_of(request),
            on=clock.today(),
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        context = {"rating": rating_or_404(pk), "typed": request.POST, "refusal": refused}
        return render(request, "performance/refusal.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
