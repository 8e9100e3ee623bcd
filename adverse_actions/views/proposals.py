"""Recording a delivered proposal, its page, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import access
from accounts.models import User
from adverse_actions.forms import ProposalForm
from adverse_actions.models import Proposal, ProposalState
from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.models import Entry
from casework.web import actor_of, carry_out
from pay.models import DeniedIncrease
from pay.queries.clocks import clock_of, running_clocks
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import is_hr


def employee_numbered(request: HttpRequest, number: str) -> Employee:
    """The employee to whom a notice was delivered."""
    return get_object_or_404(Employee, number=number)


def employee_of_proposal(request: HttpRequest, pk: int) -> Employee:
    """The employee whose proposal it is."""
    return get_object_or_404(Proposal.objects.select_related("employee"), pk=pk).employee


@access(relations={"hr"}, subject=employee_numbered)
@require_http_methods(["GET", "POST"])
def new_proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Record a notice that was delivered; a demotion or removal stops a clock of pay in time."""
    employee, on = employee_numbered(request, number), clock.today()
    if request.method != "POST":
        return _form_page(request, employee, form=ProposalForm(on=on))
    form = ProposalForm(request.POST, on=on)
    if not form.is_valid():
        return _form_page(request, employee, form=form, status=422)

    def act() -> str:
        proposal = propose(employee, actor=actor_of(request), on=on, **form.cleaned_data)
        messages.success(request, "The proposal is on record.")
        return reverse("adverse_actions:proposal", args=[proposal.pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _form_page(request, employee, form=form, refusal=refusal),
    )


def _form_page(
    request: HttpRequest,
    employee: Employee,
    *,
    form: ProposalForm,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "adverse_actions/new_proposal.html",
        {
            "employee": employee,
            "form": form,
            "refusal": refusal,
            "clocks": running_clocks(employee, on=clock.today()),
        },
        status=status,
    )


@access(relations={"hr"}, reading_relations={"self", "audit"}, subject=employee_of_proposal)
@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, and what it did to the clocks of pay."""
    return _proposal_page(request, pk)


@access(relations={"hr"}, subject=employee_of_proposal)
@require_POST
def withdraw_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back."""
    found = get_object_or_404(Proposal, pk=pk)
    try:
        version = int(request.POST.get("version", ""))
    except ValueError as error:
        raise BadRequest("The form names no version. Open it again.") from error

    def act() -> str:
        withdraw(found, actor=actor_of(request), on=clock.today(), version=version)
        messages.success(request, "The proposal was withdrawn.")
        return reverse("adverse_actions:proposal", args=[pk])

    return carry_out(
        request, act=act, again=lambda refusal: _proposal_page(request, pk, refusal=refusal)
    )


def _proposal_page(
    request: HttpRequest, pk: int, *, refusal: Refused | None = None
) -> HttpResponse:
    found = get_object_or_404(Proposal.objects.select_related("employee"), pk=pk)
    user, on = request.user, clock.today()
    stopped = DeniedIncrease.objects.filter(initiation_ref=found.subject).order_by("adjusted_on")
    return render(
        request,
        "adverse_actions/proposal.html",
        {
            "proposal": found,
            "refusal": refusal,
            "stopped": [clock_of(case, on=on) for case in stopped],
            "may_withdraw": found.state == ProposalState.PROPOSED
            and isinstance(user, User)
            and is_hr(user, found.employee, on),
            "entries": Entry.objects.filter(subject=found.subject)
            .select_related("actor")
            .order_by("id"),
        },
    )
