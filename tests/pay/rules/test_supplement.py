"""R9 and R10: the supplement that applies, the adjusted rate and its cap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.maximum_rate import check_basic, maximum_rate, payable_adjusted
from pay.rules.payable_rate import payable_rate
from pay.rules.supplement import (
    select_supplement,
    uncapped_adjusted,
    uncapped_adjusted_of_retained,
)
from regulation.refusals import Refused


@pytest.mark.paragraph("9701.304:special-rate-supplement")
@pytest.mark.parametrize(
    ("locality", "special", "tie", "kind", "percent", "adjusted"),
    [
        ("12.5", [], "locality", "locality", "12.5", 61_875),
        ("12.5", ["18"], "locality", "special", "18", 64_900),
        ("12.5", ["10"], "locality", "locality", "12.5", 61_875),
        ("12.5", ["12.5"], "locality", "locality", "12.5", 61_875),
        ("12.5", ["12.5"], "special", "special", "12.5", 61_875),
        ("12.5", ["15", "18", "16"], "locality", "special", "18", 64_900),
        ("0", ["18"], "locality", "special", "18", 64_900),
        ("0", [], "locality", "none", "0", 55_000),
        ("0", ["0"], "special", "none", "0", 55_000),
    ],
)
def test_the_larger_supplement_is_paid_and_never_the_sum(
    locality: str, special: list[str], tie: str, kind: str, percent: str, adjusted: int
) -> None:
    selected = select_supplement(
        locality=Decimal(locality), special=[Decimal(each) for each in special], tie=tie
    )
    assert (selected.kind, selected.percent) == (kind, Decimal(percent))
    assert uncapped_adjusted(55_000, percent=selected.percent) == adjusted


def test_an_unknown_tie_parameter_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"supp\.tie"):
        select_supplement(locality=Decimal(1), special=[], tie="both")


@pytest.mark.paragraph("9701.331#1")
@pytest.mark.parametrize(
    ("basic", "percent", "adjusted"),
    [
        (56_375, "12.5", 63_422),
        (59_545, "12.5", 66_988),
        (49_184, "22", 60_004),
        (49_185, "22", 60_006),
        (43_000, "12.5", 48_375),
    ],
)
def test_the_total_is_rounded_half_up(basic: int, percent: str, adjusted: int) -> None:
    assert uncapped_adjusted(basic, percent=Decimal(percent)) == adjusted


@pytest.mark.parametrize(
    ("mode", "adjusted"), [("full", 84_375), ("to_band_max", 83_750), ("none", 75_000)]
)
def test_a_retained_rate_is_supplemented_as_far_as_the_parameter_says(
    mode: str, adjusted: int
) -> None:
    found = uncapped_adjusted_of_retained(
        75_000, percent=Decimal("12.5"), maximum=70_000, mode=mode
    )
    assert found == adjusted


def test_an_unknown_retained_mode_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"supp\.retained_mode"):
        uncapped_adjusted_of_retained(75_000, percent=Decimal(1), maximum=70_000, mode="half")


@pytest.mark.paragraph("9701.312(a)")
@pytest.mark.paragraph("9701.312(b)")
@pytest.mark.parametrize(
    ("ses", "certified", "cap"),
    [
        (False, False, 150_000),
        (False, True, 150_000),
        (True, False, 150_000),
        (True, True, 163_500),
    ],
)
def test_only_a_certified_ses_member_is_capped_at_level_two(
    ses: bool, certified: bool, cap: int
) -> None:
    found = maximum_rate(level_iii=150_000, level_ii=163_500, ses=ses, certified=certified)
    assert found == cap


@pytest.mark.paragraph("9701.312(a)")
@pytest.mark.paragraph("9701.332(c)(5)")
@pytest.mark.parametrize(
    ("basic", "cap", "uncapped", "adjusted", "supplement"),
    [
        (128_000, 150_000, 153_600, 150_000, 22_000),
        (140_000, 163_500, 168_000, 163_500, 23_500),
        (140_000, 150_000, 168_000, 150_000, 10_000),
        (125_000, 150_000, 150_000, 150_000, 25_000),
        (125_001, 150_000, 150_001, 150_000, 24_999),
        (150_000, 150_000, 180_000, 150_000, 0),
    ],
)
def test_the_cap_cuts_the_supplement_and_not_basic_pay(
    basic: int, cap: int, uncapped: int, adjusted: int, supplement: int
) -> None:
    rate = payable_rate(
        basic,
        percent=Decimal(20),
        retained=False,
        retained_mode="full",
        maximum=150_000,
        cap=cap,
        critical_pay=False,
    )
    assert (rate.uncapped, rate.adjusted, rate.supplement) == (uncapped, adjusted, supplement)
    assert payable_adjusted(uncapped, cap=cap) == adjusted


@pytest.mark.paragraph("9701.312(a)")
def test_basic_pay_over_the_cap_is_refused_unless_it_is_critical_pay() -> None:
    check_basic(150_000, cap=150_000, critical_pay=False)
    check_basic(150_001, cap=150_000, critical_pay=True)
    with pytest.raises(Refused) as refused:
        check_basic(150_001, cap=150_000, critical_pay=False)
    assert refused.value.code == "above_executive_level"


def test_the_payable_rate_carries_its_hourly_rate_and_the_retained_mode() -> None:
    retained = payable_rate(
        75_000,
        percent=Decimal("12.5"),
        retained=True,
        retained_mode="to_band_max",
        maximum=70_000,
        cap=150_000,
        critical_pay=False,
    )
    assert (retained.adjusted, retained.hourly) == (83_750, Decimal("40.13"))


def test_critical_pay_over_the_cap_is_paid_without_a_supplement() -> None:
    rate = payable_rate(
        170_000,
        percent=Decimal(20),
        retained=False,
        retained_mode="full",
        maximum=70_000,
        cap=150_000,
        critical_pay=True,
    )
    assert (rate.adjusted, rate.supplement) == (170_000, 0)


@given(
    st.integers(15_000, 150_000),
    st.decimals(min_value=0, max_value=60, places=2),
    st.sampled_from(["full", "to_band_max", "none"]),
)
def test_the_payable_rate_lies_between_basic_pay_and_the_cap(
    basic: int, percent: Decimal, mode: str
) -> None:
    rate = payable_rate(
        basic,
        percent=percent,
        retained=basic > 70_000,
        retained_mode=mode,
        maximum=70_000,
        cap=150_000,
        critical_pay=False,
    )
    assert basic <= rate.adjusted <= min(150_000, max(rate.uncapped, basic))
    assert rate.adjusted == basic + rate.supplement
