"""Telling an employee how it goes (5 CFR 9701.407(b)#1)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from performance.models import Feedback, FeedbackMethod, Plan
from performance.queries.officials import person_behind
from performance.rules.evidence import FEEDBACK, check_in_period, check_past
from performance.services.guards import require
from performance.services.plan_act import act_on_plan
from performance.services.plan_content import rows_of
from performance.services.remind_of_feedback import feedback_given
from regulation import clock
from regulation.refusals import Refused


def give_feedback(
    plan: Plan,
    *,
    text: str,
    given_on: date,
    method: str,
    actor: Actor,
    on: date,
    about: Collection[int] = (),
) -> Feedback:
    """Keep what the supervisor said of actual performance; the employee reads it at once.

    5 CFR 9701.407(b)#1. The day on which it was given and the day on which it was entered both
    stay. Raises Refused: what `act_on_plan` refuses, `reason_required` without a text,
    `future_date`, `outside_period`, `invalid_input`.
    """
    found: list[Feedback] = []

    def give(fresh: Plan) -> None:
        fresh.write()
        words = require(text, "the feedback")
        if method not in FeedbackMethod.values:
            raise Refused("invalid_input", FEEDBACK, "Say how the feedback was given.")
        check_past(given_on, on=on)
        check_in_period(given_on, period_start=fresh.cycle.starts, period_end=fresh.cycle.ends)
        row = Feedback.objects.create(
            plan=fresh,
            given_on=given_on,
            method=method,
            text=words,
            given_by=person_behind(actor),
            recorded_at=clock.now(),
        )
        row.about.set(rows_of(fresh, about))
        found.append(row)

    saved = act_on_plan(
        plan,
        name="give_feedback",
        do=give,
        actor=actor,
        on=on,
        version=None,
        citation=FEEDBACK,
        detail={"given_on": given_on.isoformat(), "method": method},
    )
    feedback_given(saved, on=on)
    notify(
        saved.employee.user,
        title="Your supervisor gave you feedback",
        body="Open your file of the year to read it.",
        on=on,
        subject=saved.subject,
        citation=FEEDBACK,
        url=reverse("performance:year", args=[saved.pk]),
    )
    return found[0]
