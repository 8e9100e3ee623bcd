"""The reviewing official returns a rating to the rating official."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import TextChoices

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_review
from performance.queries.rating_file import rating_file
from performance.services.guards import refuse_quota, require
from performance.services.inbox import REVIEW, ask_rating_official, finish
from performance.services.offer_reply import offer_reply
from regulation.refusals import Refused


class ReturnReason(TextChoices):
    """Why a rating may be returned; a distribution of ratings is no reason (5 CFR 9701.409(d))."""

    INSUFFICIENT_EVIDENCE = "insufficient_evidence", "Insufficient evidence"
    NOT_COMMUNICATED = "not_communicated", "An expectation was not communicated"
    INCONSISTENT = "inconsistent", "The level does not agree with the evidence"
    WRONG_DATA = "wrong_data", "Wrong employee data"
    OTHER = "other", "Other"


@transaction.atomic
def return_rating(
    rating: RatingOfRecord, *, reason: str, text: str, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Send it back as a draft with a reason; the rating official signs again later.

    5 CFR 9701.409(c), (d). Raises Refused stale_form, recused, rating_final,
    reviewer_same_as_rater, own_record, permission_denied, invalid_transition, reason_required,
    quota_not_allowed.
    """
    if reason not in ReturnReason.values:
        raise Refused("reason_required", "9701.409(c)", "Choose why the rating is returned.")
    text = require(text, "the reason in words, so that the rating official can act on it")

    def send_back(fresh: RatingOfRecord) -> None:
        refuse_quota(text, rating_file(fresh, on=on))
        fresh.send_back()

    rating = act(
        rating,
        name="return_rating",
        actor=actor,
        on=on,
        do=send_back,
        may=may_review,
        version=version,
        citation="9701.409(c)",
        detail={"reason": reason, "text": text},
    )
    finish(rating, REVIEW, on=on)
    offer_reply(rating, on=on)
    ask_rating_official(rating, on=on)
    return rating
