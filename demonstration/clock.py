"""The clock of a demonstration: the business date of its row, the time of day running on."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from accounts.queries.reading import once
from demonstration.models import DemonstrationClock
from regulation.clock import Clock, clock_in_context, keep_clock
from regulation.days import DEPARTMENT_ZONE

OFFICE_OPENS = time(9)
LAST_MOMENT = time(23, 59, 59)


def is_demonstration() -> bool:
    """Whether this process serves a demonstration; production settings never say so."""
    return bool(getattr(settings, "DEMONSTRATION", False))


def moment_on(business_date: date, *, set_at: datetime, machine_time: datetime) -> datetime:
    """Nine o'clock of the business date plus the time since it was set, never past the date."""
    opens = datetime.combine(business_date, OFFICE_OPENS, DEPARTMENT_ZONE)
    closes = datetime.combine(business_date, LAST_MOMENT, DEPARTMENT_ZONE)
    return min(opens + max(machine_time - set_at, timedelta(0)), closes)


def demonstration_row() -> DemonstrationClock | None:
    """The row of the clock, read once by a page; None before a demonstration is loaded."""
    return once(DemonstrationClock.objects.first, name="demonstration_clock", about=None)


def demonstration_clock() -> Clock | None:
    """The demonstration's clock as its row stands now; None outside one or before it opens."""
    if not is_demonstration():
        return None
    row = demonstration_row()
    if row is None:
        return None
    business_date, set_at = row.business_date, row.set_at
    return lambda: moment_on(business_date, set_at=set_at, machine_time=datetime.now(UTC))


def lazy_demonstration_clock() -> Clock:
    """The same, read when somebody first asks the time; without a row, the clock outside it."""
    outside = clock_in_context()
    read: list[Clock] = []

    def tell() -> datetime:
        if not read:
            read.append(demonstration_clock() or outside)
        return read[0]()

    return tell


def hold_for_command() -> None:
    """Runs the rest of a process started as `manage.py` under the demonstration's clock.

    A role granted or a sweep started from the command line carries the date that the pages show.
    """
    if is_demonstration() and Path(sys.argv[0]).name == "manage.py":
        keep_clock(lazy_demonstration_clock())


def set_business_date(on: date) -> None:
    """Stands the demonstration's clock at a date."""
    DemonstrationClock.objects.update_or_create(
        only=True, defaults={"business_date": on, "set_at": datetime.now(UTC)}
    )
