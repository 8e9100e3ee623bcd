"""Moving an employee to a position or duty station, as part of an act of an app above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from psycopg.types.range import DateRange

from classification.models import Position, PositionState
from regulation.refusals import Refused
from workforce.models import Assignment, AssignmentKind, Employee
from workforce.signals import position_left


def place(
    employee: Employee,
    position: Position,
    *,
    effective: date,
    area: str,
    special_category: str = "",
    kind: str = AssignmentKind.PERMANENT,
) -> Assignment:
    """Put an employee into a position from a date on; what was held before ends there.

    A permanent move ends a temporary promotion too. The caller holds the employee's lock. Raises
    Refused earlier_than_posted where a later assignment stands, not_position_of_record for an
    abolished position, and duplicate_open where somebody else holds it.
    """
    _refuse_unfit(employee, position, effective=effective, kind=kind)
    if kind == AssignmentKind.PERMANENT:
        end_assignments(employee, on=effective, kinds=[AssignmentKind.TEMPORARY_PROMOTION])
    ended = end_assignments(employee, on=effective, kinds=[kind])
    assignment = Assignment.objects.create(
        employee=employee,
        position=position,
        kind=kind,
        area=area,
        special_category=special_category,
        period=DateRange(effective, None),
    )
    tell_of_leaving(ended, stays_in=position, on=effective)
    return assignment


def end_assignments(employee: Employee, *, on: date, kinds: list[str]) -> list[Assignment]:
    """End assignments of those kinds on a date; one that begins there is taken back."""
    ended = list(
        Assignment.objects.filter(employee=employee, kind__in=kinds, period__contains=on)
        .select_related("employee", "position")
        .select_for_update(of=("self",))
    )
    for held in ended:
        if held.period.lower == on:
            held.delete()
        else:
            held.period = DateRange(held.period.lower, on)
            held.save(update_fields=["period"])
    return ended


def tell_of_leaving(
    ended: Iterable[Assignment], *, on: date, stays_in: Position | None = None
) -> None:
    """Say which positions of record the employee holds no longer, from a date on."""
    for held in ended:
        if held.kind == AssignmentKind.PERMANENT and held.position != stays_in:
            position_left.send(
                sender=Assignment, employee=held.employee, position=held.position, on=on
            )


def _refuse_unfit(employee: Employee, position: Position, *, effective: date, kind: str) -> None:
    if position.state == PositionState.ABOLISHED:
        raise Refused(
            "not_position_of_record", "9701.221", f"Position {position.number} was abolished."
        )
    if Assignment.objects.filter(
        employee=employee, kind=kind, period__startswith__gt=effective
    ).exists():
        raise Refused(
            "earlier_than_posted", "", f"{employee.name} has an assignment from a later date."
        )
    others = Assignment.objects.filter(
        position=position, kind=AssignmentKind.PERMANENT, period__contains=effective
    ).exclude(employee=employee)
    if kind == AssignmentKind.PERMANENT and others.exists():
        raise Refused("duplicate_open", "", f"Somebody else holds position {position.number}.")
