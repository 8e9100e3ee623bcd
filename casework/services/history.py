"""Writing the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from casework.models import Entry
from regulation import clock


def record(
    subject: str,
    *,
    act: str,
    actor: Actor,
    on: date,
    employee_key: int = 0,
    from_state: str = "",
    to_state: str = "",
    citation: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Append one line to a case's history."""
    return Entry.objects.create(
        subject=subject,
        employee_key=employee_key,
        act=act,
        actor=actor.user,
        system_reason=actor.reason,
        from_state=from_state,
        to_state=to_state,
        on=on,
        recorded_at=clock.now(),
        citation=citation,
        detail=detail or {},
    )
