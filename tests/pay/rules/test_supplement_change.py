"""R11 and R12: supplement adjustments, freezes and the minimum adjusted rate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.minimum_adjusted import (
    is_below_minimum_adjusted,
    lift_to_minimum_adjusted,
    minimum_adjusted,
)
from pay.rules.supplement import uncapped_adjusted
from pay.rules.supplement_change import adjust_supplement

CAP = 150_000


@pytest.mark.paragraph("9701.335(a)#1")
@pytest.mark.paragraph("9701.335(b)")
@pytest.mark.paragraph("9701.335(c)#1")
@pytest.mark.parametrize(
    ("paid", "old", "new", "denied", "denial_open", "percent", "outcome", "adjusted"),
    [
        ("12.5", "12.5", "16", False, False, "16", "increased", 63_800),
        ("12.5", "12.5", "16", True, False, "12.5", "denied", 61_875),
        ("12.5", "16", "11", False, True, "11", "reduced", 61_050),
        ("12.5", "16", "12.5", False, True, "12.5", "unchanged", 61_875),
        ("12.5", "16", "14", True, True, "12.5", "unchanged", 61_875),
        ("12.5", "16", "18", False, True, "14.5", "increased", 62_975),
        ("12.5", "16", "18", True, True, "12.5", "denied", 61_875),
        ("16", "16", "11", True, False, "11", "reduced", 61_050),
        ("12.5", "12.5", "12.5", True, False, "12.5", "unchanged", 61_875),
    ],
)
def test_a_rise_is_gated_and_a_cut_is_for_everyone(
    paid: str,
    old: str,
    new: str,
    denied: bool,
    denial_open: bool,
    percent: str,
    outcome: str,
    adjusted: int,
) -> None:
    result = adjust_supplement(
        Decimal(paid),
        old=Decimal(old),
        new=Decimal(new),
        denied=denied,
        denial_open=denial_open,
    )
    assert result.supplement_percent == Decimal(percent)
    assert result.outcome == outcome
    assert uncapped_adjusted(55_000, percent=result.supplement_percent) == adjusted


@pytest.mark.paragraph("9701.335(a)#2")
@pytest.mark.parametrize(("denied", "percent"), [(False, "18"), (True, "12.5")])
def test_a_first_special_supplement_passes_the_same_gate(denied: bool, percent: str) -> None:
    result = adjust_supplement(
        Decimal("12.5"), old=Decimal("12.5"), new=Decimal(18), denied=denied, denial_open=False
    )
    assert result.supplement_percent == Decimal(percent)


def test_an_employee_who_gets_both_increases_and_one_denied_both() -> None:
    assert uncapped_adjusted(56_375, percent=Decimal(16)) == 65_395
    assert uncapped_adjusted(55_000, percent=Decimal("12.5")) == 61_875


@pytest.mark.paragraph("9701.337(a)")
@pytest.mark.parametrize(
    ("basic", "below"), [(43_000, True), (43_449, True), (43_450, False), (50_000, False)]
)
def test_equal_to_the_minimum_adjusted_rate_is_not_below_it(basic: int, below: bool) -> None:
    assert minimum_adjusted(42_139, published=Decimal(16), cap=CAP) == 48_881
    found = is_below_minimum_adjusted(
        basic, frozen=Decimal("12.5"), minimum=42_139, published=Decimal(16), cap=CAP
    )
    assert found is below


@pytest.mark.paragraph("9701.337(b)")
@pytest.mark.paragraph("9701.335:preamble")
@pytest.mark.parametrize(
    ("basic", "adjusted", "supplement", "percent"),
    [
        (43_000, 48_881, 5_881, "13.6767"),
        (42_139, 48_881, 6_742, "16"),
        (43_450, 48_881, 5_431, "12.5"),
        (50_000, 56_250, 6_250, "12.5"),
    ],
)
def test_a_default_reaches_the_minimum_adjusted_rate_in_dollars_and_leaves_basic_pay(
    basic: int, adjusted: int, supplement: int, percent: str
) -> None:
    rate = lift_to_minimum_adjusted(
        basic, frozen=Decimal("12.5"), minimum=42_139, published=Decimal(16), cap=CAP
    )
    assert (rate.adjusted, rate.supplement) == (adjusted, supplement)
    assert rate.supplement_percent == Decimal(percent)


def test_the_minimum_adjusted_rate_is_capped() -> None:
    assert minimum_adjusted(140_000, published=Decimal(16), cap=CAP) == CAP
    assert not is_below_minimum_adjusted(
        140_000, frozen=Decimal("12.5"), minimum=140_000, published=Decimal(16), cap=CAP
    )


percents = st.decimals(min_value=0, max_value=40, places=2)


@given(percents, percents, percents, st.booleans(), st.booleans())
def test_nobody_is_paid_more_than_the_published_supplement(
    frozen: Decimal, old: Decimal, new: Decimal, denied: bool, denial_open: bool
) -> None:
    paid = min(frozen, old)
    result = adjust_supplement(paid, old=old, new=new, denied=denied, denial_open=denial_open)
    assert result.supplement_percent <= new
    if new >= old:
        assert result.supplement_percent >= paid
