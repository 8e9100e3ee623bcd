"""The reviewing official approves and signs."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_review
from performance.queries.replies import reply_days
from performance.rules.reply import check_reply_offered
from performance.services.inbox import ask_to_issue, finish
from performance.services.offer_reply import REPLY
from regulation import clock


@transaction.atomic
def approve_rating(
    rating: RatingOfRecord, *, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Sign the rating as its reviewing official (5 CFR 9701.409(c)#2).

    A changed level waits for the rating official's reply, or for the end of the days for it.
    Raises Refused stale_form, recused, rating_final, reviewer_same_as_rater, own_record,
    permission_denied, invalid_transition, reply_window_open.
    """

    def approve(fresh: RatingOfRecord) -> None:
        fresh.approve(at=clock.now())
        check_reply_offered(
            changed_on=fresh.level_changed_on,
            replied_on=fresh.rater_replied_on,
            days=reply_days(fresh, on=on) if fresh.level_changed_on else 0,
            on=on,
        )

    rating = act(
        rating,
        name="approve_rating",
        actor=actor,
        on=on,
        do=approve,
        may=may_review,
        version=version,
        citation="9701.409(c)",
    )
    finish(rating, REPLY, on=on)
    ask_to_issue(rating, on=on)
    return rating
