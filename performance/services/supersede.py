"""An additional rating takes the place of the one that stood (5 CFR 9701.409(b))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingKind, RatingOfRecord
from performance.services.inbox import ACKNOWLEDGE, finish


def supersede_standing(rating: RatingOfRecord, *, on: date) -> None:
    """Mark the standing rating superseded from the date an additional one was issued.

    Nobody is asked any more to acknowledge it.
    """
    standing = rating.standing
    if rating.kind != RatingKind.ADDITIONAL or standing is None:
        return
    act(
        standing,
        name="supersede_rating",
        actor=Actor.system(f"{rating.subject} was issued"),
        on=on,
        do=lambda fresh: fresh.supersede(),
        citation="9701.409(b)",
        detail={"by": rating.pk},
    )
    finish(standing, ACKNOWLEDGE, on=on)
