"""Who is in a new supervisor's program that is not complete (5 CFR 9701.346)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from pay.models import SupervisorProgram


def in_supervisor_program(employee_ids: Iterable[int], *, on: date) -> frozenset[int]:
    """The people whose program began by a date and is not complete on it; one query."""
    unfinished = Q(completed_on__isnull=True) | Q(completed_on__gt=on)
    rows = SupervisorProgram.objects.filter(
        unfinished, employee_id__in=list(employee_ids), began_on__lte=on
    )
    return frozenset(rows.values_list("employee_id", flat=True))


def overdue_programs(*, on: date) -> list[SupervisorProgram]:
    """Programs past their due day and not complete, the oldest first."""
    unfinished = SupervisorProgram.objects.filter(completed_on__isnull=True, due_on__lt=on)
    return list(unfinished.select_related("employee").order_by("due_on", "id"))
