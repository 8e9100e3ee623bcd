"""Day counts of part 9701: calendar days in America/New_York, weekends and holidays included.

"Day means calendar day" in 5 CFR 9701.304, 9701.504, 9701.603 and 9701.703. The day of the event is
day 0; day N is the event's date plus N, and it ends at 23:59:59 in America/New_York.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DEPARTMENT_ZONE = ZoneInfo("America/New_York")


def last_day(day_zero: date, days: int) -> date:
    """Day `days` after the event (5 CFR 9701.304 "Day", R2)."""
    return day_zero + timedelta(days=days)


def within(on: date, day_zero: date, days: int) -> bool:
    """Whether `on` falls from day 0 through day `days`, both included (R2)."""
    return day_zero <= on <= last_day(day_zero, days)


def department_date(moment: datetime) -> date:
    """The calendar date in the Department's zone at a moment."""
    return moment.astimezone(DEPARTMENT_ZONE).date()
