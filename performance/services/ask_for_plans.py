"""Plans that are due and not communicated (5 CFR 9701.406(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from casework.models import WorkItem
from performance.models import Cycle, CycleState, Plan
from performance.queries.scoring import rating_policy
from performance.services.period_notices import covered_people, team_url
from regulation import clock
from workforce.models import Employee, Supervision

PLAN_DUE, PLAN_OVERDUE = "communicate_plan", "plan_overdue"
#: After the due date, until the one above the supervisor is asked too.
ABOVE_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Wanting:
    """Somebody whose plan is due and not communicated."""

    employee: Employee
    cycle: Cycle
    due_on: date
    supervisor_user: int | None
    above_user: int | None

    @property
    def subject(self) -> str:
        return f"plan_of:{self.cycle.pk}:{self.employee.pk}"


def ask_for_plans(on: date) -> int:
    """Put overdue plans before the supervisor at once, and after a week before the one above.

    5 CFR 9701.406(b). The item goes with the employee to another supervisor, and leaves when the
    plan is communicated, the employee leaves or the period ends.
    """
    wanted: dict[tuple[str, str], WorkItem] = {}
    running = Cycle.objects.filter(state=CycleState.OPEN, starts__lte=on, ends__gte=on)
    for cycle in running.select_related("system"):
        for one in _without_plan(cycle, on=on):
            if one.supervisor_user:
                wanted[PLAN_DUE, one.subject] = _plan_item(one, PLAN_DUE, one.supervisor_user)
            if one.above_user and on >= one.due_on + ABOVE_AFTER:
                wanted[PLAN_OVERDUE, one.subject] = _plan_item(one, PLAN_OVERDUE, one.above_user)
    waiting = {
        (item.kind, item.subject): item
        for item in WorkItem.objects.filter(kind__in=[PLAN_DUE, PLAN_OVERDUE], done_at=None)
    }
    gone = [
        item.pk
        for key, item in waiting.items()
        if key not in wanted or wanted[key].user_id != item.user_id
    ]
    WorkItem.objects.filter(pk__in=gone).update(done_at=clock.now(), done_on=on)
    missing = [
        item
        for key, item in wanted.items()
        if key not in waiting or waiting[key].user_id != item.user_id
    ]
    WorkItem.objects.bulk_create(missing, ignore_conflicts=True)
    return len(gone) + len(missing)


def _without_plan(cycle: Cycle, *, on: date) -> list[_Wanting]:
    days = timedelta(days=rating_policy(cycle, on=on)["plan_due_days"])
    told = Plan.objects.filter(employee=OuterRef("pk"), cycle=cycle, communicated_on__isnull=False)
    over = Supervision.objects.filter(employee=OuterRef("pk"), period__contains=on)
    above = Supervision.objects.filter(employee=OuterRef("above_key"), period__contains=on)
    people = (
        covered_people(on=on)
        .filter(~Exists(told), hired__lte=on - days)
        .annotate(
            above_key=Subquery(over.values("supervisor")[:1]),
            over_user=Subquery(over.values("supervisor__user")[:1]),
        )
        .annotate(above_user=Subquery(above.values("supervisor__user")[:1]))
        .filter(Q(over_user__isnull=False) | Q(above_user__isnull=False))
    )
    wanting = [
        _Wanting(
            employee=one,
            cycle=cycle,
            due_on=max(cycle.starts, one.hired) + days,
            supervisor_user=one.over_user,
            above_user=one.above_user,
        )
        for one in people
    ]
    return [one for one in wanting if one.due_on <= on]


def _plan_item(one: _Wanting, kind: str, user_id: int) -> WorkItem:
    own = kind == PLAN_DUE
    return WorkItem(
        kind=kind,
        subject=one.subject,
        employee_key=one.employee.pk,
        title=f"Communicate the plan of {one.employee.name}"
        if own
        else f"No plan is communicated to {one.employee.name}",
        citation="9701.406(b)",
        url=team_url(one.cycle) + f"#person-{one.employee.pk}" if own else "",
        user_id=user_id,
        opened_on=one.due_on if own else one.due_on + ABOVE_AFTER,
        due_on=one.due_on,
    )
