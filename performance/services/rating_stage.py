"""The day after a period: its ratings are asked of the supervisors, and people are told.

The cycle's own row is the promise (state and last day); whatever day the sweep wakes, it brings the
inboxes to where they should be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from casework.models import Notice, WorkItem
from performance.models import (
    VOID,
    Cycle,
    CycleState,
    Plan,
    RatingKind,
    RatingOfRecord,
)
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.scoring import rating_policy
from performance.rules.minimum_period import days_served
from performance.services.inbox import START, plan_subject
from regulation import clock
from workforce.models import Employee, EmployeeState, Supervision
from workforce.queries.coverage import is_covered

CITATION = "9701.409(b)"


@dataclass(frozen=True, slots=True)
class _Owed:
    """One rating that nobody has started, and the log-in of the supervisor of the day."""

    plan: Plan
    user_id: int
    due_on: date


def open_rating_stage(on: date) -> int:
    """Ask for every rating of an ended period that is not started; how many inboxes changed.

    5 CFR 9701.404 "Appraisal period", 9701.409(b)#1. The item follows the employee to another
    supervisor, and leaves the inbox with the first draft, a separation or the end of coverage.
    """
    owed: dict[str, _Owed] = {}
    changed = 0
    planned = Exists(Plan.objects.filter(cycle=OuterRef("pk"), communicated_on__isnull=False))
    ended = Cycle.objects.filter(ends__lt=on).exclude(state=CycleState.CLOSED)
    for cycle in ended.annotate(planned=planned):
        found = _owed(cycle, on=on) if cycle.planned else []
        if cycle.state == CycleState.OPEN:
            _begin(cycle, found, on=on)
        owed |= {plan_subject(one.plan.pk): one for one in found}
    waiting = {
        item.subject: item for item in WorkItem.objects.filter(kind=START, done_at__isnull=True)
    }
    changed += _withdraw(waiting, owed, on=on)
    changed += _hand_on(waiting, owed)
    missing = [one for subject, one in owed.items() if subject not in waiting]
    WorkItem.objects.bulk_create([_item(one) for one in missing], ignore_conflicts=True)
    return changed + len(missing)


def _owed(cycle: Cycle, *, on: date) -> list[_Owed]:
    supervision = Supervision.objects.filter(employee=OuterRef("employee"), period__contains=on)
    rated = RatingOfRecord.objects.filter(
        employee=OuterRef("employee"), cycle=cycle, kind=RatingKind.ANNUAL
    ).exclude(state__in=VOID)
    plans = list(
        Plan.objects.filter(~Exists(rated), cycle=cycle, communicated_on__isnull=False)
        .exclude(employee__state=EmployeeState.SEPARATED)
        .annotate(rater=Subquery(supervision.values("supervisor__user")[:1]))
        .filter(rater__isnull=False)
        .select_related("employee", "cycle")
        .order_by("employee__family_name", "employee__given_name", "pk")
    )
    if not plans:
        return []
    policy = rating_policy(cycle, on=on)
    away = absences_of([plan.employee_id for plan in plans], kinds=NON_PAY)
    categories = {plan.employee.coverage_category: plan.employee for plan in plans}
    covered = {
        category for category, one in categories.items() if is_covered(one, subpart="D", on=on)
    }
    return [
        _Owed(
            plan=plan,
            user_id=plan.rater,
            due_on=cycle.ends + timedelta(days=policy["rating_due_days"]),
        )
        for plan in plans
        if plan.employee.coverage_category in covered
        and days_served(
            period_start=cycle.starts,
            period_end=cycle.ends,
            communicated_on=plan.communicated_on,
            hired=plan.employee.hired,
            not_performing=away[plan.employee_id],
            minimum=policy["minimum_period_days"],
            on=on,
        ).enough
    ]


def _begin(cycle: Cycle, owed: Iterable[_Owed], *, on: date) -> None:
    """The stage opens: notices to supervisors, and to the employees whom they will rate."""
    teams: dict[int, list[_Owed]] = {}
    for one in owed:
        teams.setdefault(one.user_id, []).append(one)
    ended = f"{cycle.ends:%B} {cycle.ends.day}, {cycle.ends.year}"
    notices = [
        _notice(
            user_id,
            on=on,
            title=f"Rate your team of {len(team)} by {_words(team[0].due_on)}",
            body=f"The appraisal period ended on {ended}.",
            url=_team_url(cycle),
        )
        for user_id, team in teams.items()
    ]
    people = Employee.objects.filter(plans__cycle=cycle, user__isnull=False).exclude(
        state=EmployeeState.SEPARATED
    )
    notices += [
        _notice(
            user_id,
            on=on,
            title=f"Your appraisal period ended on {ended}",
            body="Your supervisor prepares your rating of record; you are told when it is issued.",
        )
        for user_id in people.values_list("user", flat=True)
        if user_id is not None
    ]
    Notice.objects.bulk_create(notices)
    cycle.state = CycleState.RATING
    cycle.save(update_fields=["state"])


def _notice(user_id: int, *, on: date, title: str, body: str, url: str = "") -> Notice:
    return Notice(
        recipient_id=user_id,
        title=title,
        body=body,
        citation=CITATION,
        url=url,
        on=on,
        recorded_at=clock.now(),
    )


def _item(one: _Owed) -> WorkItem:
    employee = one.plan.employee
    return WorkItem(
        kind=START,
        subject=plan_subject(one.plan.pk),
        employee_key=employee.pk,
        title=f"Rate {employee.name} for {one.plan.cycle.title}",
        citation=CITATION,
        url=f"{_team_url(one.plan.cycle)}#person-{employee.pk}",
        user_id=one.user_id,
        opened_on=one.plan.cycle.ends + timedelta(days=1),
        due_on=one.due_on,
    )


def _withdraw(waiting: dict[str, WorkItem], owed: dict[str, _Owed], *, on: date) -> int:
    gone = [item.pk for subject, item in waiting.items() if subject not in owed]
    return WorkItem.objects.filter(pk__in=gone).update(done_at=clock.now(), done_on=on)


def _hand_on(waiting: dict[str, WorkItem], owed: dict[str, _Owed]) -> int:
    moved = [
        item
        for subject, item in waiting.items()
        if subject in owed and item.user_id != owed[subject].user_id
    ]
    for item in moved:
        item.user_id = owed[item.subject].user_id
        item.save(update_fields=["user"])
    return len(moved)


def _team_url(cycle: Cycle) -> str:
    return f"{reverse('performance:team')}?cycle={cycle.pk}"


def _words(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"
