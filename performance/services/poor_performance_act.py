"""What the acts on a record of poor performance share (5 CFR 9701.408(b))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from performance.models import PoorPerformanceRecord
from performance.permissions import may_expect
from performance.rules.poor_performance import CONSIDER


def act_on_record(
    record: PoorPerformanceRecord,
    *,
    name: str,
    do: Callable[[PoorPerformanceRecord], object],
    actor: Actor,
    on: date,
    version: int,
    citation: str = CONSIDER,
    detail: dict[str, Any] | None = None,
) -> PoorPerformanceRecord:
    """One act of the employee's supervisor of the day.

    Raises Refused `stale_form`, `recused`, `own_record`, `not_rating_official`,
    `invalid_transition`.
    """
    return act(
        record,
        name=name,
        actor=actor,
        on=on,
        do=do,
        may=lambda who, fresh: may_expect(who, fresh.employee, on=on),
        version=version,
        citation=citation,
        detail=detail,
    )


def tell_employee_of(record: PoorPerformanceRecord, *, title: str, on: date) -> None:
    """Tell the employee that there is something to read, and not what."""
    notify(
        record.employee.user,
        title=title,
        on=on,
        subject=record.subject,
        body="Open your file of the year to read it.",
        citation=CONSIDER,
        url=reverse("performance:poor_performance", args=[record.pk]),
    )
