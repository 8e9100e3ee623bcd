"""The employee acknowledges receipt, or the refusal to do so is recorded; nothing else changes."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import Acknowledgement, RatingOfRecord
from performance.permissions import may_acknowledge, must_be_rating_official
from performance.services.guards import require
from performance.services.inbox import ACKNOWLEDGE, finish
from regulation.refusals import Refused


@transaction.atomic
def acknowledge_rating(
    rating: RatingOfRecord, *, actor: Actor, on: date, version: int | None = None
) -> RatingOfRecord:
    """The employee signs that the rating was received (5 CFR 9701.409(c)#2).

    Raises Refused stale_form, permission_denied, invalid_transition, already_done.
    """
    rating = act(
        rating,
        name="acknowledge_rating",
        actor=actor,
        on=on,
        do=partial(_record, how=Acknowledgement.ACKNOWLEDGED, on=on),
        may=may_acknowledge,
        version=version,
        citation="9701.409(c)",
    )
    finish(rating, ACKNOWLEDGE, on=on)
    return rating


@transaction.atomic
def record_refusal(
    rating: RatingOfRecord, *, witness: str, actor: Actor, on: date, version: int | None = None
) -> RatingOfRecord:
    """The rating official records that the employee would not sign, and who saw it.

    The rating is final anyway (5 CFR 9701.409(c)#2). Raises Refused stale_form, recused,
    self_rating, not_rating_official, invalid_transition, reason_required, already_done.
    """
    witness = require(witness, "the name of the witness")
    rating = act(
        rating,
        name="record_refusal",
        actor=actor,
        on=on,
        do=partial(_record, how=Acknowledgement.REFUSED, on=on, witness=witness),
        may=must_be_rating_official,
        version=version,
        citation="9701.409(c)",
        detail={"witness": witness},
    )
    finish(rating, ACKNOWLEDGE, on=on)
    return rating


def _record(rating: RatingOfRecord, *, how: Acknowledgement, on: date, witness: str = "") -> None:
    if rating.acknowledgement != Acknowledgement.NONE:
        raise Refused(
            "already_done",
            "9701.409(c)",
            f"Recorded on {rating.acknowledged_on}: {rating.get_acknowledgement_display()}.",
        )
    rating.record_acknowledgement(how=how, on=on, witness=witness)
