"""The biweekly pay calendar (5 U.S.C. 5504; R2 of the pay rules)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta

PERIOD_DAYS = 14
#: A published start of the standard cycle; every 14 days from it another period begins.
STANDARD_ANCHOR = date(2005, 1, 9)


@dataclass(frozen=True, slots=True)
class PayCalendar:
    """Fourteen-day pay periods counted from a Sunday on which one begins."""

    anchor: date = STANDARD_ANCHOR

    def __post_init__(self) -> None:
        if self.anchor.isoweekday() != 7:
            raise ValueError(f"a pay period begins on a Sunday; {self.anchor} is not one")

    def start_of(self, on: date) -> date:
        """First day of the pay period that holds `on`."""
        return on - timedelta(days=(on - self.anchor).days % PERIOD_DAYS)

    def is_start(self, on: date) -> bool:
        """Whether a pay period begins on `on`."""
        return self.start_of(on) == on

    def on_or_after(self, on: date) -> date:
        """First day of the first pay period beginning on or after `on` (5 CFR 9701.324)."""
        start = self.start_of(on)
        return start if start == on else start + timedelta(days=PERIOD_DAYS)

    def starts_between(self, first: date, last: date) -> Iterator[date]:
        """Starts of the periods that begin from `first` through `last`."""
        start = self.on_or_after(first)
        while start <= last:
            yield start
            start += timedelta(days=PERIOD_DAYS)


_calendar: ContextVar[PayCalendar | None] = ContextVar("pay_calendar", default=None)


def pay_calendar() -> PayCalendar:
    """The Department's calendar, or the one in context (the lab may count from another Sunday)."""
    return _calendar.get() or PayCalendar()


@contextmanager
def use_calendar(calendar: PayCalendar) -> Iterator[None]:
    """Run a block with pay periods counted from another Sunday."""
    token = _calendar.set(calendar)
    try:
        yield
    finally:
        _calendar.reset(token)
