"""R15: point patterns, pools and the performance fund."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from pay.rules.point_pattern import (
    check_fund,
    check_member_band,
    check_membership,
    check_pattern,
    divide_fund,
)
from regulation.refusals import Refused

FOUR = ("AE", "EE", "ME", "U")


def pattern(*points: str, levels: Sequence[str] = FOUR) -> dict[str, Decimal]:
    return dict(zip(levels, map(Decimal, points), strict=True))


@pytest.mark.paragraph("9701.342(c)(1)")
@pytest.mark.parametrize(
    ("points", "best_first", "warnings"),
    [
        (pattern("4", "2", "1", "0"), FOUR, []),
        (pattern("2.5", "2", "2", "0"), FOUR, []),
        (pattern("1", "0", levels=("P", "U")), ("P", "U"), []),
        (pattern("2", "4", "1", "0"), FOUR, ["AE has fewer points than EE."]),
    ],
)
def test_a_pattern_gives_every_level_its_points(
    points: Mapping[str, Decimal], best_first: Sequence[str], warnings: list[str]
) -> None:
    assert check_pattern(points, best_first=best_first, unacceptable="U") == warnings


@pytest.mark.paragraph("9701.342(c)(1)")
@pytest.mark.parametrize(
    "points",
    [
        {"AE": Decimal(4), "EE": Decimal(2), "U": Decimal(0)},
        {**pattern("4", "2", "1", "0"), "P": Decimal(1)},
        pattern("4", "2", "-1", "0"),
    ],
)
def test_a_pattern_with_a_gap_a_stranger_or_negative_points_is_refused(
    points: Mapping[str, Decimal],
) -> None:
    with pytest.raises(Refused) as refused:
        check_pattern(points, best_first=FOUR, unacceptable="U")
    assert refused.value.code == "invalid_parameter"


@pytest.mark.paragraph("9701.342(c)(3)")
def test_points_for_an_unacceptable_rating_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        check_pattern(pattern("4", "2", "1", "1"), best_first=FOUR, unacceptable="U")
    assert (refused.value.code, refused.value.citation) == (
        "zero_points_required",
        "9701.342(c)(3)",
    )


@pytest.mark.paragraph("9701.342(b)(3)")
@pytest.mark.parametrize(
    ("first", "left"), [("260000.00", "0.00"), ("259999.99", "0.01"), ("260000.01", None)]
)
def test_the_pools_may_take_the_whole_fund_and_not_a_cent_more(
    first: str, left: str | None
) -> None:
    pools = {"P1": Decimal(first), "P2": Decimal(240_000)}
    if left is not None:
        assert check_fund(pools, fund=Decimal(500_000)) == Decimal(left)
        return
    with pytest.raises(Refused) as refused:
        check_fund(pools, fund=Decimal(500_000))
    assert refused.value.code == "fund_exceeded"


def test_a_pool_cannot_have_negative_money() -> None:
    with pytest.raises(Refused) as refused:
        check_fund({"P1": Decimal(-1)}, fund=Decimal(10))
    assert refused.value.code == "invalid_input"


@pytest.mark.paragraph("9701.342(b)(2)")
@pytest.mark.parametrize("pools", [[], ["P1", "P2"]])
def test_a_person_in_no_pool_or_in_two_blocks(pools: list[str]) -> None:
    with pytest.raises(Refused, match="ben") as refused:
        check_membership({"ana": ["P1"], "ben": pools})
    assert refused.value.code == "pool_member_missing"


@pytest.mark.paragraph("9701.342(b)(2)")
def test_everyone_in_exactly_one_pool_passes() -> None:
    members = {"ana": ["P1"], "ben": ["P2"]}
    check_membership(members)
    with pytest.raises(Refused):
        check_membership({**members, "cai": ()})


@pytest.mark.paragraph("9701.342(a)(1)#1")
def test_an_entry_band_has_no_pool_members() -> None:
    check_member_band(entry_developmental=False)
    with pytest.raises(Refused) as refused:
        check_member_band(entry_developmental=True)
    assert refused.value.code == "entry_band_excluded"


@pytest.mark.parametrize(
    ("basic_pay", "shares"),
    [
        ({"P1": 1, "P2": 2}, {"P1": 33, "P2": 67}),
        ({"P1": 5}, {"P1": 100}),
        ({"P1": 0, "P2": 7}, {"P1": 0, "P2": 100}),
        ({"P1": 0}, {}),
        ({}, {}),
    ],
)
def test_a_fund_divided_by_basic_pay_is_cut_to_the_dollar(
    basic_pay: dict[str, int], shares: dict[str, int]
) -> None:
    divided = divide_fund(Decimal("100.99"), basic_pay=basic_pay)
    assert divided == {pool: Decimal(share) for pool, share in shares.items()}
    check_fund(divided, fund=Decimal("100.99"))
