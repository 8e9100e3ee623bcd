"""The official position of record on a date (5 CFR 9701.222(a))."""

from __future__ import annotations

from datetime import date

from classification.models import Position
from workforce.models import Assignment, AssignmentKind, Employee


def position_of_record(employee: Employee, *, on: date) -> Position | None:
    """The permanent position; neither a detail nor a temporary promotion changes it."""
    assignment = (
        Assignment.objects.filter(
            employee=employee, kind=AssignmentKind.PERMANENT, period__contains=on
        )
        .select_related("position__organization")
        .first()
    )
    return assignment.position if assignment else None
