"""Holding an interim review (5 CFR 9701.407(b)#2)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from casework.services.work_items import open_work_item
from performance.models import InterimReview
from performance.queries.officials import person_behind
from performance.rules.communication import check_accountable
from performance.rules.evidence import FEEDBACK, check_discussed, check_review_day
from performance.services.follow_up import follow_up_of_review
from performance.services.remind_of_feedback import feedback_given
from performance.services.review_act import (
    ACKNOWLEDGE,
    ReviewContent,
    act_on_review,
    write_review,
)


def hold_interim_review(
    review: InterimReview, *, content: ReviewContent, actor: Actor, on: date, version: int
) -> InterimReview:
    """Record that the review was held; the employee reads it, and may comment.

    5 CFR 9701.407(b)#2, 9701.408(a). Raises Refused: what `act_on_review` refuses, `future_date`,
    `review_outside_period`, `record_incomplete`, `expectation_not_communicated`, `invalid_input`.
    """

    def hold(fresh: InterimReview) -> None:
        fresh.hold()
        cycle = fresh.plan.cycle
        check_review_day(content.held_on, period_start=cycle.starts, period_end=cycle.ends, on=on)
        rows = write_review(fresh, content)
        for row in rows:
            check_accountable(communicated_on=row.communicated_on, work_dated=content.held_on)
        check_discussed(
            progress=len(rows),
            tools_adequate=content.tools_adequate,
            tools_note=content.tools_note,
        )
        fresh.held_by = person_behind(actor)

    saved = act_on_review(
        review, name="hold_interim_review", do=hold, actor=actor, on=on, version=version
    )
    follow_up_of_review(
        saved,
        tools="" if content.tools_adequate else content.tools_note,
        development=content.development,
        due_on=content.development_due,
        on=on,
    )
    feedback_given(saved.plan, on=on)
    url = reverse("performance:interim_review", args=[saved.pk])
    notify(
        saved.employee.user,
        title=f"Your interim review of {content.held_on:%B} {content.held_on.day} can be read",
        body="It is no rating. You can comment, and say that you have read it.",
        on=on,
        subject=saved.subject,
        citation=FEEDBACK,
        url=url,
    )
    open_work_item(
        saved,
        kind=ACKNOWLEDGE,
        title="Read your interim review",
        on=on,
        url=url,
        citation=FEEDBACK,
        user=saved.employee.user,
    )
    return saved
