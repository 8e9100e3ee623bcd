"""Asking for interim reviews: when the window opens, when it closes, before the period ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from accounts.models import Role
from performance.models import Cycle
from performance.queries.owed import Owed, open_cycles, window_of, without_interim_review
from performance.queries.scoring import rating_policy
from performance.rules.evidence import FEEDBACK as CITATION
from performance.services.team_items import Reminder, reconcile

INTERIM = "interim_review_due"
OVERDUE = "interim_review_overdue"


def remind_of_interim_reviews(on: date) -> int:
    """One item for each supervisor, and near the end one for HR of each organization.

    5 CFR 9701.407(b)#2. How many inboxes changed.
    """
    supervisors: dict[str, Reminder] = {}
    offices: dict[str, Reminder] = {}
    for cycle in open_cycles(on=on):
        window = window_of(cycle, policy=rating_policy(cycle, on=on))
        if on < window.opens:
            continue
        owed = list(without_interim_review(cycle, on=on))
        supervisors |= interim_reminders(cycle, owed, on=on)
        if on >= window.last_call:
            offices |= _of_offices(cycle, owed)
    return reconcile(INTERIM, supervisors, on=on) + reconcile(OVERDUE, offices, on=on)


def interim_reminders(cycle: Cycle, owed: Iterable[Owed], *, on: date) -> dict[str, Reminder]:
    """The items of supervisors for one period; none before the window opens."""
    window = window_of(cycle, policy=rating_policy(cycle, on=on))
    if on < window.opens:
        return {}
    stage = "Hold interim reviews"
    if on > window.closes:
        stage = "Interim reviews are overdue"
    if on >= window.last_call:
        stage = f"Interim reviews are missing, and the period ends on {cycle.ends.isoformat()}"
    teams: dict[int, list[Owed]] = defaultdict(list)
    for one in owed:
        if one.user_id is not None:
            teams[one.supervisor_id].append(one)
    return {
        f"team:{pk}": Reminder(
            stage=stage,
            names=[one.employee_name for one in team],
            citation=CITATION,
            url=f"{reverse('performance:team')}?cycle={cycle.pk}",
            user_id=team[0].user_id,
            due_on=window.closes,
        )
        for pk, team in teams.items()
    }


def _of_offices(cycle: Cycle, owed: Iterable[Owed]) -> dict[str, Reminder]:
    counts: dict[int, int] = defaultdict(int)
    for one in owed:
        if one.organization_id is not None:
            counts[one.organization_id] += 1
    return {
        f"organization:{pk}:{cycle.pk}": Reminder(
            stage=f"{count} without an interim review in {cycle.title}",
            names=(),
            citation=CITATION,
            url=reverse("performance:owed"),
            role=Role.HR_SPECIALIST,
            organization_id=pk,
            due_on=cycle.ends,
        )
        for pk, count in counts.items()
    }
