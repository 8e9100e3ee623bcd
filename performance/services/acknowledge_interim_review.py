"""Reading an interim review, or not (5 CFR 9701.407(b))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from casework.services.work_items import finish_work_item
from performance.models import InterimReview
from performance.permissions import may_say
from performance.rules.evidence import FEEDBACK
from performance.services.guards import require
from performance.services.review_act import ACKNOWLEDGE, act_on_review


def acknowledge_interim_review(
    review: InterimReview, *, comments: str, actor: Actor, on: date, version: int
) -> InterimReview:
    """The employee has read it, and may comment; it says nothing about agreement.

    5 CFR 9701.407(b). Raises Refused `permission_denied`, `stale_form`, `invalid_transition`.
    """
    saved = act(
        review,
        name="acknowledge_interim_review",
        actor=actor,
        on=on,
        do=lambda fresh: fresh.acknowledge(on=on, comments=comments.strip()),
        may=may_say,
        version=version,
        citation=FEEDBACK,
    )
    finish_work_item(saved, kind=ACKNOWLEDGE, on=on)
    notify(
        saved.held_by.user,
        title=f"{saved.employee.name} has read the interim review",
        on=on,
        subject=saved.subject,
        citation=FEEDBACK,
        url=reverse("performance:interim_review", args=[saved.pk]),
    )
    return saved


def note_review_not_acknowledged(
    review: InterimReview, *, note: str, actor: Actor, on: date, version: int
) -> InterimReview:
    """The supervisor notes why the employee did not acknowledge it; the review counts all the same.

    5 CFR 9701.407(b). Raises Refused: what `act_on_review` refuses, `reason_required`.
    """

    def refuse(fresh: InterimReview) -> None:
        fresh.note_refusal(on=on, note=require(note, "why it was not acknowledged"))

    saved = act_on_review(
        review,
        name="note_review_not_acknowledged",
        do=refuse,
        actor=actor,
        on=on,
        version=version,
    )
    finish_work_item(saved, kind=ACKNOWLEDGE, on=on)
    return saved
