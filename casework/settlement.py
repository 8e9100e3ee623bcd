"""Deadlines that lapsed are settled before anything else happens to the person (rule 6).

Upper apps register a handler for each kind of deadline they own; the daily sweep and every act go
through the same handlers, so that late is not different.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from casework.models import Deadline, DeadlineState

Lapse: TypeAlias = Callable[[Deadline], str]
Alert: TypeAlias = Callable[[Deadline, int], None]


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """What an app does with its deadlines: `lapse` when the last day has ended, `alert` on the way.

    `lapse` returns a few words on what it did; it ends the deadline's case with the date the law
    gives. `alert` gets the day (30, 60, ...) it stands for.
    """

    name: str
    lapse: Lapse
    alert: Alert


_kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Make a kind of deadline known; once per app start."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> DeadlineKind:
    """The registered kind; a deadline of an unknown kind is a fault of the program."""
    return _kinds[name]


_locks: list[Callable[[int], None]] = []


def register_person_lock(lock: Callable[[int], None]) -> None:
    """The app that knows people says how one is locked."""
    _locks[:] = [lock]


def lock_person(employee_key: int) -> None:
    """Take the one lock of a person, before any case or deadline of his (rule 6)."""
    if employee_key:
        for lock in _locks:
            lock(employee_key)


def settle_lapsed(employee_key: int, *, before: date) -> int:
    """Settle a locked person's deadlines whose last day ended before a date, oldest first."""
    from casework.services.deadlines import lapse

    settled = 0
    while True:
        deadline = (
            Deadline.objects.select_for_update()
            .filter(
                employee_key=employee_key, state=DeadlineState.OPEN, due_on__lt=before, error=""
            )
            .order_by("due_on", "id")
            .first()
        )
        if deadline is None:
            return settled
        lapse(deadline)
        settled += 1
