"""The reviewing official's queue and page."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import can_proceed

from accounts.access import access
from casework.files import documents_of
from casework.web import actor_of, carry_out
from performance.forms import ChangeLevelForm, ReturnForm, cleaned, version_of
from performance.models import RatingOfRecord
from performance.permissions import may_review
from performance.queries.rating_file import rating_file
from performance.queries.replies import last_day_of_reply
from performance.queries.reviews import review_queue
from performance.rules.finality import refuse_final
from performance.services.approve_rating import approve_rating
from performance.services.change_level import change_level
from performance.services.return_rating import ReturnReason, return_rating
from performance.views.draft import score_context
from performance.views.rating import parts_shown
from performance.views.subjects import own_record, rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused


@require_safe
@access(relations={"self"}, subject=own_record)
def queue(request: HttpRequest) -> HttpResponse:
    """Ratings that wait for the signature of whoever is logged in."""
    reviewer = own_record(request)
    ratings = list(review_queue(reviewer)) if reviewer else []
    return render(request, "performance/review_queue.html", {"ratings": ratings})


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"reviewing_official"}, subject=rated_employee)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve and sign, change the level, or return."""
    rating = rating_or_404(pk)
    if request.method == "POST":
        return _act(request, rating)
    if not can_proceed(rating.approve):
        return redirect("performance:rating", pk)
    may_review(actor_of(request), rating)
    return _page(request, rating)


def _act(request: HttpRequest, rating: RatingOfRecord) -> HttpResponse:
    on = clock.today()
    actor = actor_of(request)

    def approve() -> str:
        refuse_final(rating.issued_on)
        approve_rating(rating, actor=actor, on=on, version=version_of(request))
        return reverse("performance:review_queue")

    def change() -> str:
        refuse_final(rating.issued_on)
        typed = cleaned(ChangeLevelForm(request.POST))
        change_level(
            rating,
            level_code=typed["level"],
            reason=typed["reason"],
            absence_is_no_factor=typed["absence_is_no_factor"],
            actor=actor,
            on=on,
            version=typed["version"],
        )
        return reverse("performance:review", args=[rating.pk])

    def send_back() -> str:
        refuse_final(rating.issued_on)
        typed = cleaned(ReturnForm(request.POST))
        return_rating(
            rating,
            reason=typed["reason"],
            text=typed["text"],
            actor=actor,
            on=on,
            version=typed["version"],
        )
        return reverse("performance:review_queue")

    acts = {"approve": approve, "change": change, "return": send_back}
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        raise BadRequest("The form names no act.")
    return carry_out(
        request,
        act=act,
        again=lambda refusal: _page(request, rating_or_404(rating.pk), refusal=refusal),
    )


def _page(
    request: HttpRequest, rating: RatingOfRecord, *, refusal: Refused | None = None
) -> HttpResponse:
    file = rating_file(rating, on=clock.today())
    context = {
        "rating": rating,
        "file": file,
        "parts": parts_shown(file),
        "absences": file.absences_in_period(),
        "documents": documents_of(rating),
        "prior": file.prior,
        "reply_due": last_day_of_reply(rating, on=clock.today()),
        "reasons": ReturnReason.choices,
        "typed": request.POST,
        "refusal": refusal,
        **score_context(file.score(), file.levels),
    }
    return render(request, "performance/review.html", context)
