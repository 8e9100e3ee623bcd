"""HR records what an award or decision does to a final rating."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_fsm import can_proceed

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.forms import DecisionForm, cleaned
from performance.models import RatingLevel
from performance.services.cancel_rating import cancel_rating
from performance.services.correct_rating import correct_rating
from performance.views.subjects import rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"hr"}, subject=rated_employee)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the level, cancel the rating, or cancel it to be given again."""
    found = rating_or_404(pk)

    def act() -> str:
        typed = cleaned(DecisionForm(request.POST))
        if typed["outcome"] == "correct":
            correct_rating(
                found,
                corrected_level=typed["level"],
                reference=typed["reference"],
                decided=typed["decided"],
                by_award=typed["decided_by"] == "award",
                would_have_given=typed["would_have_given"],
                actor=actor_of(request),
                on=clock.today(),
                version=typed["version"],
            )
        else:
            cancel_rating(
                found,
                reference=typed["reference"],
                decided=typed["decided"],
                remanded=typed["outcome"] == "remand",
                actor=actor_of(request),
                on=clock.today(),
                version=typed["version"],
            )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        now = rating_or_404(pk)
        context = {
            "rating": now,
            "levels": RatingLevel.objects.filter(system_id=now.cycle.system_id).order_by("rank"),
            "typed": request.POST,
            "refusal": refused,
        }
        return render(request, "performance/decision.html", context)

    if request.method == "POST":
        return carry_out(request, act=act, again=page)
    return page() if can_proceed(found.cancel) else redirect("performance:rating", pk)
