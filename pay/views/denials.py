"""The page of a denied increase, and the board of the 90-day clocks."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import access
from accounts.models import Role, User
from casework.models import Entry
from pay.case_acts import acts_on
from pay.models import DenialState, DeniedIncrease
from pay.queries.case_words import tag_of, what_follows
from pay.queries.clocks import clock_of, failed_promises, open_clocks, promised_for
from pay.rules.wording.figures import part_as_percent
from regulation import clock
from workforce.models import Employee
from workforce.queries.relations import is_hr, is_pay_office, is_self


def case_of(request: HttpRequest, pk: int) -> DeniedIncrease:
    """The case whose page it is."""
    found: DeniedIncrease = get_object_or_404(
        DeniedIncrease.objects.select_related("employee", "rating__level", "rating__cycle"), pk=pk
    )
    return found


def employee_of_case(request: HttpRequest, pk: int) -> Employee:
    """Whose case it is."""
    return case_of(request, pk).employee


#: Acts on a case in words.
_ACTS = {
    "deny": "Increase withheld",
    "record_initiation": "Delivered proposal recorded",
    "pass_on_initiation": "Another proposal answers it",
    "initiation_withdrawn": "Proposal withdrawn",
    "initiation_carried_out": "Demoted or removed",
    "initiation_not_sustained": "Neither demoted nor removed",
    "default": "90 days ended, minimum due",
    "pay_minimum": "Minimum paid",
    "release": "Released by a rating",
    "close": "Closed",
    "overturn": "Closed: the rating was wrong",
}


def history_of(case: DeniedIncrease) -> list[tuple[Entry, str, str]]:
    """Each entry with its act and the state after it in words, oldest first."""
    entries = Entry.objects.filter(subject=case.subject).select_related("actor").order_by("id")
    states = {str(value): str(label) for value, label in DenialState.choices}
    return [
        (entry, _ACTS.get(entry.act, entry.act), states.get(entry.to_state, entry.to_state))
        for entry in entries
    ]


@access(reading_relations={"self", "team", "hr", "pay_office", "audit"}, subject=employee_of_case)
@require_GET
def denied_increase(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: when its 90 days began and end, the rating behind it, and what happens on day 91.

    The supervisor must act on it, so he sees it; the figures of pay he does not.
    """
    case = case_of(request, pk)
    user, on = cast(User, request.user), clock.today()
    hr = is_hr(user, case.employee, on)
    clock_now = clock_of(case, on=on)
    own = is_self(user, case.employee, on)
    return render(
        request,
        "pay/denied_increase.html",
        {
            "case": case,
            "clock": clock_now,
            "follows": what_follows(
                case, clock_runs=clock_now.runs, default_from=clock_now.default_from
            ),
            "tag": tag_of(case),
            "on": on,
            "own": own,
            "figures": hr or own or is_pay_office(user, case.employee, on),
            "withheld": part_as_percent(Fraction(case.percentage)),
            "promised": promised_for(case),
            "acts": acts_on(case) if hr else [],
            "history": history_of(case),
        },
    )


@access(roles={Role.HR_SPECIALIST}, readers={Role.AUDITOR})
@require_GET
def clocks(request: HttpRequest) -> HttpResponse:
    """Open clocks of the user's organizations, the fewest days left first."""
    user = cast(User, request.user)
    return render(
        request,
        "pay/denied_clocks.html",
        {
            "clocks": open_clocks(user, on=clock.today()),
            "failed": failed_promises(user, on=clock.today()),
        },
    )
