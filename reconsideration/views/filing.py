"""Filing a request, and the list of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import access
from casework.files import uploads_of
from casework.web import actor_of, carry_out
from classification.queries.decisions import classification_on
from reconsideration.forms import RequestForm
from reconsideration.models import Forum
from reconsideration.queries.requests import requests_of
from reconsideration.services.file_request import file_request
from reconsideration.services.told import address_of
from reconsideration.views.subjects import own_record
from regulation import clock
from regulation.refusals import Refused
from workforce.queries.position_of_record import position_of_record


@access(relations={"self"}, subject=own_record)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The employee's requests, the latest first."""
    employee = request.subject  # type: ignore[attr-defined]
    return render(
        request, "reconsideration/mine.html", {"requests": list(requests_of(employee)[:50])}
    )


@access(relations={"self"}, subject=own_record)
def file(request: HttpRequest) -> HttpResponse:
    """The form of a request; what was typed is still there when it is refused."""
    if request.method != "POST":
        return _form(request, RequestForm())
    form = RequestForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)

    def act() -> str:
        filed = file_request(
            request.subject,  # type: ignore[attr-defined]
            to=Forum(form.cleaned_data["to"]),
            issues=form.cleaned_data["issues"],
            argument=form.cleaned_data["argument"],
            requested_classification=form.cleaned_data["requested_classification"],
            documents=uploads_of(form),
            actor=actor_of(request),
            on=clock.today(),
        )
        messages.success(request, f"Your request was filed with {filed_with(form)}.")
        return address_of(filed)

    return carry_out(request, act=act, again=lambda refusal: _form(request, form, refusal=refusal))


def filed_with(form: RequestForm) -> str:
    """Whom the form asks, as people say it."""
    return "OPM" if form.cleaned_data["to"] == Forum.OPM else "the Department"


def _form(
    request: HttpRequest, form: RequestForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    on = clock.today()
    position = position_of_record(request.subject, on=on)  # type: ignore[attr-defined]
    return render(
        request,
        "reconsideration/file.html",
        {
            "form": form,
            "refusal": refusal,
            "position": position,
            "decision": classification_on(position, on=on) if position else None,
            "files_to_choose_again": bool(request.FILES),
        },
        status=status,
    )
