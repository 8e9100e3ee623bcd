"""Preparing an interim review (5 CFR 9701.407(b)#2)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person
from performance.models import InterimReview, Plan, PlanState
from performance.permissions import may_expect
from performance.queries.officials import person_behind
from performance.rules.evidence import FEEDBACK
from performance.services.review_act import (
    ReviewContent,
    act_on_review,
    write_review,
)
from regulation.refusals import Refused


@transaction.atomic
def begin_interim_review(
    plan: Plan, *, content: ReviewContent, actor: Actor, on: date
) -> InterimReview:
    """Open the draft of a review, which nobody but the supervisor and HR reads.

    5 CFR 9701.407(b)#2. Any number in a period. Raises Refused: what `save_interim_review` refuses,
    `invalid_transition` for a closed plan.
    """
    lock_person(plan.employee_id)
    refuse_recused(actor.user, plan.employee, on=on)
    may_expect(actor, plan.employee, on=on)
    if plan.communicated_on is None or plan.state == PlanState.CLOSED:
        raise Refused(
            "invalid_transition",
            FEEDBACK,
            "A review is of a plan that was communicated and is open.",
        )
    review = InterimReview.objects.create(
        employee=plan.employee, plan=plan, held_on=content.held_on, held_by=person_behind(actor)
    )
    record(
        review.subject,
        act="begin_interim_review",
        actor=actor,
        on=on,
        employee_key=plan.employee_id,
        to_state=str(review.state),
        citation=FEEDBACK,
    )
    return save_interim_review(review, content=content, actor=actor, on=on, version=review.version)


def save_interim_review(
    review: InterimReview, *, content: ReviewContent, actor: Actor, on: date, version: int
) -> InterimReview:
    """Go on preparing a draft. Raises Refused: what `act_on_review` refuses, `invalid_input`."""

    def save(fresh: InterimReview) -> None:
        fresh.edit()
        write_review(fresh, content)

    return act_on_review(
        review, name="save_interim_review", do=save, actor=actor, on=on, version=version
    )
