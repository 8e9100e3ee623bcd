"""The rating official answers a reviewing official's change of level, or has nothing to add."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django_fsm import can_proceed

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from casework.services.work_items import finish_work_item
from performance.models import RatingOfRecord
from performance.permissions import may_rate
from performance.services.guards import require
from performance.services.offer_reply import CITATION, REPLY
from regulation.refusals import Refused


@transaction.atomic
def reply_to_change(
    rating: RatingOfRecord,
    *,
    text: str = "",
    nothing_to_add: bool = False,
    actor: Actor,
    on: date,
    version: int,
) -> RatingOfRecord:
    """Put the reply on record, where the employee and the reviewing official read it.

    5 CFR 9701.409(c). One reply a change; both levels and both reasons stay. Raises Refused
    stale_form, recused, rating_final, self_rating, not_rating_official, invalid_transition,
    reason_required, no_effect where no change waits for a reply.
    """
    text = "" if nothing_to_add else require(text, "the reply, or say that there is none")

    def reply(fresh: RatingOfRecord) -> None:
        waits = fresh.level_changed_on is not None and fresh.rater_replied_on is None
        if can_proceed(fresh.reply_to_change) and not waits:
            raise Refused("no_effect", CITATION, "No change of the level waits for a reply.")
        fresh.reply_to_change(text=text, on=on)

    rating = act(
        rating,
        name="reply_to_change",
        actor=actor,
        on=on,
        do=reply,
        may=may_rate,
        version=version,
        citation=CITATION,
        detail={"text": text, "nothing_to_add": "yes" if nothing_to_add else ""},
    )
    finish_work_item(rating, kind=REPLY, on=on)
    notify(
        rating.reviewer.user if rating.reviewer else None,
        title=f"The rating official answered on the rating of record of {rating.employee}",
        on=on,
        subject=rating.subject,
        citation=CITATION,
        url=reverse("performance:review", args=[rating.pk]),
    )
    return rating
