"""When the performance payouts of an appraisal period may begin (5 CFR 9701.342, preamble)."""

from __future__ import annotations

from datetime import date

from regulation.pay_periods import PayCalendar

CITATION = "9701.342"


def earliest_payout(
    period_end: date, *, month: int, covered_since: date, calendar: PayCalendar
) -> date:
    """The first pay period in which the payouts of a period may take effect.

    5 CFR 9701.342 (preamble: an appraisal year from October to September is paid at the start of
    the calendar year, the Coast Guard's civilians have a year of their own; the first payouts come
    with the calendar year after that of the conversion). `month` (1 to 12) is the one at whose
    start the system's payouts begin; `covered_since` the day on which subpart C began to apply.
    """
    starts = date(period_end.year, month, 1)
    if starts <= period_end:
        starts = date(period_end.year + 1, month, 1)
    return calendar.on_or_after(max(starts, date(covered_since.year + 1, 1, 1)))
