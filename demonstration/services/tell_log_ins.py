"""Tells those who can log in that the year has ended and what is due of them."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from accounts.models import User
from casework.services.notices import notify
from demonstration.rules.history import period_end
from demonstration.services.load_performance import YEAR_JUST_ENDED
from governance.queries.policy import policy_on
from workforce.queries.relations import team_of


def tell_log_ins(*, on: date) -> None:
    """The notices of the day after the period: supervisors rate, employees know that it ended."""
    ended = period_end(YEAR_JUST_ENDED)
    due = ended + timedelta(days=policy_on(on)["rating_due_days"])
    for user in User.objects.exclude(employee=None).select_related("employee"):
        people = team_of(user.employee, on=on).count()
        if people:
            notify(
                user,
                title=f"Rate your team of {people} by {due:%B} {due.day}, {due.year}",
                on=on,
                body=f"The appraisal period ended on {ended:%B} {ended.day}, {ended.year}.",
                citation="9701.409(b)",
                url=reverse("performance:team"),
            )
        notify(
            user,
            title=f"Your appraisal period ended on {ended:%B} {ended.day}, {ended.year}",
            on=on,
            body="Your supervisor prepares your rating of record; you are told when it is issued.",
            citation="9701.409(b)",
        )
