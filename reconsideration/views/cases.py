"""A request: its page, its documents, and what the employee may do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import access
from casework.files import documents_of, download, uploads_of
from casework.models import Document
from casework.web import actor_of, carry_out
from reconsideration.forms import ReviewForm
from reconsideration.models import IssueKind, Request
from reconsideration.permissions import is_party
from reconsideration.queries.acts import acts_for, may_settle
from reconsideration.queries.timeline import next_of, pay_outlook, timeline_of
from reconsideration.services.close import cancel as cancel_request
from reconsideration.services.take_to_opm import take_to_opm
from reconsideration.services.told import address_of
from reconsideration.views.subjects import of_request, refuse_stranger, the_request, version_of
from regulation import clock
from regulation.refusals import Refused


@access(
    relations={"self", "hr_case", "opm_case"},
    reading_relations={"audit"},
    subject=of_request,
)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The request with its timeline, what comes next, and how final it is."""
    case = the_request(pk)
    refuse_stranger(request, case, reading=True)
    return show_case(request, case)


@access(relations={"self"}, subject=of_request)
def to_opm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the Department's determination to OPM."""
    case = the_request(pk)
    if request.method != "POST":
        return _review_form(request, case, ReviewForm())
    form = ReviewForm(request.POST, request.FILES)
    if not form.is_valid():
        return _review_form(request, case, form, status=422)

    def act() -> str:
        moved = take_to_opm(
            case,
            argument=form.cleaned_data["argument"],
            documents=uploads_of(form),
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
        messages.success(request, "Your request is with OPM.")
        return address_of(moved)

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _review_form(request, the_request(pk), form, refusal=refusal),
    )


@access(relations={"self"}, subject=of_request)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the request."""
    case = the_request(pk)

    def act() -> str:
        cancel_request(case, actor=actor_of(request), on=clock.today(), version=version_of(request))
        messages.success(request, "Your request was withdrawn.")
        return address_of(case)

    return carry_out(
        request,
        act=act,
        again=lambda refusal: show_case(request, the_request(pk), refusal=refusal),
    )


@access(relations={"self", "hr_case", "opm_case"}, subject=of_request)
@require_GET
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """A document of the case, to be saved and never shown in the page; for its parties only."""
    case = the_request(pk)
    refuse_stranger(request, case, reading=False)
    found = get_object_or_404(
        Document.objects.select_related("content"), pk=document, subject=case.subject
    )
    return download(found)


def show_case(
    request: HttpRequest,
    case: Request,
    *,
    refusal: Refused | None = None,
    typed: str = "",
    template: str = "reconsideration/request.html",
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a case; `typed` is what a refused form held."""
    return render(
        request,
        template,
        facts_of(request, case) | {"refusal": refusal, "typed": typed} | (more or {}),
        status=status,
    )


def facts_of(request: HttpRequest, case: Request) -> dict[str, Any]:
    """What every page of a case shows."""
    on = clock.today()
    actor = actor_of(request)
    to_settle, pay_changes_on = pay_outlook(case)
    own = actor.user is not None and case.employee.user_id == actor.user.pk
    return {
        "case": case,
        "issues": [IssueKind(issue).label for issue in case.issues],
        "own": own,
        "acts": acts_for(actor, case, on=on),
        "timeline": timeline_of(case),
        "next": next_of(case, own=own),
        "to_settle": to_settle,
        "may_settle": bool(to_settle) and may_settle(actor, case, on=on),
        "pay_changes_on": pay_changes_on,
        "documents": documents_of(case),
        "may_download": actor.user is not None and is_party(actor.user, case, on=on),
    }


def _review_form(
    request: HttpRequest,
    case: Request,
    form: ReviewForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    more = {"form": form, "files_to_choose_again": bool(request.FILES)}
    return show_case(
        request,
        case,
        refusal=refusal,
        template="reconsideration/to_opm.html",
        more=more,
        status=status,
    )
