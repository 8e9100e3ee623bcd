"""R2, R7 and R8: denied range increases, their release and the 90 days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.denied_increase import (
    Denial,
    default_effective,
    effective_after_withdrawal,
    initiation_is_timely,
    minimum_by_default,
    ninety_day_deadline,
    release_denied,
    release_effective,
    shown_in_time,
)
from regulation.pay_periods import PayCalendar
from regulation.refusals import Refused

CALENDAR = PayCalendar(date(2007, 1, 7))
SUNDAY = date(2007, 1, 7)
MONDAY = date(2007, 1, 1)
IN_2007 = Denial(Fraction(42_139, 41_111) - 1, date(2007, 1, 7))
IN_2008 = Denial(Fraction(43_403, 42_139) - 1, date(2008, 1, 6))


@pytest.mark.paragraph("9701.324#1")
@pytest.mark.parametrize(
    ("basic", "denials", "minimum", "maximum", "released"),
    [
        (55_000, [IN_2007], 42_139, 71_750, 56_375),
        (55_000, [IN_2007, IN_2008], 43_403, 73_903, 58_066),
        (55_000, [IN_2008, IN_2007], 43_403, 73_903, 58_066),
        # R8: the full percentage from the denied rate, not just the minimum.
        (41_500, [IN_2007], 42_139, 71_750, 42_538),
        (41_111, [IN_2007], 42_139, 71_750, 42_139),
        (41_111, [IN_2007], 43_403, 73_903, 43_403),
        (69_500, [IN_2007], 42_139, 70_350, 70_350),
        (55_000, [], 42_139, 71_750, 55_000),
    ],
)
def test_denied_increases_are_released_in_date_order_within_the_range(
    basic: int, denials: list[Denial], minimum: int, maximum: int, released: int
) -> None:
    result = release_denied(
        basic, denials=denials, minimum=minimum, maximum=maximum, retained=False
    )
    assert (result.basic, result.retained) == (released, False)


@pytest.mark.paragraph("9701.324#1")
def test_a_retained_rate_is_released_at_half_and_not_cut_at_the_maximum() -> None:
    half = Denial(IN_2007.percentage / 2, IN_2007.effective)
    result = release_denied(75_000, denials=[half], minimum=42_139, maximum=71_750, retained=True)
    assert (result.basic, result.retained) == (75_938, True)
    inside = release_denied(75_000, denials=[half], minimum=42_139, maximum=76_000, retained=True)
    assert (inside.basic, inside.retained) == (75_938, False)


@pytest.mark.paragraph("9701.324#2")
@pytest.mark.parametrize(
    ("issued", "effective"),
    [
        (date(2007, 3, 15), date(2007, 3, 18)),
        (date(2007, 3, 18), date(2007, 3, 18)),
        (date(2007, 3, 19), date(2007, 4, 1)),
        (date(2007, 3, 8), date(2007, 3, 18)),
        (date(2007, 10, 26), date(2007, 10, 28)),
        (date(2008, 3, 3), date(2008, 3, 16)),
    ],
)
def test_a_release_takes_effect_with_the_pay_period_on_or_after_the_issue(
    issued: date, effective: date
) -> None:
    assert release_effective(issued, CALENDAR) == effective


@pytest.mark.paragraph("9701.325(b)")
@pytest.mark.paragraph("9701.304:day")
@pytest.mark.parametrize(
    ("adjusted_on", "last", "effective"),
    [
        (SUNDAY, date(2007, 4, 7), date(2007, 4, 15)),
        (MONDAY, date(2007, 4, 1), date(2007, 4, 1)),
    ],
)
def test_the_default_waits_for_the_pay_period_on_or_after_day_ninety(
    adjusted_on: date, last: date, effective: date
) -> None:
    assert ninety_day_deadline(adjusted_on) == last
    assert default_effective(adjusted_on, CALENDAR) == effective


@pytest.mark.paragraph("9701.325(b)")
@pytest.mark.parametrize(
    ("basic", "minimum", "new"), [(41_111, 42_139, 42_139), (41_500, 42_139, 42_139)]
)
def test_a_default_gives_the_minimum_and_no_more(basic: int, minimum: int, new: int) -> None:
    assert minimum_by_default(basic, minimum=minimum) == new


@pytest.mark.parametrize(
    ("delivered", "timely"),
    [(date(2007, 4, 7), True), (date(2007, 4, 8), False), (date(2006, 12, 1), True)],
)
def test_a_proposal_counts_if_delivered_by_day_ninety(delivered: date, timely: bool) -> None:
    assert initiation_is_timely(delivered, adjusted_on=SUNDAY) is timely


@pytest.mark.parametrize(
    ("issued", "shown_by", "in_time"),
    [
        (date(2007, 4, 7), None, True),
        (date(2007, 4, 8), None, False),
        (date(2007, 5, 20), date(2007, 4, 7), True),
        (date(2007, 5, 20), date(2007, 4, 8), False),
        (date(2007, 4, 7), date(2007, 5, 1), True),
    ],
)
def test_performance_shown_by_day_ninety_counts_however_late_the_paper(
    issued: date, shown_by: date | None, in_time: bool
) -> None:
    assert shown_in_time(issued, shown_by, adjusted_on=SUNDAY) is in_time


@pytest.mark.parametrize(
    ("withdrawn", "withdrawn_action", "effective"),
    [
        (date(2007, 3, 1), "prospective", date(2007, 4, 15)),
        (date(2007, 4, 7), "prospective", date(2007, 4, 15)),
        (date(2007, 4, 29), "prospective", date(2007, 4, 29)),
        (date(2007, 5, 1), "prospective", date(2007, 5, 13)),
        (date(2007, 5, 1), "from_default_date", date(2007, 4, 15)),
    ],
)
def test_a_withdrawn_proposal_leads_to_the_minimum_as_the_parameter_says(
    withdrawn: date, withdrawn_action: str, effective: date
) -> None:
    found = effective_after_withdrawal(
        withdrawn, adjusted_on=SUNDAY, withdrawn_action=withdrawn_action, calendar=CALENDAR
    )
    assert found == effective


def test_an_unknown_withdrawal_parameter_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"below_min\.withdrawn_action") as refused:
        effective_after_withdrawal(
            SUNDAY, adjusted_on=SUNDAY, withdrawn_action="never", calendar=CALENDAR
        )
    assert refused.value.code == "invalid_parameter"


@given(st.dates(date(2005, 2, 1), date(2040, 1, 1)))
def test_the_default_falls_in_the_fortnight_that_begins_on_day_ninety(adjusted_on: date) -> None:
    effective = default_effective(adjusted_on, CALENDAR)
    assert CALENDAR.is_start(effective)
    assert timedelta(90) <= effective - adjusted_on <= timedelta(103)
