"""Reminding a supervisor to whom nothing was said for long (5 CFR 9701.407(a))."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.urls import reverse

from performance.models import Plan
from performance.queries.owed import Owed, open_cycles, without_feedback, without_interim_review
from performance.queries.scoring import rating_policy
from performance.services.remind_of_interim_reviews import INTERIM, interim_reminders
from performance.services.team_items import Reminder, reconcile
from workforce.models import Employee
from workforce.queries.relations import supervisor_of

CITATION = "9701.407(a)"
FEEDBACK = "feedback_due"


def remind_of_feedback(on: date) -> int:
    """One item for each supervisor with people to whom nothing was said; how many changed.

    5 CFR 9701.407(a). The item leaves the inbox with the feedback, and while an absence lasts.
    """
    return reconcile(FEEDBACK, _wanted(on=on), on=on)


def feedback_given(plan: Plan, *, on: date) -> None:
    """What the supervisor's inbox asks for is looked at anew, now that something was said."""
    supervisor = supervisor_of(plan.employee, on=on)
    if supervisor is None:
        return
    among = [team_subject(supervisor.pk)]
    reconcile(FEEDBACK, _wanted(on=on, supervisor=supervisor), on=on, among=among)
    reviews = {
        subject: one
        for cycle in open_cycles(on=on)
        for subject, one in interim_reminders(
            cycle, without_interim_review(cycle, on=on, supervisor=supervisor), on=on
        ).items()
    }
    reconcile(INTERIM, reviews, on=on, among=among)


def team_subject(supervisor_id: int) -> str:
    """What the reminders of one supervisor are kept under."""
    return f"team:{supervisor_id}"


def _wanted(*, on: date, supervisor: Employee | None = None) -> dict[str, Reminder]:
    teams: dict[int, list[Owed]] = defaultdict(list)
    days = 0
    for cycle in open_cycles(on=on):
        days = rating_policy(cycle, on=on)["untimed_feedback_reminder_days"]
        for one in without_feedback(cycle, on=on, after_days=days, supervisor=supervisor):
            if one.user_id is not None:
                teams[one.supervisor_id].append(one)
    return {
        team_subject(pk): Reminder(
            stage=f"Give feedback, {days} days after the last",
            names=[one.employee_name for one in team],
            citation=CITATION,
            url=reverse("performance:team"),
            user_id=team[0].user_id,
        )
        for pk, team in teams.items()
    }
