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
    entry = entry_of(
        subject,
        act=act,
        actor=actor,
        on=on,
        employee_key=employee_key,
        from_state=from_state,
        to_state=to_state,
        citation=citation,
        detail=detail,
    )
    entry.save(force_insert=True)
    return entry


def entry_of(
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
    """The line, to be appended with many others at once."""
    return Entry(
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
