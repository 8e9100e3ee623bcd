"""A decided action takes effect: pay's own calculators carry it out (5 CFR 9701.611)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from adverse_actions.models import ActionKind, Proposal
from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.act import act
from casework.services.deadlines import end_deadline
from pay.deadlines import DECIDED_ACTION, effective_of
from pay.rules.demotion import ADVERSE
from pay.services.adverse import AdverseDecision
from pay.services.demote import demote
from pay.services.initiation import Outcome, initiated_by, record_initiation_ended
from pay.services.reduce_within_band import reduce_within_band
from pay.services.separate import separate
from regulation.refusals import Refused

CITATION = "9701.611"


def effect_promised(deadline: Deadline) -> str:
    """Carry out what was decided for the date of a promise."""
    proposal = Proposal.objects.get(pk=int(deadline.subject.partition(":")[2]))
    effective = effective_of(deadline)
    # What follows settles the person's deadlines, and must not come back to this one.
    end_deadline(
        deadline.subject,
        kind=DECIDED_ACTION,
        state=DeadlineState.MET,
        on=effective,
        by="the effective date came",
    )
    take_effect(proposal, actor=Actor.system("the effective date came"), on=effective)
    return "in effect"


@transaction.atomic
def take_effect(proposal: Proposal, *, actor: Actor, on: date) -> Proposal:
    """Demote, reduce or remove as decided, and end the 90 days of pay that the proposal answered.

    5 CFR 9701.325(a)(2), 9701.343, 9701.354. A suspension changes no rate. Refused:
    `invalid_transition` where it is not decided, and what pay refuses.
    """
    proposal = act(
        proposal,
        name="take_effect",
        actor=actor,
        on=on,
        do=lambda row: row.take_effect(),
        citation=CITATION,
    )
    effective = proposal.decided_effective or on
    for case in initiated_by(proposal.employee_id, ref=proposal.subject):
        record_initiation_ended(case.pk, outcome=Outcome.CARRIED_OUT, on=effective, actor=actor)
    _carry_out(proposal, effective=effective, actor=actor, on=on)
    return proposal


def decision_of(proposal: Proposal) -> AdverseDecision | None:
    """The decision as pay asks for it; None before there is one."""
    if proposal.decided_on is None:
        return None
    return AdverseDecision(reference=proposal.subject, delivered_on=proposal.decided_on)


def _carry_out(proposal: Proposal, *, effective: date, actor: Actor, on: date) -> None:
    authority = f"Decision on the {proposal}"
    employee, basic = proposal.employee, proposal.decided_basic
    if proposal.kind == ActionKind.REMOVAL:
        separate(employee, effective=effective, actor=actor, authority=authority, on=on)
    elif proposal.kind == ActionKind.DEMOTION and proposal.decided_position is not None:
        demote(
            employee,
            position=proposal.decided_position,
            basis=ADVERSE,
            basic=basic,
            decision=decision_of(proposal),
            effective=effective,
            actor=actor,
            authority=authority,
            on=on,
        )
    elif proposal.kind == ActionKind.REDUCTION_IN_PAY and basic is not None:
        reduce_within_band(
            employee,
            basic=basic,
            reason=str(proposal.ground),
            decision=decision_of(proposal),
            effective=effective,
            actor=actor,
            authority=authority,
            on=on,
        )
    elif proposal.kind != ActionKind.SUSPENSION:
        raise Refused("record_incomplete", CITATION, "The decision does not say what to carry out.")
