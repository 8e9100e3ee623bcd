"""Absences of employees, as the rules of subpart D look at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from performance.rules.absence import Away
from workforce.models import Absence, AbsenceKind

#: Every kind the Department keeps is approved; absence without leave is not among them.
APPROVED = frozenset(AbsenceKind)
#: Nobody performs while away without pay, so these days serve no minimum period.
NON_PAY = frozenset(
    {
        AbsenceKind.LEAVE_WITHOUT_PAY,
        AbsenceKind.UNIFORMED_SERVICE,
        AbsenceKind.INJURY_COMPENSATION,
    }
)


def absences_of(
    employee_ids: Iterable[int], *, kinds: Iterable[AbsenceKind] = APPROVED
) -> dict[int, list[Away]]:
    """Absences of those kinds, first and last day included, oldest first; one query."""
    ids = list(employee_ids)
    found: dict[int, list[Away]] = {pk: [] for pk in ids}
    rows = Absence.objects.filter(employee_id__in=ids, kind__in=list(kinds))
    for employee_id, period in rows.order_by("period").values_list("employee_id", "period"):
        last = period.upper - timedelta(days=1) if period.upper else None
        found[employee_id].append(Away(period.lower, last))
    return found
