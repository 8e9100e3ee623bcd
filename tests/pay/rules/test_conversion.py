"""R32 and R36: conversion without reduction, and the ranges of law enforcement officers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.conversion import ConversionResult, convert
from pay.rules.law_enforcement_range import check_law_enforcement_range
from pay.rules.payable_rate import payable_rate
from pay.rules.supplement import RETAINED_CHOICES, uncapped_adjusted
from regulation.refusals import Refused


def converted(
    total: int,
    percent: str,
    *,
    mode: str = "full",
    cap: int = 150_000,
    former_basic: int | None = None,
) -> ConversionResult:
    return convert(
        total,
        percent=Decimal(percent),
        minimum=41_111,
        maximum=70_000,
        retained_mode=mode,
        cap=cap,
        former_basic=former_basic,
    )


@pytest.mark.paragraph("9701.373(a)")
@pytest.mark.parametrize(
    ("total", "percent", "basic", "new_total", "retained"),
    [
        (61_875, "12.5", 55_000, 61_875, False),
        (61_875, "13.07", 54_723, 61_875, False),
        (80_000, "12.5", 71_111, 80_000, True),
        (45_000, "12.5", 41_111, 46_250, False),
        (60_005, "22", 49_185, 60_006, False),
        (78_750, "12.5", 70_000, 78_750, False),  # the maximum itself is not retained
        (78_751, "12.5", 70_001, 78_751, True),
        (50_000, "0", 50_000, 50_000, False),
    ],
)
def test_the_least_dollar_that_reduces_nobody(
    total: int, percent: str, basic: int, new_total: int, retained: bool
) -> None:
    assert converted(total, percent) == ConversionResult(basic, retained, new_total, False)


@pytest.mark.paragraph("9701.373(b)")
@pytest.mark.parametrize(
    ("former_basic", "lowered"), [(60_500, True), (58_668, True), (58_667, False), (None, False)]
)
def test_a_special_rate_is_kept_as_a_whole_though_basic_pay_is_lower(
    former_basic: int | None, lowered: bool
) -> None:
    result = converted(66_000, "12.5", former_basic=former_basic)
    assert result == ConversionResult(58_667, False, 66_000, lowered)


@pytest.mark.paragraph("9701.373(a)")
@pytest.mark.parametrize(
    ("mode", "basic"), [("full", 71_111), ("to_band_max", 71_250), ("none", 80_000)]
)
def test_a_retained_rate_is_solved_by_the_supplement_that_it_will_have(
    mode: str, basic: int
) -> None:
    result = converted(80_000, "12.5", mode=mode)
    assert (result.basic, result.retained, result.total) == (basic, True, 80_000)


def test_a_former_total_over_the_cap_is_refused() -> None:
    assert converted(150_000, "12.5").total == 150_000
    with pytest.raises(Refused) as refused:
        converted(150_001, "12.5")
    assert refused.value.code == "above_executive_level"


@pytest.mark.parametrize(("total", "percent"), [(0, "12.5"), (-1, "12.5"), (60_000, "-1")])
def test_figures_that_cannot_be_are_refused(total: int, percent: str) -> None:
    with pytest.raises(Refused) as refused:
        converted(total, percent)
    assert refused.value.code == "invalid_input"


@pytest.mark.paragraph("9701.373(a)")
@given(
    st.integers(20_000, 150_000),
    st.decimals(min_value=0, max_value=40, places=2),
    st.sampled_from(RETAINED_CHOICES),
)
def test_nobody_loses_a_dollar_by_conversion(total: int, percent: Decimal, mode: str) -> None:
    result = converted(total, str(percent), mode=mode)
    rate = payable_rate(
        result.basic,
        percent=percent,
        retained=result.retained,
        retained_mode=mode,
        maximum=70_000,
        cap=150_000,
        critical_pay=False,
    )
    assert rate.adjusted >= total
    assert rate.uncapped == result.total
    assert result.retained is (result.basic > 70_000)
    if result.basic != 41_111 and not result.retained:
        assert uncapped_adjusted(result.basic - 1, percent=percent) < total


@pytest.mark.paragraph("9701.372(b)")
@pytest.mark.parametrize(
    ("former", "maximum", "reached"),
    [
        ([60_000, 78_700], 70_000, 78_750),
        ([78_750], 70_000, 78_750),
        ([], 70_000, 78_750),
        ([82_000], 72_889, 82_000),
    ],
)
def test_a_range_that_reaches_every_former_rate_of_officers_passes(
    former: list[int], maximum: int, reached: int
) -> None:
    found = check_law_enforcement_range(former, maximum=maximum, percent=Decimal("12.5"))
    assert found == reached


@pytest.mark.paragraph("9701.372(b)")
@pytest.mark.parametrize(
    ("former", "maximum", "enough"),
    [(78_751, 70_000, "70,001"), (82_000, 72_888, "72,889")],
)
def test_a_range_that_falls_a_dollar_short_is_refused(
    former: int, maximum: int, enough: str
) -> None:
    with pytest.raises(Refused, match=enough) as refused:
        check_law_enforcement_range([50_000, former], maximum=maximum, percent=Decimal("12.5"))
    assert refused.value.code == "invalid_range"
