"""Pay pools as groups of ratings, for the detection report (5 CFR 9701.409(d))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pay.models import PoolMembership


def pool_groups(employee_ids: Sequence[int], on: date) -> dict[int, tuple[str, str]]:
    """Code and title of each employee's pool on a date; one query."""
    rows = PoolMembership.objects.filter(employee_id__in=employee_ids, period__contains=on)
    return {
        employee: (code, title)
        for employee, code, title in rows.values_list("employee_id", "pool__code", "pool__title")
    }
