"""Taking a proposal back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from adverse_actions.models import Proposal
from adverse_actions.permissions import CITATION, may_propose
from adverse_actions.services.look_again import RATING_CORRECTED
from adverse_actions.services.propose import end_initiation
from casework.actor import Actor
from casework.services.act import act
from casework.services.work_items import finish_work_item
from pay.services.initiation import Outcome


@transaction.atomic
def withdraw(proposal: Proposal, *, actor: Actor, on: date, version: int | None = None) -> Proposal:
    """Withdraw a proposal, and tell pay that what it stopped is stopped no more.

    5 CFR 9701.325(b). Another proposal that stands and was delivered in time takes its place.
    Refused: `invalid_transition` where it is withdrawn already, `own_record`, `not_authorized`,
    `recused`, `stale_form`.
    """
    proposal = act(
        proposal,
        name="withdraw",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_propose(who, row.employee, on=on),
        do=lambda row: row.withdraw(on=on),
        citation=CITATION,
    )
    finish_work_item(proposal, kind=RATING_CORRECTED, on=on)
    end_initiation(proposal, outcome=Outcome.WITHDRAWN, on=on, actor=actor)
    return proposal
