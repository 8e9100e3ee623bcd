"""Giving a signed rating to the employee."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.forms import IssueForm, cleaned
from performance.permissions import must_be_rating_official
from performance.queries.rating_file import rating_file, records_behind
from performance.services.issue_rating import issue_rating
from performance.views.rating import parts_shown
from performance.views.subjects import rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused

DELIVERIES = (
    "In person, with a copy",
    "By e-mail, receipt confirmed",
    "By mail to the address of record",
)


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"rating_official"}, subject=rated_employee)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it was given, and make it final."""
    found = rating_or_404(pk)
    must_be_rating_official(actor_of(request), found)

    def act() -> str:
        typed = cleaned(IssueForm(request.POST))
        issue_rating(
            found,
            delivery=typed["delivery"],
            actor=actor_of(request),
            on=clock.today(),
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        now = rating_or_404(pk)
        file = rating_file(now, on=clock.today())
        context = {
            "rating": now,
            "parts": parts_shown(file),
            "deliveries": DELIVERIES,
            "records": records_behind(now, on=clock.today()),
            "typed": request.POST,
            "refusal": refused,
        }
        return render(request, "performance/issue.html", context)

    if request.method == "POST":
        return carry_out(request, act=act, again=page)
    if found.issued_on is not None:
        return redirect("performance:rating", pk)
    return page()
