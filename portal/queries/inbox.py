"""What waits for a user: work items, deadlines on the way, and notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Role, RoleGrant, User
from accounts.queries.roles import held_grants
from accounts.services.recusal import recusals_of
from casework.models import Deadline, DeadlineState, Notice, WorkItem
from workforce.models import Assignment, Employee, Supervision
from workforce.queries.relations import employee_of_user

#: What is due within so many days stands under "waiting"; the rest comes next.
SOON = timedelta(days=30)
AHEAD = timedelta(days=120)
SHOWN = 50
NOTICES = 12


@dataclass(frozen=True, slots=True)
class Coming:
    """A deadline on the way, with the person it is about."""

    deadline: Deadline
    name: str
    number: str
    mine: bool

    @property
    def title(self) -> str:
        """The kind of deadline in words."""
        return self.deadline.kind.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Inbox:
    """One user's inbox on a date, each part in the order of its dates."""

    late: Sequence[WorkItem]
    waiting: Sequence[WorkItem]
    later: Sequence[WorkItem]
    coming: Sequence[Coming]
    notices: Sequence[Notice]
    more: bool


def inbox_of(user: User, *, on: date) -> Inbox:
    """What waits for the user himself and for his roles, without matters he is recused from."""
    grants = held_grants(user, on=on)
    employee = employee_of_user(user)
    items = list(
        open_items(user, grants=grants, employee=employee, on=on).order_by("due_on", "id")[
            : SHOWN + 1
        ]
    )
    shown = items[:SHOWN]
    return Inbox(
        late=[item for item in shown if item.due_on and item.due_on < on],
        waiting=[item for item in shown if not item.due_on or on <= item.due_on <= on + SOON],
        later=[item for item in shown if item.due_on and item.due_on > on + SOON],
        coming=_coming(grants=grants, employee=employee, on=on),
        notices=list(Notice.objects.filter(recipient=user).order_by("-id")[:NOTICES]),
        more=len(items) > SHOWN,
    )


def open_items(
    user: User, *, grants: Sequence[RoleGrant], employee: Employee | None, on: date
) -> QuerySet[WorkItem]:
    """Open work items for the user, or for a role he holds over the item's organization.

    An item for a role is nobody's to do about his own record.
    """
    mine = Q(user=user)
    for grant in grants:
        scope = Q(role=grant.role)
        if grant.organization is not None:
            scope &= Q(organization=None) | Q(
                organization__path__startswith=grant.organization.path
            )
        if employee is not None:
            scope &= ~Q(employee_key=employee.pk)
        mine |= scope
    keys = [
        int(key)
        for kind, _, key in (subject.partition(":") for subject in recusals_of(user, on=on))
        if kind == "employee" and key.isdecimal()
    ]
    return (
        WorkItem.objects.filter(mine, done_at=None)
        .exclude(employee_key__in=keys)
        .select_related("organization")
    )


def _coming(*, grants: Sequence[RoleGrant], employee: Employee | None, on: date) -> list[Coming]:
    """Open deadlines about the user, his team, and the people of his HR and pay organizations."""
    about = Q(pk__in=[])
    if employee is not None:
        team = Supervision.objects.filter(supervisor=employee, period__contains=on)
        about = Q(employee_key=employee.pk) | Q(employee_key__in=team.values("employee_id"))
    for grant in grants:
        if grant.role not in (Role.HR_SPECIALIST, Role.PAY_SPECIALIST):
            continue
        held = Assignment.objects.filter(period__contains=on)
        if grant.organization is not None:
            held = held.filter(position__organization__path__startswith=grant.organization.path)
        about |= Q(employee_key__in=held.values("employee_id"))
    deadlines = list(
        Deadline.objects.filter(about, state=DeadlineState.OPEN, due_on__lte=on + AHEAD).order_by(
            "due_on", "id"
        )[:20]
    )
    people = Employee.objects.in_bulk({deadline.employee_key for deadline in deadlines})
    return [
        Coming(
            deadline=deadline,
            name=person.name,
            number=person.number,
            mine=employee is not None and person.pk == employee.pk,
        )
        for deadline in deadlines
        if (person := people.get(deadline.employee_key)) is not None
    ]
