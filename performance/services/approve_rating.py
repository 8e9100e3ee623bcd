"""The reviewing official approves and signs."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_review
from performance.services.inbox import ask_to_issue
from regulation import clock


@transaction.atomic
def approve_rating(
    rating: RatingOfRecord, *, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Sign the rating as its reviewing official (5 CFR 9701.409(c)#2).

    Raises Refused stale_form, recused, rating_final, reviewer_same_as_rater, own_record,
    permission_denied, invalid_transition.
    """
    rating = act(
        rating,
        name="approve_rating",
        actor=actor,
        on=on,
        do=lambda fresh: fresh.approve(at=clock.now()),
        may=may_review,
        version=version,
        citation="9701.409(c)",
    )
    ask_to_issue(rating, on=on)
    return rating
