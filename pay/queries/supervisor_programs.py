"""Who is in a new supervisor's program that is not complete (5 CFR 9701.346)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pay.models import SupervisorProgram
from regulation.binary_rows import binary_rows


def in_supervisor_program(employee_ids: Iterable[int], *, on: date) -> frozenset[int]:
    """The people whose program began by a date and is not complete on it; one query."""
    return frozenset(pk for (pk,) in binary_rows(_LEARNING, {"ids": list(employee_ids), "on": on}))


_LEARNING = """
SELECT employee_id FROM pay_supervisorprogram
 WHERE employee_id = ANY(%(ids)s::bigint[]) AND began_on <= %(on)s::date
   AND (completed_on IS NULL OR completed_on > %(on)s::date)
"""


def overdue_programs(*, on: date) -> list[SupervisorProgram]:
    """Programs past their due day and not complete, the oldest first."""
    unfinished = SupervisorProgram.objects.filter(completed_on__isnull=True, due_on__lt=on)
    return list(unfinished.select_related("employee").order_by("due_on", "id"))
