"""Finding people by name or number, inside the organizations that a user's roles reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import Role, User
from accounts.queries.roles import held_grants
from workforce.models import Assignment, Employee

SEARCHING = frozenset({Role.HR_SPECIALIST, Role.PAY_SPECIALIST, Role.AUDITOR})
PAGE = 25
#: Counting stops here: beyond it the page says "more than 1,000".
CAP = 1001


@dataclass(frozen=True, slots=True)
class Found:
    """One person of a result."""

    number: str
    name: str
    state: str
    position: str
    organization: str


@dataclass(frozen=True, slots=True)
class People:
    """One page of a result; `after` is the number to go on from, empty on the last page."""

    rows: Sequence[Found]
    count: int
    after: str

    @property
    def capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.count >= CAP


def find_people(user: User, *, text: str, on: date, after: str = "") -> People:
    """People whose names or number begin with every word of `text`, in the order of their names."""
    matching = _matching(text).annotate(last_path=_last_path(on)).filter(_within(user, on=on))
    count = matching[:CAP].count()
    page = list(_beyond(matching, after=after)[: PAGE + 1])
    shown = page[:PAGE]
    held = _assignments(shown, on=on)
    return People(
        rows=[_found(employee, held.get(employee.pk)) for employee in shown],
        count=count,
        after=shown[-1].number if len(page) > PAGE else "",
    )


def _matching(text: str) -> QuerySet[Employee]:
    people = Employee.objects.order_by("family_name", "given_name", "number")
    for word in text.replace(",", " ").split()[:6]:
        people = people.filter(
            Q(family_name__istartswith=word)
            | Q(given_name__istartswith=word)
            | Q(number__istartswith=word)
        )
    return people


def _within(user: User, *, on: date) -> Q:
    """Those who work, or last worked, in the organizations of the user's roles."""
    inside = Q(pk__in=[])
    for grant in held_grants(user, on=on):
        if grant.role not in SEARCHING:
            continue
        if grant.organization is None:
            return Q()
        inside |= Q(last_path__startswith=grant.organization.path)
    return inside


def _last_path(on: date) -> Subquery:
    return Subquery(
        Assignment.objects.filter(employee=OuterRef("pk"), period__startswith__lte=on)
        .order_by("-period__startswith")
        .values("position__organization__path")[:1]
    )


def _beyond(people: QuerySet[Employee], *, after: str) -> QuerySet[Employee]:
    last = Employee.objects.filter(number=after).first() if after else None
    if last is None:
        return people
    return people.filter(
        Q(family_name__gt=last.family_name)
        | Q(family_name=last.family_name, given_name__gt=last.given_name)
        | Q(family_name=last.family_name, given_name=last.given_name, number__gt=last.number)
    )


def _assignments(people: Sequence[Employee], *, on: date) -> dict[int, Assignment]:
    held = (
        Assignment.objects.filter(employee__in=people, period__startswith__lte=on)
        .select_related("position__organization")
        .order_by("period__startswith")
    )
    return {assignment.employee_id: assignment for assignment in held}


def _found(employee: Employee, held: Assignment | None) -> Found:
    return Found(
        number=employee.number,
        name=employee.name,
        state=employee.get_state_display(),
        position=held.position.title if held else "",
        organization=held.position.organization.name if held else "",
    )
