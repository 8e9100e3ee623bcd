"""The queues and the determinations of the Department's specialists and of OPM's reviewers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from reconsideration.forms import DeterminationForm, QueueForm
from reconsideration.models import Request, RequestState
from reconsideration.queries.acts import standing_of, why_not_decider
from reconsideration.queries.requests import Queue, dhs_queue, opm_queue
from reconsideration.services.close import make_moot
from reconsideration.services.decide import decide as decide_for_dhs
from reconsideration.services.decide import decide_at_opm
from reconsideration.services.follow_pay import settle_pay
from reconsideration.services.take_up import take_up as take_up_for_dhs
from reconsideration.services.take_up import take_up_at_opm
from reconsideration.services.told import address_of
from reconsideration.views.cases import show_case
from reconsideration.views.subjects import of_request, refuse_stranger, the_request, version_of
from regulation import clock
from regulation.refusals import Refused

DHS_STATES = [("", "Open with the Department")]
OPM_STATES = [("", "Open with OPM")]


@access(roles={Role.HR_SPECIALIST})
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Requests of the specialist's organizations, the oldest first."""
    return _queue(
        request, dhs_queue, title="Reconsideration requests", open_title=DHS_STATES, opens="decide"
    )


@access(roles={Role.OPM_REVIEWER})
@require_GET
def queue_of_opm(request: HttpRequest) -> HttpResponse:
    """Requests that came to OPM, the oldest first."""
    return _queue(
        request, opm_queue, title="Requests to OPM", open_title=OPM_STATES, opens="opm_decide"
    )


@access(relations={"hr_case"}, subject=of_request)
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the Department's review."""
    return _begin(request, pk, begin=take_up_for_dhs, page="decide")


@access(relations={"opm_case"}, subject=of_request)
@require_POST
def take_up_for_opm(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin OPM's review."""
    return _begin(request, pk, begin=take_up_at_opm, page="opm_decide")


@access(relations={"hr_case"}, subject=of_request)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The Department's determination."""
    return _decide(request, pk, service=decide_for_dhs, at_opm=False)


@access(relations={"opm_case"}, subject=of_request)
def decide_for_opm(request: HttpRequest, pk: int) -> HttpResponse:
    """OPM's determination, which is final."""
    return _decide(request, pk, service=decide_at_opm, at_opm=True)


@access(relations={"hr_case", "opm_case"}, subject=of_request)
@require_POST
def moot(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the request of an employee who left the position."""
    case = the_request(pk)
    refuse_stranger(request, case)
    reason = request.POST.get("reason", "")

    def act() -> str:
        make_moot(
            case,
            reason=reason,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
        messages.success(request, "The request was closed as moot.")
        return address_of(case)

    return carry_out(
        request,
        act=act,
        again=lambda refusal: show_case(request, the_request(pk), refusal=refusal, typed=reason),
    )


@access(relations={"hr_case"}, subject=of_request)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the pay again, once what stood in the way is settled."""
    case = the_request(pk)
    refuse_stranger(request, case)

    def act() -> str:
        settle_pay(case, actor=actor_of(request), on=clock.today(), version=version_of(request))
        messages.success(request, "The pay is settled.")
        return address_of(case)

    return carry_out(
        request,
        act=act,
        again=lambda refusal: show_case(request, the_request(pk), refusal=refusal),
    )


def _queue(
    request: HttpRequest,
    read: Callable[..., Queue],
    *,
    title: str,
    open_title: list[tuple[str, str]],
    opens: str,
) -> HttpResponse:
    form = QueueForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"state": "", "find": "", "after": ""}
    on = clock.today()
    found = read(actor_of(request).user, on=on, **wanted)
    return render(
        request,
        "reconsideration/queue.html",
        {
            "title": title,
            "queue": found,
            "wanted": wanted,
            "states": [*open_title, ("all", "All"), *RequestState.choices],
            "opens": f"reconsideration:{opens}",
        },
    )


def _begin(
    request: HttpRequest, pk: int, *, begin: Callable[..., Request], page: str
) -> HttpResponse:
    case = the_request(pk)
    refuse_stranger(request, case)

    def act() -> str:
        begin(case, actor=actor_of(request), on=clock.today(), version=version_of(request))
        messages.success(request, "The review has begun.")
        return reverse(f"reconsideration:{page}", args=[pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: show_case(request, the_request(pk), refusal=refusal),
    )


def _decide(
    request: HttpRequest, pk: int, *, service: Callable[..., Request], at_opm: bool
) -> HttpResponse:
    case = the_request(pk)
    refuse_stranger(request, case)
    if request.method != "POST":
        return _decision_page(request, case, at_opm=at_opm)
    form = DeterminationForm(request.POST, standing=standing_of(case))
    if not form.is_valid():
        return _decision_page(request, case, at_opm=at_opm, form=form, status=422)
    chosen = form.cleaned_data

    def act() -> str:
        changed = chosen["outcome"] == "changed"
        service(
            case,
            outcome=chosen["outcome"],
            reason=chosen["reason"],
            series=chosen["series"] if changed else None,
            band=chosen["band"] if changed else None,
            effective=chosen["effective"] if changed else None,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )
        said = "OPM’s final determination" if at_opm else "The Department’s determination"
        messages.success(request, f"{said} was recorded, and the employee was told.")
        return address_of(case)

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _decision_page(
            request, the_request(pk), at_opm=at_opm, form=form, refusal=refusal
        ),
    )


def _decision_page(
    request: HttpRequest,
    case: Request,
    *,
    at_opm: bool,
    form: DeterminationForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    on = clock.today()
    standing = standing_of(case)
    more: dict[str, Any] = {
        "form": form or DeterminationForm(standing=standing),
        "standing": standing,
        "why_not": why_not_decider(actor_of(request), case, on=on, at_opm=at_opm),
        "at_opm": at_opm,
        "begins": "take_up_at_opm" if at_opm else "take_up",
        "decides": "decide_at_opm" if at_opm else "decide",
    }
    return show_case(
        request,
        case,
        refusal=refusal,
        typed=request.POST.get("reason", ""),
        template="reconsideration/decide.html",
        more=more,
        status=status,
    )
