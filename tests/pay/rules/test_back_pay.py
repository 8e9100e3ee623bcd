"""R37: back pay by pay period from hourly rates, and interest compounded daily."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.back_pay import (
    AmountDue,
    BackPay,
    HourlyFrom,
    InterestRate,
    PeriodHours,
    back_pay,
    back_pay_interest,
    earliest_back_pay,
    whole_periods,
)
from pay.rules.hourly import hourly_rate
from pay.rules.range_increase import RangeChange, range_increase
from pay.rules.supplement import uncapped_adjusted
from regulation.pay_periods import PayCalendar
from regulation.refusals import Refused

CALENDAR = PayCalendar(date(2007, 1, 7))
DENIED_ON = date(2007, 1, 7)
CORRECTED_ON = date(2007, 5, 13)
EIGHTY = Decimal(80)
FP = RangeChange(41_111, 70_000, 42_139, 71_750)


def hourly(basic: int) -> Decimal:
    return hourly_rate(uncapped_adjusted(basic, percent=Decimal("12.5")))


def since(*steps: tuple[date, str | Decimal]) -> list[HourlyFrom]:
    return [HourlyFrom(start=start, hourly=Decimal(rate)) for start, rate in steps]


def owed(
    right: Sequence[HourlyFrom],
    paid: Sequence[HourlyFrom],
    *,
    before: date = CORRECTED_ON,
    not_before: date = date(2001, 1, 1),
    hours: Decimal = EIGHTY,
) -> BackPay:
    periods = list(whole_periods(DENIED_ON, before=before, hours=hours, calendar=CALENDAR))
    return back_pay(right, paid=paid, periods=periods, not_before=not_before)


def should_be(basic: int) -> int:
    return range_increase(basic, change=FP, retained=False, denied=False).basic


@pytest.mark.paragraph("9701.323:preamble-error")
def test_back_pay_is_the_difference_of_hourly_rates_times_the_hours() -> None:
    right, paid = hourly(should_be(55_000)), hourly(55_000)
    assert (right, paid) == (Decimal("30.39"), Decimal("29.65"))
    found = owed(since((DENIED_ON, right)), since((date(2006, 1, 8), paid)))
    assert len(found.owed) == 9
    assert {each.due for each in found.owed} == {Decimal("59.20")}
    # The annual difference, 1,547, over 26 periods would give 535.50.
    assert found.amount == Decimal("532.80")


def test_a_minimum_by_default_already_paid_is_counted() -> None:
    default_on = date(2007, 4, 15)
    assert should_be(41_500) == 42_538
    right = since((DENIED_ON, hourly(42_538)))
    paid = since((DENIED_ON, hourly(41_500)), (default_on, hourly(42_139)))
    # 22.93 - 22.37 in 7 periods, and 22.93 - 22.71 in 2.
    assert owed(right, paid).amount == 7 * Decimal("44.80") + 2 * Decimal("17.60")


def test_an_improved_rating_leaves_nothing_owed() -> None:
    rates = since((DENIED_ON, "29.65"), (CORRECTED_ON, "30.39"))
    assert owed(rates, rates) == BackPay(Decimal("0.00"), ())


@pytest.mark.parametrize(
    ("before", "periods"),
    [
        (date(2007, 1, 20), 0),
        (date(2007, 1, 21), 1),  # the first period ends on January 20
        (date(2007, 2, 3), 1),
        (date(2007, 2, 4), 2),
    ],
)
def test_only_periods_that_have_ended_count(before: date, periods: int) -> None:
    found = owed(since((DENIED_ON, "30.39")), since((DENIED_ON, "29.65")), before=before)
    assert len(found.owed) == periods


@pytest.mark.parametrize(
    ("starts", "hours"),
    [
        (date(2007, 1, 14), 40),
        (date(2007, 1, 13), 40),  # a Saturday: no workday more
        (date(2007, 1, 17), 24),  # Wednesday of the second week
        (date(2007, 1, 20), 0),
    ],
)
def test_a_rate_that_begins_within_a_period_takes_its_workdays(starts: date, hours: int) -> None:
    right = since((DENIED_ON, "29.65"), (starts, "30.39"))
    found = owed(right, since((DENIED_ON, "29.65")), before=date(2007, 1, 21))
    assert found.amount == Decimal("0.74") * hours


def test_what_was_paid_above_the_right_rate_is_not_taken_back() -> None:
    right = since((DENIED_ON, "30.39"), (date(2007, 1, 21), "29.00"))
    paid = since((DENIED_ON, "29.65"))
    assert owed(right, paid, before=date(2007, 2, 4)).amount == Decimal("59.20")


def test_who_was_not_paid_at_all_is_owed_everything() -> None:
    right = since((DENIED_ON, "30.00"))
    assert owed(right, [], before=date(2007, 1, 21)).amount == 2_400


@pytest.mark.parametrize(
    ("claimed", "earliest"),
    [(date(2013, 1, 14), date(2007, 1, 14)), (date(2012, 2, 29), date(2006, 2, 28))],
)
def test_back_pay_reaches_six_years_back(claimed: date, earliest: date) -> None:
    assert earliest_back_pay(claimed) == earliest


def test_days_before_the_six_years_are_left_out() -> None:
    right, paid = since((DENIED_ON, "30.39")), since((DENIED_ON, "29.65"))
    found = owed(right, paid, before=date(2007, 2, 4), not_before=date(2007, 1, 14))
    assert [each.due for each in found.owed] == [Decimal("29.60"), Decimal("59.20")]
    assert owed(right, paid, not_before=CORRECTED_ON).amount == 0


def test_hours_are_not_negative() -> None:
    with pytest.raises(Refused) as refused:
        back_pay([], paid=[], periods=[PeriodHours(DENIED_ON, Decimal(-1))], not_before=DENIED_ON)
    assert refused.value.code == "invalid_input"


QUARTERS = [InterestRate(date(2007, 1, 1), Decimal(8))]


def interest(
    due_on: date, amount: str, *, days: int, paid_after: int = 0, rates: list[InterestRate]
) -> Decimal:
    until = due_on + timedelta(days=days)
    return back_pay_interest(
        [AmountDue(due_on, Decimal(amount))],
        rates=rates,
        until=until,
        paid_on=until + timedelta(days=paid_after),
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [(120, "1.58"), (31, "0.40"), (30, "0.00"), (0, "0.00")],
)
def test_interest_is_compounded_daily_unless_all_is_paid_in_thirty_days(
    days: int, expected: str
) -> None:
    assert interest(date(2007, 1, 26), "59.20", days=days, rates=QUARTERS) == Decimal(expected)


def test_each_day_has_the_rate_of_its_quarter() -> None:
    rates = [InterestRate(date(2007, 4, 1), Decimal(4)), *QUARTERS]
    # 1,000 x ((1 + .08/365)^59 x (1 + .04/365)^61 - 1) = 1,000 x (e^.0196147 - 1): 59 days are
    # before April 1.
    found = interest(date(2007, 2, 1), "1000.00", days=120, rates=rates)
    assert found == Decimal("19.81")


def test_the_cent_is_rounded_once_for_all_amounts() -> None:
    dues = [AmountDue(date(2007, 1, 26), Decimal("1.00")) for _ in range(10)]
    until = date(2007, 5, 26)
    # 0.0266... each would be 0.03 ten times.
    assert back_pay_interest(dues, rates=QUARTERS, until=until, paid_on=until) == Decimal("0.27")


@pytest.mark.parametrize(
    ("paid_after", "allowed"), [(0, True), (30, True), (31, False), (-1, False)]
)
def test_interest_ends_at_most_thirty_days_before_payment(paid_after: int, allowed: bool) -> None:
    if allowed:
        found = interest(
            date(2007, 1, 26), "59.20", days=120, paid_after=paid_after, rates=QUARTERS
        )
        assert found == Decimal("1.58")
        return
    with pytest.raises(Refused) as refused:
        interest(date(2007, 1, 26), "59.20", days=120, paid_after=paid_after, rates=QUARTERS)
    assert refused.value.code == "invalid_input"


def test_an_amount_due_after_the_last_day_of_interest_has_none() -> None:
    dues = [
        AmountDue(date(2007, 1, 26), Decimal("59.20")),
        AmountDue(date(2007, 6, 1), Decimal("59.20")),
    ]
    until = date(2007, 5, 26)
    assert back_pay_interest(dues, rates=QUARTERS, until=until, paid_on=until) == Decimal("1.58")


@pytest.mark.parametrize("rates", [[], [InterestRate(date(2007, 4, 1), Decimal(8))]])
def test_a_day_without_a_rate_stops_the_computation(rates: list[InterestRate]) -> None:
    with pytest.raises(Refused) as refused:
        interest(date(2007, 1, 26), "59.20", days=120, rates=rates)
    assert refused.value.code == "parameter_missing"


@given(
    st.decimals(min_value=10, max_value=70, places=2),
    st.decimals(min_value=10, max_value=70, places=2),
    st.dates(DENIED_ON, CORRECTED_ON),
)
def test_back_pay_is_never_negative_and_whole_periods_add_up(
    right: Decimal, paid: Decimal, changed: date
) -> None:
    steps = since((DENIED_ON, paid), (changed, right))
    found = owed(steps, since((DENIED_ON, paid)))
    assert found.amount == sum(each.due for each in found.owed)
    assert 0 <= found.amount <= max(Decimal(0), right - paid) * 720
