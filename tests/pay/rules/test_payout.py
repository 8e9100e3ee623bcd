"""R16 to R18: the value of a point, a payout and its split."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.payout import PayoutResult, payout, payout_amount, payout_at_retained_rate
from pay.rules.point_value import Share, check_pool_spending, point_value
from regulation.refusals import Refused

WHOLE = Fraction(1)


def share(points: str | int, *, base: int = 60_000, proration: Fraction = WHOLE) -> Share:
    return Share(points=Decimal(points), proration=proration, base=base)


HEARING = [share(4)] * 3 + [share(2)] * 10 + [share(1)] * 12 + [share(0)]
PERCENT = [share(2, base=50_000), share(1, base=60_000), share(4, base=68_000)]


@pytest.mark.paragraph("9701.342(d)(1)")
@pytest.mark.paragraph("9701.342:hearing-share")
@pytest.mark.parametrize(
    ("mode", "pool", "shares", "value"),
    [
        ("share_dollar", "100000", HEARING, "2272.72"),
        ("share_dollar", "10000", [share(1)] * 7, "1428.57"),
        ("share_percent", "6000", PERCENT, "1.3888"),
        ("share_dollar", "100000", [share(0)] * 3, None),
        ("share_percent", "100000", [], None),
    ],
)
def test_the_pool_is_divided_by_the_points_and_the_value_cut(
    mode: str, pool: str, shares: list[Share], value: str | None
) -> None:
    found = point_value(mode, pool=Decimal(pool), shares=shares, fixed=None, weighted=True)
    assert found == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("weighted", "value"), [(True, "666.66"), (False, "500.00")])
def test_proration_weighs_in_the_divisor_as_the_parameter_says(weighted: bool, value: str) -> None:
    shares = [share(1), share(1, proration=Fraction(1, 2))]
    found = point_value(
        "share_dollar", pool=Decimal(1000), shares=shares, fixed=None, weighted=weighted
    )
    assert found == Decimal(value)


@pytest.mark.parametrize("mode", ["fixed_dollar", "fixed_percent"])
def test_a_fixed_value_is_used_as_given_and_demanded(mode: str) -> None:
    given_value = Decimal("1.5")
    found = point_value(mode, pool=Decimal(9), shares=[share(1)], fixed=given_value, weighted=True)
    assert found == given_value
    with pytest.raises(Refused) as refused:
        point_value(mode, pool=Decimal(9), shares=[share(1)], fixed=None, weighted=True)
    assert refused.value.code == "parameter_missing"


def test_an_unknown_mode_and_negative_money_are_refused() -> None:
    with pytest.raises(Refused, match=r"pool\.mode"):
        point_value("shares", pool=Decimal(9), shares=[], fixed=None, weighted=True)
    with pytest.raises(Refused) as refused:
        point_value("share_dollar", pool=Decimal(-9), shares=[], fixed=None, weighted=True)
    assert refused.value.code == "invalid_input"


@pytest.mark.paragraph("9701.342(d)(2)")
def test_the_hearing_pool_spends_all_but_sixteen_dollars() -> None:
    amounts = [
        payout_amount(
            each.base,
            mode="share_dollar",
            value=Decimal("2272.72"),
            points=each.points,
            proration=WHOLE,
        )
        for each in HEARING
    ]
    assert sorted(set(amounts)) == [0, 2_272, 4_545, 9_090]
    assert check_pool_spending(amounts, pool=Decimal(100_000)) == 16


@pytest.mark.paragraph("9701.342(d)(2)")
def test_a_payout_in_percent_is_cut_to_the_dollar() -> None:
    amounts = [
        payout_amount(
            each.base,
            mode="share_percent",
            value=Decimal("1.3888"),
            points=each.points,
            proration=WHOLE,
        )
        for each in PERCENT
    ]
    assert amounts == [1_388, 833, 3_777]


@pytest.mark.paragraph("9701.342(d)(2)")
@pytest.mark.parametrize(("pool", "left"), [("10003", "0"), ("10003.50", "0.50"), ("10002", None)])
def test_a_pool_may_be_emptied_and_not_overspent(pool: str, left: str | None) -> None:
    paid = [1_429] * 7
    if left is not None:
        assert check_pool_spending(paid, pool=Decimal(pool)) == Decimal(left)
        return
    with pytest.raises(Refused) as refused:
        check_pool_spending(paid, pool=Decimal(pool))
    assert refused.value.code == "pool_overspent"


def dollars(
    basic: int, *, amount: int = 4_545, maximum: int = 70_000, excess_lump: bool = True
) -> PayoutResult:
    return payout(
        basic,
        mode="share_dollar",
        value=Decimal(amount),
        points=Decimal(1),
        proration=WHOLE,
        maximum=maximum,
        excess_lump=excess_lump,
    )


@pytest.mark.paragraph("9701.342(d)(3)#1")
@pytest.mark.paragraph("9701.342(d)(3)#2")
@pytest.mark.parametrize(
    ("basic", "maximum", "new", "increase", "lump_sum"),
    [
        (55_000, 70_000, 59_545, 4_545, 0),
        (69_000, 70_000, 70_000, 1_000, 3_545),
        (70_725, 71_750, 71_750, 1_025, 3_520),
        (71_238, 71_750, 71_750, 512, 4_033),
        (70_000, 70_000, 70_000, 0, 4_545),
        (65_455, 70_000, 70_000, 4_545, 0),
        (65_456, 70_000, 70_000, 4_544, 1),
        # R18: after the range adjustment the rate is in the range again, so basic pay rises.
        (71_381, 77_000, 75_926, 4_545, 0),
    ],
)
def test_a_payout_raises_basic_pay_to_the_maximum_and_the_rest_is_a_lump_sum(
    basic: int, maximum: int, new: int, increase: int, lump_sum: int
) -> None:
    result = dollars(basic, maximum=maximum)
    assert (result.basic, result.increase, result.lump_sum) == (new, increase, lump_sum)
    assert (result.amount, result.paid) == (4_545, 4_545)


@pytest.mark.paragraph("9701.342(d)(3)#2")
def test_the_excess_is_not_paid_where_the_pool_does_not_pay_it() -> None:
    result = dollars(69_000, excess_lump=False)
    assert (result.basic, result.increase, result.lump_sum) == (70_000, 1_000, 0)
    assert (result.amount, result.paid) == (4_545, 1_000)


@pytest.mark.paragraph("9701.342(d)(2)")
@pytest.mark.parametrize(
    ("mode", "value", "points", "basic", "proration", "amount"),
    [
        ("fixed_percent", "1.5", "2", 55_001, WHOLE, 1_650),
        ("fixed_percent", "1.5", "2", 55_017, WHOLE, 1_651),
        ("share_percent", "1.5", "2", 55_017, WHOLE, 1_650),
        ("fixed_dollar", "2272.75", "2", 55_000, WHOLE, 4_546),
        ("share_dollar", "2272.72", "2", 55_000, Fraction(280, 364), 3_496),
        ("share_dollar", "2272.72", "0", 55_000, WHOLE, 0),
        ("fixed_percent", "1.25", "2", 51_250, WHOLE, 1_281),
    ],
)
def test_a_payout_is_rounded_once_after_proration(
    mode: str, value: str, points: str, basic: int, proration: Fraction, amount: int
) -> None:
    found = payout_amount(
        basic, mode=mode, value=Decimal(value), points=Decimal(points), proration=proration
    )
    assert found == amount


def test_a_pool_without_a_value_pays_nothing() -> None:
    result = payout(
        55_000,
        mode="share_dollar",
        value=None,
        points=Decimal(0),
        proration=WHOLE,
        maximum=70_000,
        excess_lump=True,
    )
    assert result == PayoutResult(amount=0, increase=0, lump_sum=0, basic=55_000)


def at_retained_rate(
    *,
    mode: str = "fixed_percent",
    value: str = "1.5",
    retained_lump: str | int = "equal_to_bound",
    excess_lump: bool = True,
    proration: Fraction = WHOLE,
    points: int = 2,
) -> PayoutResult:
    return payout_at_retained_rate(
        75_000,
        mode=mode,
        value=Decimal(value),
        points=Decimal(points),
        proration=proration,
        maximum=70_000,
        excess_lump=excess_lump,
        retained_lump=retained_lump,
    )


@pytest.mark.paragraph("9701.342(d)(5)")
@pytest.mark.parametrize(
    ("mode", "value", "proration", "excess_lump", "lump_sum"),
    [
        ("fixed_percent", "1.5", WHOLE, True, 2_100),
        ("share_dollar", "2272.72", WHOLE, True, 4_545),
        ("fixed_percent", "1.5", Fraction(1, 2), True, 1_050),
        ("fixed_percent", "1.5", WHOLE, False, 0),
    ],
)
def test_a_retained_rate_gets_the_lump_sum_of_a_colleague_at_the_maximum(
    mode: str, value: str, proration: Fraction, excess_lump: bool, lump_sum: int
) -> None:
    result = at_retained_rate(mode=mode, value=value, proration=proration, excess_lump=excess_lump)
    assert (result.basic, result.increase, result.lump_sum) == (75_000, 0, lump_sum)


@pytest.mark.paragraph("9701.342(d)(5)")
@pytest.mark.parametrize(
    ("retained_lump", "code"),
    [
        (2_100, None),
        (0, None),
        (2_101, "retained_lump_over_bound"),
        (2_250, "retained_lump_over_bound"),
        (-1, "invalid_parameter"),
        ("all", "invalid_parameter"),
    ],
)
def test_a_directive_may_set_a_smaller_lump_sum_and_no_larger_one(
    retained_lump: str | int, code: str | None
) -> None:
    if code is None:
        assert at_retained_rate(retained_lump=retained_lump).lump_sum == retained_lump
        return
    with pytest.raises(Refused) as refused:
        at_retained_rate(retained_lump=retained_lump)
    assert refused.value.code == code


@pytest.mark.paragraph("9701.342(c)(3)")
def test_an_amount_that_the_directive_names_is_not_paid_to_who_has_no_points() -> None:
    assert at_retained_rate(retained_lump=1_000, points=0).lump_sum == 0


shares_drawn = st.lists(
    st.builds(
        Share,
        points=st.decimals(min_value=0, max_value=6, places=1),
        proration=st.builds(Fraction, st.integers(0, 364), st.just(364)),
        base=st.integers(15_000, 190_000),
    ),
    max_size=40,
)


@given(
    st.sampled_from(["share_dollar", "share_percent"]),
    st.decimals(min_value=0, max_value=1_000_000, places=2),
    shares_drawn,
    st.booleans(),
    st.integers(15_000, 190_000),
)
def test_a_share_mode_never_overspends_its_pool(
    mode: str, pool: Decimal, shares: list[Share], weighted: bool, maximum: int
) -> None:
    value = point_value(mode, pool=pool, shares=shares, fixed=None, weighted=weighted)
    paid = [
        payout(
            each.base,
            mode=mode,
            value=value,
            points=each.points,
            proration=each.proration,
            maximum=maximum,
            excess_lump=True,
        ).paid
        for each in shares
    ]
    assert check_pool_spending(paid, pool=pool) == pool - sum(paid)


@given(
    st.sampled_from(["share_dollar", "share_percent", "fixed_dollar", "fixed_percent"]),
    st.decimals(min_value=0, max_value=5_000, places=2),
    st.integers(15_000, 70_000),
    st.booleans(),
)
def test_a_payout_splits_into_increase_and_lump_sum(
    mode: str, value: Decimal, basic: int, excess_lump: bool
) -> None:
    result = payout(
        basic,
        mode=mode,
        value=value,
        points=Decimal(2),
        proration=WHOLE,
        maximum=70_000,
        excess_lump=excess_lump,
    )
    assert result.basic == basic + result.increase <= 70_000
    if excess_lump:
        assert result.increase + result.lump_sum == result.amount
    else:
        assert result.lump_sum == 0
    assert result.lump_sum == 0 or result.basic == 70_000
