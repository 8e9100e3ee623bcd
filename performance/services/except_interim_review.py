"""HR lets a rating go without an interim review (5 CFR 9701.407(b)#2)."""

from __future__ import annotations

from datetime import date
from functools import partial

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_administer
from performance.services.guards import require


def except_interim_review(
    rating: RatingOfRecord, *, reason: str, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Record why no interim review was held in the period; the rating can then be sent.

    Raises Refused stale_form, recused, permission_denied, rating_final, reason_required,
    invalid_transition.
    """
    reason = require(reason, "the reason why no interim review was held")

    def record_exception(fresh: RatingOfRecord) -> None:
        fresh.edit()
        fresh.interim_exception = reason

    return act(
        rating,
        name="except_interim_review",
        actor=actor,
        on=on,
        do=record_exception,
        may=partial(may_administer, on=on),
        version=version,
        citation="9701.407(b)",
        detail={"reason": reason},
    )
