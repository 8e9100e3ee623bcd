"""The one place that says what time it is.

Rules and services are handed `on`; only the edges (views, tasks, commands) call `today()`, and the
ledger's `recorded_at` comes from `now()`. The lab and the demonstration clock move both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import TypeAlias

from regulation.days import DEPARTMENT_ZONE, department_date

Clock: TypeAlias = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time, with its zone."""
    return datetime.now(UTC)


_clock: ContextVar[Clock] = ContextVar("clock", default=system_clock)


def clock_in_context() -> Clock:
    """The clock that `now` asks."""
    return _clock.get()


def now() -> datetime:
    """This moment, with its zone, as the clock in context tells it."""
    return _clock.get()()


def today() -> date:
    """The business date: the calendar date in America/New_York."""
    return department_date(now())


def keep_clock(clock: Clock) -> None:
    """Run the rest of this context, for a command the rest of the process, under another clock."""
    _clock.set(clock)


@contextmanager
def use_clock(clock: Clock) -> Iterator[None]:
    """Run a block under another clock (the lab, the demonstration)."""
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)


def at_noon(on: date) -> Clock:
    """A clock that stands at noon of a date in the Department's zone."""
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=DEPARTMENT_ZONE)
    return lambda: moment
