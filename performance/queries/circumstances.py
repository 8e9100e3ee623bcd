"""Special circumstances on record, and those that the workforce knows of (5 CFR 9701.405(b)(6))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from performance.models import CircumstanceKind, Cycle, Plan, SpecialCircumstance
from performance.queries.minimum_period import served_under
from performance.rules.minimum_period import Served
from performance.rules.special_circumstance import days_between
from workforce.models import Absence, AbsenceKind, Assignment, AssignmentKind, Employee, Supervision

#: Days from which approved leave is brought up as long; shorter absence needs no rule of its own.
LONG = 30
_OF_ABSENCE = {
    AbsenceKind.APPROVED_LEAVE: CircumstanceKind.LONG_ABSENCE,
    AbsenceKind.LEAVE_WITHOUT_PAY: CircumstanceKind.LONG_ABSENCE,
    AbsenceKind.UNIFORMED_SERVICE: CircumstanceKind.UNIFORMED_SERVICE,
    AbsenceKind.INJURY_COMPENSATION: CircumstanceKind.INJURY_COMPENSATION,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the workforce knows, as the form takes it."""

    kind: str
    starts: date
    ends: date | None

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(CircumstanceKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Shown:
    """One circumstance on record with its days so far, and those served of the minimum period."""

    row: SpecialCircumstance
    days: int
    served: Served | None


def recorded(employee: Employee, *, on: date) -> list[Shown]:
    """Those on record, the latest first."""
    rows = SpecialCircumstance.objects.filter(employee=employee).select_related(
        "rated_by", "appraised_by", "recorded_by"
    )
    plans = list(Plan.objects.filter(employee=employee).select_related("cycle", "employee"))
    return [
        Shown(
            row=row,
            days=days_between(row.starts, row.ends, on=on),
            served=next(
                (
                    served_under(plan, on=on)
                    for plan in plans
                    if plan.cycle.starts <= row.starts <= plan.cycle.ends
                ),
                None,
            ),
        )
        for row in rows.prefetch_related("appraisals").order_by("-starts", "-id")
    ]


def known_to_workforce(employee: Employee, *, on: date) -> list[Known]:
    """What happened in the period under way or last ended and is not on record yet."""
    cycle = Cycle.objects.filter(starts__lte=on).order_by("-ends", "pk").first()
    if cycle is None:
        return []
    days = (cycle.starts, cycle.ends + timedelta(days=1))
    there = set(SpecialCircumstance.objects.filter(employee=employee).values_list("kind", "starts"))
    found = [
        *_absences(employee, days),
        *_assignments(employee, days),
        *_supervision(employee, days),
    ]
    if days[0] <= employee.hired < days[1]:
        found.append(Known(CircumstanceKind.NEW_HIRE, employee.hired, None))
    return sorted(
        (one for one in found if (one.kind, one.starts) not in there and one.starts <= on),
        key=lambda one: one.starts,
    )


def _absences(employee: Employee, days: tuple[date, date]) -> list[Known]:
    found = []
    for row in Absence.objects.filter(employee=employee, period__overlap=days):
        kind = _OF_ABSENCE[AbsenceKind(row.kind)]
        last = _last(row.period)
        long = last is None or (last - row.period.lower).days + 1 >= LONG
        if kind != CircumstanceKind.LONG_ABSENCE or long:
            found.append(Known(kind, max(row.period.lower, days[0]), last))
    return found


def _assignments(employee: Employee, days: tuple[date, date]) -> list[Known]:
    found, before = [], None
    rows = Assignment.objects.filter(employee=employee).select_related("position")
    for row in rows.order_by("period__startswith"):
        inside = days[0] <= row.period.lower < days[1]
        if row.kind == AssignmentKind.TEMPORARY_PROMOTION:
            if inside:
                found.append(
                    Known(CircumstanceKind.TEMPORARY_PROMOTION, row.period.lower, _last(row.period))
                )
            continue
        if inside and before not in (None, row.position.organization_id):
            found.append(Known(CircumstanceKind.TRANSFER, row.period.lower, None))
        before = row.position.organization_id
    return found


def _supervision(employee: Employee, days: tuple[date, date]) -> list[Known]:
    rows = list(Supervision.objects.filter(employee=employee).order_by("period__startswith"))
    return [
        Known(CircumstanceKind.CHANGE_OF_SUPERVISOR, row.period.lower, None)
        for before, row in pairwise(rows)
        if days[0] <= row.period.lower < days[1] and before.supervisor_id != row.supervisor_id
    ]


def _last(period: object) -> date | None:
    upper: date | None = getattr(period, "upper", None)
    return upper - timedelta(days=1) if upper else None
