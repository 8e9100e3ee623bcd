"""Beginning an additional rating of record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access
from casework.files import uploads_of
from casework.web import actor_of, carry_out
from performance.forms import AdditionalForm, cleaned
from performance.models import AdditionalPurpose
from performance.queries.standing import standing_rating
from performance.services.start_additional_rating import start_additional_rating
from performance.views.subjects import named_employee
from regulation import clock
from regulation.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"team"}, subject=named_employee)
def additional(request: HttpRequest, pk: int) -> HttpResponse:
    """Why another rating is needed, what changed and what shows it."""
    employee = named_employee(request, pk)
    on = clock.today()

    def act() -> str:
        form = AdditionalForm(request.POST, request.FILES)
        typed = cleaned(form)
        typed["documents"] = uploads_of(form)
        rating = start_additional_rating(employee, actor=actor_of(request), on=on, **typed)
        return reverse("performance:rate", args=[rating.pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        context = {
            "employee": employee,
            "standing": standing_rating(employee, on=on),
            "purposes": [choice for choice in AdditionalPurpose.choices if choice[0]],
            "typed": request.POST,
            "form": AdditionalForm(),
            "files_to_choose_again": bool(request.FILES),
            "refusal": refused,
        }
        return render(request, "performance/additional.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
