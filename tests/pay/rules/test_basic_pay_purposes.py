"""For which purposes a supplement is basic pay, and that the rules take the figure that counts."""

from __future__ import annotations

import inspect
from decimal import Decimal
from fractions import Fraction
from types import FunctionType

import pytest

from pay.rules import (
    payout,
    range_increase,
    retention,
    special_increase,
    within_band_reduction,
)
from pay.rules.conversion import convert
from pay.rules.hourly import hourly_rate
from pay.rules.maximum_rate import payable_adjusted
from pay.rules.promotion import SupplementPercents, promote
from pay.rules.purposes import (
    NONFOREIGN_ALLOWANCE,
    WITH_SUPPLEMENT,
    WITHIN_SUBPART_C,
    PaidRate,
    basic_pay_for,
)
from pay.rules.supplement import uncapped_adjusted
from pay.templatetags.pay_purposes import CITATIONS, TITLES

#: 55,000 with 12.5 % (R9's first example).
BASIC, ADJUSTED = 55_000, 61_875
ALWAYS = [
    pytest.param("retirement", marks=pytest.mark.paragraph("9701.332(c)(1)")),
    pytest.param("life_insurance", marks=pytest.mark.paragraph("9701.332(c)(2)")),
    pytest.param("premium_pay", marks=pytest.mark.paragraph("9701.332(c)(3)")),
    pytest.param("severance_pay", marks=pytest.mark.paragraph("9701.332(c)(4)")),
    pytest.param("maximum_rate", marks=pytest.mark.paragraph("9701.332(c)(5)")),
    pytest.param("conversion", marks=pytest.mark.paragraph("9701.332(c)(6)")),
]
DIRECTED = "promotion"


def figure(key: str, *, kind: str = "locality", included: bool = False) -> int:
    rate = PaidRate(basic=BASIC, adjusted=ADJUSTED, supplement_kind=kind)
    return basic_pay_for(key, rate=rate, directed=(DIRECTED,) if included else ())


@pytest.mark.parametrize("kind", ["locality", "special"])
@pytest.mark.parametrize("key", ALWAYS)
def test_for_these_purposes_the_supplement_is_basic_pay(key: str, kind: str) -> None:
    assert figure(key, kind=kind) == ADJUSTED


@pytest.mark.paragraph("9701.332(c)(7)")
@pytest.mark.parametrize("kind", ["locality", "special"])
@pytest.mark.parametrize("key", WITHIN_SUBPART_C)
def test_under_the_subpart_it_is_not_unless_a_directive_says_so(key: str, kind: str) -> None:
    assert figure(key, kind=kind) == BASIC
    told = figure(key, kind=kind, included=True)
    assert told == (ADJUSTED if key == DIRECTED else BASIC)


@pytest.mark.paragraph("9701.333#2")
def test_a_special_supplement_alone_counts_for_allowances_in_nonforeign_areas() -> None:
    assert figure("nonforeign_allowance", kind="special") == ADJUSTED
    assert figure("nonforeign_allowance", kind="locality") == BASIC
    assert figure("nonforeign_allowance", kind="none") == BASIC


@pytest.mark.paragraph("9701.332(c)(3)")
def test_an_hour_of_premium_pay_is_of_the_adjusted_rate() -> None:
    # 61,875 / 2,087 is 29.6478...; of basic pay alone it would be 26.35.
    assert hourly_rate(figure("premium_pay")) == Decimal("29.65")


@pytest.mark.paragraph("9701.332(c)(5)")
def test_the_cap_is_tested_on_the_rate_with_its_supplement() -> None:
    uncapped = uncapped_adjusted(128_000, percent=Decimal(20))
    assert (uncapped, payable_adjusted(uncapped, cap=150_000)) == (153_600, 150_000)


@pytest.mark.paragraph("9701.332(c)(6)")
def test_conversion_compares_totals_so_that_basic_pay_alone_may_be_lower() -> None:
    # R34's second example: a special rate of 66,000, GS basic pay 60,500, converts at 58,667.
    total = 66_000
    result = convert(
        total,
        percent=Decimal("12.5"),
        minimum=42_139,
        maximum=71_750,
        retained_mode="full",
        cap=150_000,
        former_basic=60_500,
    )
    assert result.basic == 58_667 < 60_500
    assert uncapped_adjusted(result.basic, percent=Decimal("12.5")) == total


@pytest.mark.paragraph("9701.332(c)(7)")
def test_eight_percent_are_of_basic_pay_and_with_the_directive_of_the_adjusted_rate() -> None:
    arguments = {
        "minimum": 50_000, "maximum": 90_000, "percent": Decimal("0.08"),
        "current_maximum": 71_750, "retained": False,
    }  # fmt: skip
    assert promote(figure("promotion"), **arguments).basic == 59_400  # type: ignore[arg-type]
    # 66,825 in all; 59,400 where the supplement stays 12.5 %, 58,109 where it becomes 15 %.
    both = SupplementPercents(old=Decimal("12.5"), new=Decimal(15))
    risen = promote(BASIC, supplements=both, **arguments)  # type: ignore[arg-type]
    assert risen.basic == 58_109
    assert uncapped_adjusted(risen.basic, percent=Decimal(15)) >= figure(
        "promotion", included=True
    ) * Fraction(108, 100)


@pytest.mark.paragraph("9701.332(c)(7)")
@pytest.mark.parametrize(
    "rule",
    [
        range_increase.range_increase,
        retention.retained_or_in_range,
        within_band_reduction.reduce_within_band,
        special_increase.increase_within_band,
        payout.payout,
    ],
    ids=lambda rule: rule.__name__,
)
def test_rules_of_the_subpart_take_no_supplement(rule: FunctionType) -> None:
    names = set(inspect.signature(rule).parameters)
    assert not {
        name for name in names if "suppl" in name or "adjusted" in name or name == "percents"
    }


def test_the_page_tells_every_purpose_and_its_paragraph() -> None:
    every = {*WITH_SUPPLEMENT, NONFOREIGN_ALLOWANCE, *WITHIN_SUBPART_C}
    assert set(TITLES) == set(CITATIONS) == every
