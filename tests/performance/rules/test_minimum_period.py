"""Days served toward the minimum period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.absence import Away
from performance.rules.minimum_period import Served, check_minimum_period, days_served
from regulation.refusals import Refused

END = date(2007, 9, 30)


def served(**given_fields: Any) -> Served:
    fields: dict[str, Any] = {
        "period_start": date(2006, 10, 1),
        "period_end": END,
        "communicated_on": date(2006, 10, 1),
        "hired": date(2000, 1, 3),
        "minimum": 90,
        "on": date(2007, 10, 1),
        **given_fields,
    }
    return days_served(**fields)


@pytest.mark.paragraph("9701.404:minimum-period", "9701.405(b)(3)")
@pytest.mark.parametrize(
    ("first", "days", "enough"),
    [
        (date(2007, 7, 3), 90, True),
        (date(2007, 7, 4), 89, False),
        (date(2007, 7, 10), 83, False),
        (date(2006, 10, 1), 365, True),
    ],
)
def test_the_ninetieth_day_completes_it_and_the_eighty_ninth_does_not(
    first: date, days: int, enough: bool
) -> None:
    found = served(communicated_on=first, hired=first)
    assert (found.days, found.enough) == (days, enough)


def test_day_ninety_of_a_start_on_1_october_is_29_december() -> None:
    assert served(on=date(2006, 12, 29)).days == 89
    assert served(on=date(2006, 12, 30)).days == 90
    assert served().can_rate_from == date(2006, 12, 30)


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"communicated_on": date(2006, 9, 1)}, date(2006, 10, 1)),
        ({"communicated_on": date(2007, 7, 10), "hired": date(2007, 7, 1)}, date(2007, 7, 10)),
        ({"communicated_on": date(2007, 7, 1), "hired": date(2007, 7, 10)}, date(2007, 7, 10)),
    ],
)
def test_the_first_day_is_in_the_period_on_board_and_told(
    fields: dict[str, date], first: date
) -> None:
    assert served(**fields).from_day == first


def test_nothing_is_served_before_expectations_are_communicated() -> None:
    assert served(communicated_on=None) == Served(0, 0, 90, None, None)


def test_absence_without_pay_serves_nothing_and_both_counts_are_shown() -> None:
    away = [Away(date(2007, 8, 1), date(2007, 8, 10)), Away(date(2007, 8, 5), date(2007, 8, 12))]
    found = served(communicated_on=date(2007, 7, 3), not_performing=away)
    assert (found.calendar_days, found.days, found.can_rate_from) == (90, 78, None)


def test_an_absence_that_goes_on_stops_the_count() -> None:
    found = served(not_performing=[Away(date(2006, 12, 29))])
    assert (found.days, found.can_rate_from) == (89, None)


def test_an_absence_puts_off_the_day_from_which_one_can_rate() -> None:
    found = served(not_performing=[Away(date(2006, 10, 2), date(2006, 10, 11))])
    assert found.can_rate_from == date(2007, 1, 9)


def test_days_after_the_period_do_not_count() -> None:
    assert served(communicated_on=date(2007, 7, 4), on=date(2008, 7, 4)).days == 89


@pytest.mark.paragraph("9701.404:minimum-period")
@pytest.mark.parametrize(
    ("communicated", "on", "message"),
    [
        (
            date(2006, 10, 1),
            date(2006, 12, 29),
            "89 of 90 days served under communicated expectations. A rating of record can be "
            "prepared from 2006-12-30 (9701.404, .405(b)(3)).",
        ),
        (
            date(2007, 7, 4),
            date(2007, 10, 1),
            "89 of 90 days served under communicated expectations. No rating of record can be "
            "prepared for this period (9701.404, .405(b)(3)).",
        ),
    ],
)
def test_the_refusal_shows_the_days_served(communicated: date, on: date, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_minimum_period(served(communicated_on=communicated, on=on))
    assert (refusal.value.code, refusal.value.message) == ("min_period_not_met", message)


def test_a_minimum_that_is_served_is_not_refused() -> None:
    check_minimum_period(served())


days_of_2007 = st.dates(date(2006, 10, 1), END)


@given(
    st.lists(st.tuples(days_of_2007, days_of_2007).map(sorted), max_size=6),
    days_of_2007,
    st.integers(1, 200),
)
def test_the_count_agrees_with_counting_day_by_day(
    spells: list[list[date]], first: date, minimum: int
) -> None:
    away = [Away(*spell) for spell in spells]
    found = served(communicated_on=first, not_performing=away, minimum=minimum)
    performed = [
        day
        for day in (date.fromordinal(n) for n in range(first.toordinal(), END.toordinal() + 1))
        if not any(spell.covers(day) for spell in away)
    ]
    assert found.days == len(performed)
    reached = performed[minimum - 1] if len(performed) >= minimum else None
    assert found.can_rate_from == (date.fromordinal(reached.toordinal() + 1) if reached else None)
