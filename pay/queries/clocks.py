"""The open 90-day clocks of an organization, and what one case comes to (5 CFR 9701.325)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Role, User
from accounts.queries.roles import organizations_of
from casework.models import Deadline, DeadlineState
from pay.deadlines import (
    ADJUSTED_MINIMUM,
    OF_DENIALS,
    RELEASE,
    NinetyDays,
    effective_of,
    ninety_days,
)
from pay.models import DenialState, DeniedIncrease
from pay.rules.denied_increase import DAYS_TO_ACT, default_effective
from regulation.pay_periods import pay_calendar
from workforce.models import Assignment, Employee

#: More than one page shows; the count is capped, so that the page stays flat.
MOST = 200
STANDING = (DenialState.OPEN, DenialState.ACTION_INITIATED, DenialState.NEEDS_DECISION)


@dataclass(frozen=True, slots=True)
class Clock:
    """One case below the minimum on a date: how many days are gone and left."""

    case: DeniedIncrease
    days_gone: int
    days_left: int
    default_from: date

    @property
    def words(self) -> NinetyDays:
        """The paragraphs behind the case, and what day 90 brings."""
        return ninety_days(self.case.kind)

    @property
    def runs(self) -> bool:
        """Whether the 90 days are still running."""
        return self.case.state == DenialState.OPEN and self.days_left >= 0

    @property
    def urgency(self) -> str:
        """The tag of the days left: late, soon or none."""
        if self.days_left < 0:
            return "late"
        return "soon" if self.days_left <= DAYS_TO_ACT - 60 else ""


def clock_of(case: DeniedIncrease, *, on: date) -> Clock:
    """The clock of one case as it stands on a date."""
    due_on = case.due_on or case.adjusted_on
    return Clock(
        case=case,
        days_gone=min(max((on - case.adjusted_on).days, 0), DAYS_TO_ACT),
        days_left=(due_on - on).days,
        default_from=default_effective(case.adjusted_on, pay_calendar()),
    )


def open_clocks(user: User, *, on: date) -> list[Clock]:
    """Cases below the minimum in the user's organizations, the fewest days left first."""
    cases = (
        _in_reach(user, on=on)
        .filter(below_minimum=True, state__in=STANDING)
        .exclude(employee__user=user)
        .select_related("employee", "rating__level")
        .order_by("due_on", "employee__family_name", "id")
    )
    return [clock_of(case, on=on) for case in cases[:MOST]]


def running_clocks(employee: Employee, *, on: date) -> list[Clock]:
    """The 90 days of one employee that nothing has stopped yet, the first to end first."""
    cases = DeniedIncrease.objects.filter(
        employee=employee, below_minimum=True, state=DenialState.OPEN
    ).order_by("due_on")
    return [clock_of(case, on=on) for case in cases]


@dataclass(frozen=True, slots=True)
class Failed:
    """A step of pay that fell due and could not be carried out: a person settles it."""

    employee: Employee
    kind: str
    effective: date
    error: str

    @property
    def by_rating(self) -> bool:
        """Whether a rating released it; otherwise it is the minimum by default."""
        return self.kind == RELEASE


def failed_promises(user: User, *, on: date) -> list[Failed]:
    """What fell due in the user's organizations and is refused for now, oldest first.

    A step dated before one already posted is the usual cause.
    """
    rows = (
        Deadline.objects.filter(
            kind__in=OF_DENIALS,
            state=DeadlineState.OPEN,
            employee_key__in=_in_reach(user, on=on).values("employee_id"),
        )
        .exclude(error="")
        .order_by("due_on", "id")[:MOST]
    )
    people = Employee.objects.in_bulk([row.employee_key for row in rows])
    return [
        Failed(
            employee=people[row.employee_key],
            kind=row.kind,
            effective=effective_of(row),
            error=row.error,
        )
        for row in rows
        if people[row.employee_key].user_id != user.pk
    ]


def _in_reach(user: User, *, on: date) -> QuerySet[DeniedIncrease]:
    organizations = organizations_of(user, Role.HR_SPECIALIST, on=on) | organizations_of(
        user, Role.AUDITOR, on=on
    )
    held = Assignment.objects.filter(
        employee=OuterRef("employee"),
        period__contains=on,
        position__organization__in=organizations,
    )
    return DeniedIncrease.objects.filter(Exists(held))


@dataclass(frozen=True, slots=True)
class Promised:
    """A step of pay that is settled and comes on a date."""

    kind: str
    effective: date

    @property
    def due(self) -> str:
        """Which minimum it is, where no rating released it."""
        return ninety_days("supplement" if self.kind == ADJUSTED_MINIMUM else "range").due

    @property
    def by_rating(self) -> bool:
        """Whether a rating released it; otherwise it is the minimum by default."""
        return self.kind == RELEASE


def promised_for(case: DeniedIncrease) -> Sequence[Promised]:
    """What is promised for the employee and not yet posted, in the order of its dates."""
    rows = Deadline.objects.filter(
        employee_key=case.employee_id, kind__in=OF_DENIALS, state=DeadlineState.OPEN
    ).order_by("due_on", "id")
    return [Promised(kind=row.kind, effective=effective_of(row)) for row in rows]
