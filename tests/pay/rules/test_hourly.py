"""R1: hourly and biweekly pay."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.hourly import biweekly_rate, hourly_rate, monthly_rate


@pytest.mark.paragraph("9701.357(c)#1")
@pytest.mark.paragraph("9701.357(c)#2")
@pytest.mark.parametrize(
    ("adjusted", "hourly", "biweekly"),
    [
        (61_875, "29.65", "2372.00"),
        (63_422, "30.39", "2431.20"),
        (150_000, "71.87", "5749.60"),
    ],
)
def test_a_pay_period_pays_the_rounded_hourly_rate_eighty_times(
    adjusted: int, hourly: str, biweekly: str
) -> None:
    assert hourly_rate(adjusted) == Decimal(hourly)
    assert biweekly_rate(adjusted) == Decimal(biweekly)


def test_a_biweekly_rate_is_not_a_twenty_sixth_of_the_year() -> None:
    assert biweekly_rate(61_875) != Decimal("2379.81")
    assert biweekly_rate(63_422) * 26 == Decimal("63211.20")


def test_other_hours_pay_the_same_hourly_rate() -> None:
    assert biweekly_rate(61_875, 40) == Decimal("1186.00")


def test_monthly_staff_are_paid_a_twelfth() -> None:
    assert monthly_rate(61_875) == Decimal("5156.25")


@given(st.integers(min_value=1, max_value=400_000))
def test_the_hourly_rate_is_within_half_a_cent(adjusted: int) -> None:
    assert abs(hourly_rate(adjusted) * 2087 - adjusted) < Decimal("0.005") * 2087
