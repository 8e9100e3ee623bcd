"""When a supervisor is reminded of feedback and of the interim review (5 CFR 9701.407)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from performance.rules.absence import Away

#: The last call for an interim review comes this many days before the period's last day.
LAST_CALL_DAYS = 30


@dataclass(frozen=True, slots=True)
class InterimWindow:
    """The days in which interim reviews are asked for, both included, and the last call."""

    opens: date
    closes: date
    last_call: date


def interim_window(
    *, period_start: date, period_end: date, opens_after_months: int, lasts_months: int
) -> InterimWindow:
    """The window of a period; it never reaches beyond the period's last day."""
    opens = _months_after(period_start, opens_after_months)
    closes = _months_after(opens, lasts_months) - timedelta(days=1)
    return InterimWindow(
        opens=min(opens, period_end),
        closes=min(closes, period_end),
        last_call=period_end - timedelta(days=LAST_CALL_DAYS),
    )


def days_without(*, since: date, on: date, away: Iterable[Away]) -> int:
    """Days after `since` through `on`, days of approved absence left out, each counted once."""
    absences = list(away)
    days = (since + timedelta(days=offset) for offset in range(1, (on - since).days + 1))
    return sum(1 for day in days if not any(absence.covers(day) for absence in absences))


def is_feedback_due(*, since: date, on: date, away: Iterable[Away], after_days: int) -> bool:
    """Whether so many days have passed without feedback, and the employee is at work today.

    5 CFR 9701.407(a). The count stands still during approved absence.
    """
    absences = list(away)
    if any(absence.covers(on) for absence in absences):
        return False
    if (on - since).days < after_days:
        return False
    return not absences or days_without(since=since, on=on, away=absences) >= after_days


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
