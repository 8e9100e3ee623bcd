"""Moving an employee to a position or duty station, as part of an act of an app above."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from psycopg.types.range import DateRange

from classification.models import Position, PositionState
from regulation.refusals import Refused
from workforce.models import Assignment, AssignmentKind, Employee
from workforce.signals import position_left

DAY = timedelta(days=1)


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

    A permanent move ends a temporary promotion too. One that is recorded before a later move lasts
    until that. The caller holds the employee's lock. Raises Refused not_position_of_record for an
    abolished position, and duplicate_open where somebody else holds it.
    """
    ends = _next(employee, kind=kind, after=effective)
    _refuse_unfit(employee, position, effective=effective, ends=ends, kind=kind)
    if kind == AssignmentKind.PERMANENT:
        end_assignments(employee, on=effective, kinds=[AssignmentKind.TEMPORARY_PROMOTION])
    ended = end_assignments(employee, on=effective, kinds=[kind])
    assignment = Assignment.objects.create(
        employee=employee,
        position=position,
        kind=kind,
        area=area,
        special_category=special_category,
        period=DateRange(effective, ends),
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


def follow_moves(employee: Employee, moves: Iterable[tuple[date, Mapping[str, Any]]]) -> None:
    """Let later moves stand on an earlier one that was recorded after them.

    Each is a date with what the move set (`position` by number, `area`, `special_category`); what
    it left as it was comes from the assignment before it.
    """
    for effective, chosen in moves:
        held = Assignment.objects.filter(employee=employee, period__startswith=effective).first()
        if held is None:
            continue
        before = (
            Assignment.objects.filter(employee=employee, period__contains=effective - DAY)
            .order_by("-kind")
            .first()
        )
        if before is None:
            continue
        if chosen.get("position") is None:
            held.position, held.kind = before.position, before.kind
        for name in ("area", "special_category"):
            if chosen.get(name) is None:
                setattr(held, name, getattr(before, name))
        held.save()


def take_back(employee: Employee, *, effective: date) -> None:
    """Undo the move of a date: what it ended goes on until the next move of its kind.

    The caller holds the employee's lock.
    """
    held = Assignment.objects.filter(employee=employee, period__startswith=effective)
    until: dict[str, date | None] = {row.kind: row.period.upper for row in held}
    held.delete()
    ended = Assignment.objects.filter(employee=employee, period__endswith=effective)
    for row in ended.select_for_update():
        end = until.get(row.kind, _next(employee, kind=row.kind, after=effective))
        if until and row.kind not in until:
            # A permanent move had ended a temporary promotion, which goes on as long.
            end = next(iter(until.values()))
        row.period = DateRange(row.period.lower, end)
        row.save(update_fields=["period"])


def _next(employee: Employee, *, kind: str, after: date) -> date | None:
    """The day on which the next assignment of a kind begins; a permanent one ends any other."""
    later = Assignment.objects.filter(employee=employee, period__startswith__gt=after)
    if kind == AssignmentKind.PERMANENT:
        later = later.filter(kind=kind)
    starts = [row.period.lower for row in later]
    return min(starts, default=None)


def _refuse_unfit(
    employee: Employee, position: Position, *, effective: date, ends: date | None, kind: str
) -> None:
    if position.state == PositionState.ABOLISHED:
        raise Refused(
            "not_position_of_record", "9701.221", f"Position {position.number} was abolished."
        )
    others = Assignment.objects.filter(
        position=position, kind=AssignmentKind.PERMANENT, period__overlap=DateRange(effective, ends)
    ).exclude(employee=employee)
    if kind == AssignmentKind.PERMANENT and others.exists():
        raise Refused("duplicate_open", "", f"Somebody else holds position {position.number}.")
