"""When the payouts of an appraisal period may begin."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.payout_calendar import earliest_payout
from regulation.pay_periods import PayCalendar

CALENDAR = PayCalendar(date(2007, 1, 7))
LONG_AGO = date(2000, 1, 1)


@pytest.mark.paragraph("9701.342:preamble-timing")
@pytest.mark.parametrize(
    ("period_end", "month", "covered_since", "expected"),
    [
        # An October to September year is paid in January.
        (date(2006, 9, 30), 1, LONG_AGO, date(2007, 1, 7)),
        # The Coast Guard's April to March year in its own month: 2007-07-08 begins a period.
        (date(2007, 3, 31), 7, LONG_AGO, date(2007, 7, 8)),
        # Converted in January 2007: the first payouts come in 2008, 2008-01-06 begins a period.
        (date(2006, 9, 30), 1, date(2007, 1, 7), date(2008, 1, 6)),
        (date(2007, 9, 30), 1, date(2007, 1, 7), date(2008, 1, 6)),
        (date(2007, 9, 30), 1, date(2006, 12, 31), date(2008, 1, 6)),
        (date(2006, 12, 31), 1, LONG_AGO, date(2007, 1, 7)),
        (date(2007, 1, 1), 1, LONG_AGO, date(2008, 1, 6)),
    ],
)
def test_payouts_begin_with_the_systems_month_and_the_year_after_the_conversion(
    period_end: date, month: int, covered_since: date, expected: date
) -> None:
    found = earliest_payout(period_end, month=month, covered_since=covered_since, calendar=CALENDAR)
    assert found == expected


@given(
    period_end=st.dates(date(2005, 1, 1), date(2030, 1, 1)),
    month=st.integers(1, 12),
    covered_since=st.dates(date(2005, 1, 1), date(2030, 1, 1)),
)
def test_no_payout_comes_before_the_period_is_over_or_in_the_year_of_the_conversion(
    period_end: date, month: int, covered_since: date
) -> None:
    found = earliest_payout(period_end, month=month, covered_since=covered_since, calendar=CALENDAR)
    assert found > period_end
    assert found.year > covered_since.year
    assert CALENDAR.on_or_after(found) == found
