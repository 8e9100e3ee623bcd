"""Replaying the ledger: whatever the rules would not make again is named, and nothing is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import Role
from casework.models import WorkItem
from casework.services.work_items import finish_work_item, open_work_item
from pay.models import PayAction
from pay.queries.integrity import disagreements
from pay.queries.replay import Difference, difference_from, differences_of
from workforce.models import Employee
from workforce.queries.relations import organization_on

WORK_ITEM = "ledger_difference"
ROWS_AT_A_TIME = 2_000


@dataclass(slots=True)
class Tally:
    """How much was looked at, and how much of it differs."""

    actions: int = 0
    people: int = 0
    differences: int = 0
    disagreements: int = 0

    @property
    def clean(self) -> bool:
        """Whether ledger, rules and projection agree."""
        return not self.differences and not self.disagreements


def replay_ledger(*, tally: Tally, employee: Employee | None = None) -> Iterator[Difference]:
    """Run every step of everybody, or of one employee, again; yields what differs, as it is found.

    Rule 3 of the design. Rows stream through a server-side cursor, a person at a time, so that each
    step is also held against the one before it.
    """
    current: int | None = None
    basic: int | None = None
    for action in _rows(employee).iterator(chunk_size=ROWS_AT_A_TIME):
        if action.employee_id != current:
            current, basic = action.employee_id, None
            tally.people += 1
        tally.actions += 1
        found = list(differences_of(action))
        stands = not action.annuls and not action.corrected  # type: ignore[attr-defined]  # annotated
        if stands:
            found += difference_from(action, basic=basic)
            basic = action.basic_after
        tally.differences += len(found)
        yield from found


def report_differences(*, on: date) -> Tally:
    """Replay everything and put each person with a difference into the pay specialists' inbox.

    An entry whose person agrees again leaves the inbox.
    """
    tally = Tally()
    wrong = {found.employee_id for found in replay_ledger(tally=tally)}
    odd = disagreements(on=on)
    tally.disagreements = len(odd)
    wrong |= {found.employee_id for found in odd}
    for employee in Employee.objects.filter(pk__in=wrong).order_by("pk").iterator():
        open_work_item(
            employee,
            kind=WORK_ITEM,
            title=f"The pay ledger of {employee.name} does not replay to what it says",
            on=on,
            url=f"/pay/people/{employee.number}/",
            role=Role.PAY_SPECIALIST,
            organization=organization_on(employee, on=on),
        )
    waiting = WorkItem.objects.filter(kind=WORK_ITEM, done_at=None).exclude(employee_key__in=wrong)
    settled = list(waiting.values_list("employee_key", flat=True))
    for employee in Employee.objects.filter(pk__in=settled):
        finish_work_item(employee, kind=WORK_ITEM, on=on)
    return tally


def _rows(employee: Employee | None) -> QuerySet[PayAction]:
    corrected = PayAction.objects.filter(corrects=OuterRef("pk"))
    rows = (
        PayAction.objects.annotate(number=F("employee__number"), corrected=Exists(corrected))
        .defer("policy")
        .order_by("employee_id", "effective", "step", "place", "id")
    )
    return rows if employee is None else rows.filter(employee=employee)
