"""Deciding on a proposal: to act or not, by a decision delivered to the employee (.611)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import transaction

from adverse_actions.models import ActionKind, Proposal
from adverse_actions.permissions import may_propose
from adverse_actions.services.effect import CITATION, take_effect
from adverse_actions.services.look_again import RATING_CORRECTED
from adverse_actions.services.propose import end_initiation
from casework.actor import Actor
from casework.services.act import act
from casework.services.work_items import finish_work_item
from classification.models import Position
from pay.deadlines import DECIDED_ACTION, promise
from pay.rules.demotion import ADVERSE
from pay.services.changes import changing_of
from pay.services.demote import rate_on_demotion
from pay.services.initiation import Outcome as Ended
from pay.services.moves import Move, moving_of
from pay.services.reduce_within_band import rate_on_reduction
from regulation.refusals import Refused
from workforce.queries.coverage import refuse_uncovered


class Outcome(StrEnum):
    """What the deciding official decided."""

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"


@transaction.atomic
def decide(
    proposal: Proposal,
    *,
    outcome: str,
    delivered_on: date,
    actor: Actor,
    on: date,
    position: Position | None = None,
    basic: int | None = None,
    ground: str = "conduct",
    version: int | None = None,
) -> Proposal:
    """Put a delivered decision on record; sustained, it takes effect on its date.

    5 CFR 9701.611, 9701.343, 9701.354. The date is the proposed one, or that of the delivery if
    later; where it is still to come, it is carried out then. A demotion needs position and basic
    pay, a reduction basic pay and its ground; what pay would refuse is refused now. Not sustained,
    an open case below the minimum needs a decision (5 CFR 9701.325), unless another proposal stands
    that was delivered in time. Refused: `invalid_transition`
    where it is decided or withdrawn already, `invalid_decision`, `reply_window_open`,
    `not_covered`, `reduction_over_10`, `below_band_minimum`, `own_record`, `not_authorized`,
    `recused`, `stale_form`, and what any change of pay refuses.
    """
    if outcome not in list(Outcome):
        raise Refused("invalid_input", CITATION, f"{outcome} is no outcome of a proposal.")
    sustained = outcome == Outcome.SUSTAINED

    def do(row: Proposal) -> None:
        _check_delivery(row, delivered_on=delivered_on)
        if not sustained:
            row.not_sustain(delivered_on=delivered_on)
            return
        effective = max(row.effective or delivered_on, delivered_on)
        row.sustain(
            delivered_on=delivered_on,
            effective=effective,
            ground=ground if row.kind == ActionKind.REDUCTION_IN_PAY else "",
            position=position,
            basic=basic,
        )
        refuse_uncovered(row.employee, subpart="F", on=effective)
        _check_terms(row, effective=effective)

    proposal = act(
        proposal,
        name="decide",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_propose(who, row.employee, on=on),
        do=do,
        citation=CITATION,
        detail={"outcome": outcome, "delivered_on": delivered_on.isoformat()},
    )
    finish_work_item(proposal, kind=RATING_CORRECTED, on=on)
    if not sustained:
        end_initiation(proposal, outcome=Ended.NOT_SUSTAINED, on=delivered_on, actor=actor)
        return proposal
    effective = proposal.decided_effective or on
    if effective <= on:
        return take_effect(proposal, actor=actor, on=on)
    promise(
        proposal.subject,
        kind=DECIDED_ACTION,
        employee_key=proposal.employee_id,
        effective=effective,
        made_on=delivered_on,
        citation=CITATION,
    )
    return proposal


def _check_delivery(proposal: Proposal, *, delivered_on: date) -> None:
    if delivered_on <= proposal.delivered_on:
        raise Refused("invalid_decision", CITATION, "A decision follows the proposal it decides.")
    if proposal.reply_by is not None and delivered_on <= proposal.reply_by:
        raise Refused(
            "reply_window_open",
            "9701.610(a)",
            f"The employee may reply until {proposal.reply_by}; decide after that.",
        )


def _check_terms(proposal: Proposal, *, effective: date) -> None:
    """What was decided is what was proposed, and pay's own rules allow it."""
    position, basic = proposal.decided_position, proposal.decided_basic
    if proposal.kind == ActionKind.DEMOTION:
        if position is None or basic is None:
            raise Refused("invalid_decision", CITATION, "A demotion names its band and its rate.")
        move = Move(effective=effective, position=position)
        moving = moving_of(proposal.employee, move=move)
        rate_on_demotion(moving, basis=ADVERSE, basic=basic)
        return
    if position is not None:
        raise Refused("invalid_decision", CITATION, "Only a demotion goes to another position.")
    if proposal.kind == ActionKind.REDUCTION_IN_PAY:
        if basic is None:
            raise Refused("invalid_decision", CITATION, "A reduction in pay names its rate.")
        changing = changing_of(proposal.employee, effective=effective)
        rate_on_reduction(changing, basic=basic, reason=str(proposal.ground))
    elif basic is not None:
        raise Refused("invalid_decision", CITATION, "A removal or suspension sets no rate of pay.")
