"""What a rating official says after sending a rating: a reply to a change, a note on an award."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.forms import AwardForm, ReplyForm, cleaned
from performance.permissions import must_be_rating_official
from performance.queries.acts import awaits_reply
from performance.queries.replies import last_day_of_reply
from performance.rules.finality import refuse_final
from performance.services.note_award import note_award
from performance.services.reply_to_change import reply_to_change
from performance.views.subjects import rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"rating_official"}, subject=rated_employee)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the reviewing official's change of the level, or say that nothing is to be added."""
    found = rating_or_404(pk)
    must_be_rating_official(actor_of(request), found)
    on = clock.today()

    def act() -> str:
        refuse_final(found.issued_on)
        typed = cleaned(ReplyForm(request.POST))
        reply_to_change(
            found,
            text=typed["reply"],
            nothing_to_add=request.POST.get("do") == "nothing",
            actor=actor_of(request),
            on=on,
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        now = rating_or_404(pk)
        context = {
            "rating": now,
            "due_on": last_day_of_reply(now, on=on),
            "typed": request.POST,
            "refusal": refused,
        }
        return render(request, "performance/reply.html", context)

    if request.method == "POST":
        return carry_out(request, act=act, again=page)
    return page() if awaits_reply(found) else redirect("performance:rating", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"rating_official"}, subject=rated_employee)
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whether an award was considered."""
    found = rating_or_404(pk)
    must_be_rating_official(actor_of(request), found)

    def act() -> str:
        typed = cleaned(AwardForm(request.POST))
        note_award(
            found,
            considered=typed["considered"] == "yes",
            note=typed["note"],
            actor=actor_of(request),
            on=clock.today(),
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        context = {"rating": rating_or_404(pk), "typed": request.POST, "refusal": refused}
        return render(request, "performance/award.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
