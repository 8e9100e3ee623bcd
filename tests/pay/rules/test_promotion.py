"""R25 and R26: promotion, from a rate in the range and from a retained one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.promotion import SupplementPercents, promote
from regulation.money import half_up_dollar
from regulation.refusals import Refused

EIGHT = Decimal("0.08")


@pytest.mark.paragraph("9701.353(a)#1")
@pytest.mark.paragraph("9701.353(a)#2")
@pytest.mark.parametrize(
    ("basic", "minimum", "maximum", "new", "under"),
    [
        (62_000, 64_500, 98_400, 66_960, False),
        (50_003, 64_500, 98_400, 64_500, False),
        (50_003, 48_000, 80_000, 54_004, False),
        (97_000, 80_000, 102_000, 102_000, True),
        (94_444, 80_000, 102_000, 102_000, False),
        (94_445, 80_000, 102_000, 102_000, True),
        (68_095, 66_113, 100_860, 73_543, False),
    ],
)
def test_a_promotion_pays_at_least_eight_percent_within_the_new_range(
    basic: int, minimum: int, maximum: int, new: int, under: bool
) -> None:
    result = promote(
        basic,
        minimum=minimum,
        maximum=maximum,
        percent=EIGHT,
        current_maximum=70_000,
        retained=False,
    )
    assert (result.basic, result.retained, result.under_eight_percent) == (new, False, under)


@pytest.mark.paragraph("9701.353(a)#2")
@pytest.mark.parametrize(
    ("basic", "new", "retained"), [(75_001, 75_001, True), (75_000, 75_000, False)]
)
def test_a_rate_above_the_new_maximum_is_kept_as_a_retained_rate(
    basic: int, new: int, retained: bool
) -> None:
    result = promote(
        basic,
        minimum=60_000,
        maximum=75_000,
        percent=EIGHT,
        current_maximum=80_000,
        retained=False,
    )
    assert (result.basic, result.retained) == (new, retained)
    assert result.under_eight_percent is True


@pytest.mark.paragraph("9701.353(c)#1")
@pytest.mark.paragraph("9701.353(c)#2")
@pytest.mark.paragraph("9701.353(c)#3")
@pytest.mark.parametrize(
    ("rate", "minimum", "maximum", "new", "retained"),
    [
        (74_000, 64_500, 98_400, 75_600, False),
        (78_000, 64_500, 98_400, 78_000, False),
        (78_000, 60_000, 75_000, 78_000, True),
        (74_000, 60_000, 75_000, 75_000, False),
        (78_000, 60_000, 78_000, 78_000, False),
        (74_000, 76_000, 98_400, 76_000, False),
    ],
)
def test_a_promotion_from_a_retained_rate_runs_from_the_current_maximum(
    rate: int, minimum: int, maximum: int, new: int, retained: bool
) -> None:
    result = promote(
        rate,
        minimum=minimum,
        maximum=maximum,
        percent=EIGHT,
        current_maximum=70_000,
        retained=True,
    )
    assert (result.basic, result.retained) == (new, retained)


@pytest.mark.paragraph("9701.353(a)#1")
@pytest.mark.parametrize("retained", [True, False])
@pytest.mark.parametrize("percent", [Decimal("0.0799"), Fraction(7, 100), Decimal(0)])
def test_less_than_eight_percent_is_refused(percent: Fraction | Decimal, retained: bool) -> None:
    with pytest.raises(Refused) as refused:
        promote(
            74_000,
            minimum=64_500,
            maximum=98_400,
            percent=percent,
            current_maximum=70_000,
            retained=retained,
        )
    assert refused.value.code == "invalid_parameter"


@pytest.mark.parametrize(
    ("percent", "new"), [("0.08", 66_960), ("0.10", 68_200), ("0.125", 69_750)]
)
def test_the_parameter_may_exceed_eight_percent(percent: str, new: int) -> None:
    result = promote(
        62_000,
        minimum=64_500,
        maximum=98_400,
        percent=Decimal(percent),
        current_maximum=70_000,
        retained=False,
    )
    assert result.basic == new


@pytest.mark.parametrize(
    ("percent", "new", "under"),
    [("0.06", 45_580, True), ("0.10", 47_300, False), ("0", 43_000, True)],
)
def test_a_listed_circumstance_may_pay_less_and_is_flagged(
    percent: str, new: int, under: bool
) -> None:
    result = promote(
        43_000,
        minimum=41_111,
        maximum=70_000,
        percent=Decimal(percent),
        current_maximum=44_000,
        retained=False,
        listed_circumstance=True,
    )
    assert (result.basic, result.under_eight_percent) == (new, under)


@pytest.mark.paragraph("9701.353(d)")
@pytest.mark.parametrize(
    ("old", "new", "basic", "under"),
    [
        # 62,000 with 12.5 % is 69,750; 8 % more is 75,330, which 68,482 with 10 % comes to.
        ("12.5", "10", 68_482, False),
        ("12.5", "12.5", 66_960, False),
        ("0", "0", 66_960, False),
        # A better supplement in the new band carries the raise; basic pay meets the minimum.
        ("12.5", "20", 64_500, False),
        ("30", "0", 80_000, True),
    ],
)
def test_where_supplements_count_the_adjusted_rate_rises_by_eight_percent(
    old: str, new: str, basic: int, under: bool
) -> None:
    result = promote(
        62_000,
        minimum=64_500,
        maximum=80_000,
        percent=EIGHT,
        current_maximum=70_000,
        retained=False,
        supplements=SupplementPercents(old=Decimal(old), new=Decimal(new)),
    )
    assert (result.basic, result.under_eight_percent) == (basic, under)


@given(
    st.integers(30_000, 120_000),
    st.decimals(0, 40, places=4),
    st.decimals(0, 40, places=4),
)
def test_where_supplements_count_basic_pay_is_the_least_that_reaches_the_target(
    basic: int, old: Decimal, new: Decimal
) -> None:
    result = promote(
        basic,
        minimum=1,
        maximum=10**6,
        percent=EIGHT,
        current_maximum=120_000,
        retained=False,
        supplements=SupplementPercents(old=old, new=new),
    )

    def adjusted(rate: int, percent: Decimal) -> int:
        return half_up_dollar(rate * (1 + Fraction(percent) / 100))

    target = 108 * adjusted(basic, old)
    assert 100 * adjusted(result.basic, new) >= target
    assert result.basic == basic or 100 * adjusted(result.basic - 1, new) < target


def test_a_listed_circumstance_never_lowers_pay() -> None:
    with pytest.raises(Refused):
        promote(
            43_000,
            minimum=41_111,
            maximum=70_000,
            percent=Decimal("-0.01"),
            current_maximum=44_000,
            retained=False,
            listed_circumstance=True,
        )


@given(st.integers(30_000, 120_000), st.integers(30_000, 90_000), st.integers(1, 60_000))
def test_a_promotion_never_lowers_pay_and_flags_less_than_eight_percent(
    basic: int, minimum: int, width: int
) -> None:
    result = promote(
        basic,
        minimum=minimum,
        maximum=minimum + width,
        percent=EIGHT,
        current_maximum=120_000,
        retained=False,
    )
    assert result.basic >= basic
    assert result.under_eight_percent is (100 * result.basic < 108 * basic)
    assert result.retained is (result.basic > minimum + width)
    if result.under_eight_percent:
        assert result.basic in (minimum + width, basic)
