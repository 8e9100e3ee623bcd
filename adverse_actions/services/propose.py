"""Recording a proposal notice that was delivered (5 CFR 9701.609(a))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from adverse_actions.models import ActionKind, Proposal, ProposalState
from adverse_actions.permissions import CITATION, may_propose
from casework.actor import Actor
from casework.services.history import record
from pay.deadlines import lock_and_settle
from pay.services.initiation import (
    INITIATING_KINDS,
    Outcome,
    answers_in_time,
    cases_to_initiate,
    initiated_by,
    pass_on_initiation,
    record_initiation,
    record_initiation_ended,
)
from regulation.refusals import Refused
from workforce.models import Employee, EmployeeState
from workforce.queries.coverage import refuse_uncovered


@transaction.atomic
def propose(
    employee: Employee,
    *,
    kind: str,
    delivered_on: date,
    actor: Actor,
    on: date,
    reply_by: date | None = None,
    effective: date | None = None,
    ref: str = "",
    delivery: str = "",
    reasons: str = "",
) -> Proposal:
    """Put a delivered proposal on record, and stop the 90 days of pay that it answers in time.

    5 CFR 9701.609(a), 9701.325(a)(2): the date of delivery to the employee counts; only a demotion
    or a removal answers a rate below the minimum. One delivered too late is recorded all the same.
    Refused: `unknown_action_kind`, `not_covered` outside subpart F, `not_employed`, `invalid_input`
    for dates out of order, `own_record`, `not_authorized`, `recused`.
    """
    if kind not in ActionKind.values:
        raise Refused("unknown_action_kind", CITATION, f"{kind} is no adverse action.")
    lock_and_settle([employee.pk], on=on, effective=on)
    fresh = Employee.objects.get(pk=employee.pk)
    refuse_recused(actor.user, fresh, on=on)
    may_propose(actor, fresh, on=on)
    if fresh.state == EmployeeState.SEPARATED:
        raise Refused("not_employed", CITATION, f"{fresh.name} has left the Department.")
    refuse_uncovered(fresh, subpart="F", on=delivered_on)
    _check_dates(delivered_on, reply_by=reply_by, effective=effective)
    proposal = Proposal.objects.create(
        employee=fresh,
        kind=kind,
        ref=ref,
        delivered_on=delivered_on,
        delivery=delivery,
        reply_by=reply_by,
        effective=effective,
        reasons=reasons,
    )
    record(
        proposal.subject,
        act="propose",
        actor=actor,
        on=on,
        employee_key=proposal.employee_key,
        to_state=str(proposal.state),
        citation=CITATION,
        detail={"kind": kind, "delivered_on": delivered_on.isoformat()},
    )
    initiate_cases(proposal, actor=actor, on=on)
    return proposal


def initiate_cases(proposal: Proposal, *, actor: Actor, on: date) -> int:
    """Tell pay of every case below the minimum that a proposal answers in time; how many."""
    if proposal.kind not in INITIATING_KINDS:
        return 0
    cases = cases_to_initiate(proposal.employee_id, delivered_on=proposal.delivered_on)
    for case in cases:
        record_initiation(
            case,
            kind=str(proposal.kind),
            delivered_on=proposal.delivered_on,
            ref=proposal.subject,
            actor=actor,
            on=on,
        )
    return len(cases)


def end_initiation(proposal: Proposal, *, outcome: Outcome, on: date, actor: Actor) -> None:
    """Tell pay that a proposal came to nothing, where no other that stands takes its place.

    5 CFR 9701.325(a)(2), (b). Another proposed, or decided and not yet in effect, and delivered in
    time for the case, goes on answering it.
    """
    others = list(
        Proposal.objects.filter(
            employee_id=proposal.employee_id,
            kind__in=INITIATING_KINDS,
            state__in=[ProposalState.PROPOSED, ProposalState.DECIDED],
        ).order_by("delivered_on", "id")
    )
    for case in initiated_by(proposal.employee_id, ref=proposal.subject):
        other = next((each for each in others if answers_in_time(case, each.delivered_on)), None)
        if other is None:
            record_initiation_ended(case.pk, outcome=outcome, on=on, actor=actor)
            continue
        pass_on_initiation(
            case,
            kind=str(other.kind),
            delivered_on=other.delivered_on,
            ref=other.subject,
            actor=actor,
            on=on,
        )


def _check_dates(delivered_on: date, *, reply_by: date | None, effective: date | None) -> None:
    if reply_by is not None and reply_by < delivered_on:
        raise Refused("invalid_input", CITATION, "The reply cannot be due before the delivery.")
    if effective is not None and effective <= delivered_on:
        raise Refused("invalid_input", CITATION, "The action follows the delivery of its proposal.")
