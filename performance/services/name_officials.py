"""HR names another rating or reviewing official (5 CFR 9701.405(b)(6), .409(b), (c))."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord, RatingState
from performance.permissions import may_administer
from performance.services.guards import require
from performance.services.inbox import (
    ISSUE,
    NAME_REVIEWER,
    REVIEW,
    ask_rating_official,
    ask_reviewing_official,
    finish,
)
from performance.services.offer_reply import REPLY
from regulation.refusals import Refused
from workforce.models import Employee


@transaction.atomic
def name_officials(
    rating: RatingOfRecord,
    *,
    rater: Employee,
    reviewer: Employee | None,
    reason: str,
    actor: Actor,
    on: date,
    version: int,
) -> RatingOfRecord:
    """Put other officials in charge of a rating that is not yet issued.

    Another rating official takes it on as a draft, because what was signed was the assessment of
    somebody else; so nobody who left can hold a rating up. The reviewing official can be changed
    until the approval. Raises Refused stale_form, recused, permission_denied, rating_final,
    reason_required, self_rating, own_record, reviewer_same_as_rater, invalid_transition.
    """
    reason = require(reason, "the reason for naming other officials")

    def name(fresh: RatingOfRecord) -> None:
        _check_officials(fresh, rater, reviewer)
        if fresh.state != RatingState.DRAFT and rater.pk != fresh.rater_id:
            fresh.hand_over()
        fresh.rater = rater
        fresh.reviewer = reviewer

    rating = act(
        rating,
        name="name_officials",
        actor=actor,
        on=on,
        do=name,
        may=partial(may_administer, on=on),
        version=version,
        citation="9701.409(b)",
        detail={
            "rater": rater.number,
            "reviewer": reviewer.number if reviewer else "",
            "reason": reason,
        },
    )
    finish(rating, NAME_REVIEWER, on=on)
    if rating.state == RatingState.DRAFT:
        finish(rating, REVIEW, on=on)
        finish(rating, REPLY, on=on)
        finish(rating, ISSUE, on=on)
        ask_rating_official(rating, on=on)
    else:
        ask_reviewing_official(rating, on=on)
    return rating


def _check_officials(rating: RatingOfRecord, rater: Employee, reviewer: Employee | None) -> None:
    if rater.pk == rating.employee_id:
        raise Refused("self_rating", "9701.405(c)(1)", "Nobody rates himself or herself.")
    if reviewer is not None and reviewer.pk == rating.employee_id:
        raise Refused("own_record", "", "Nobody reviews his or her own rating.")
    if reviewer is not None and reviewer.pk == rater.pk:
        raise Refused(
            "reviewer_same_as_rater",
            "9701.409(c)",
            "The rating official of a rating cannot also be its reviewing official.",
        )
    changes_rater = rater.pk != rating.rater_id
    if rating.state not in (RatingState.DRAFT, RatingState.SUBMITTED) and not (
        changes_rater and rating.state == RatingState.APPROVED
    ):
        raise Refused(
            "invalid_transition",
            "9701.409(c)",
            "The reviewing official has signed and cannot be changed any more. Another rating "
            "official can still take the rating on, as a draft.",
        )
