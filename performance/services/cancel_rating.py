"""Cancelling a final rating on an award or decision, with or without a new rating to follow."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from performance.models import VOID, RatingKind, RatingOfRecord, RatingState
from performance.permissions import may_correct
from performance.services.correct_rating import CITATION, check_decision
from performance.services.inbox import ACKNOWLEDGE, ask_to_rate_again, finish
from performance.signals import rating_cancelled


@transaction.atomic
def cancel_rating(
    rating: RatingOfRecord,
    *,
    reference: str,
    decided: date,
    remanded: bool,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> RatingOfRecord:
    """Take a final rating out of force; while it is cancelled nobody reads a rating from it.

    5 CFR 9701.409(g), 9701.521(g)(2). `remanded`: the rating official is asked to rate the period
    again, as a new rating that is issued anew. A rating that an additional one had superseded
    stands again, because the additional one is void. Sends `rating_cancelled`, a correction, in the
    same transaction. Raises Refused award_reference_required, invalid_input, invalid_transition,
    own_record, permission_denied, stale_form.
    """
    reference = check_decision(reference, decided=decided, on=on)

    stood: list[bool] = []

    def cancel(fresh: RatingOfRecord) -> None:
        stood.append(fresh.state == RatingState.ISSUED)
        (fresh.remand if remanded else fresh.cancel)(reference=reference, on=on)

    saved = act(
        rating,
        name="remand_rating" if remanded else "cancel_rating",
        actor=actor,
        on=on,
        do=cancel,
        may=lambda who, fresh: may_correct(who, fresh, on=on),
        version=version,
        citation=CITATION,
        detail={
            "reference": reference,
            "decided": decided.isoformat(),
            "from": rating.level.code if rating.level else "",
            "cause": "correction",
        },
    )
    finish(saved, ACKNOWLEDGE, on=on)
    if stood[-1]:
        _restore_superseded(saved, on=on)
    _tell(saved, on=on)
    if remanded:
        ask_to_rate_again(saved, on=on)
    rating_cancelled.send(
        sender=RatingOfRecord,
        rating=saved,
        reference=reference,
        decided=decided,
        actor=actor,
        on=on,
    )
    return saved


def _restore_superseded(rating: RatingOfRecord, *, on: date) -> None:
    standing = rating.standing
    while standing is not None and standing.state in VOID:
        standing = standing.standing
    if rating.kind != RatingKind.ADDITIONAL or standing is None:
        return
    act(
        standing,
        name="stand_again",
        actor=Actor.system(f"{rating.subject} was cancelled"),
        on=on,
        do=lambda fresh: fresh.stand_again(),
        citation=CITATION,
        detail={"after": rating.pk},
    )


def _tell(rating: RatingOfRecord, *, on: date) -> None:
    for person in (rating.employee, rating.rater):
        own = person == rating.employee
        notify(
            person.user if person else None,
            title="Your rating of record was cancelled on a decision"
            if own
            else f"The rating of record of {rating.employee} was cancelled on a decision",
            on=on,
            subject=rating.subject,
            citation=CITATION,
            url=reverse("performance:rating", args=[rating.pk]),
        )
