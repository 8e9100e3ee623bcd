"""R39: why the order of one day's actions matters, in its worked examples."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.payout import PayoutResult, payout, payout_at_retained_rate
from pay.rules.promotion import promote
from pay.rules.range_increase import RangeChange, range_increase

FP = RangeChange(41_111, 70_000, 42_139, 71_750)
SE = RangeChange(64_500, 98_400, 66_113, 100_860)


def adjusted(basic: int, change: RangeChange, *, retained: bool = False) -> int:
    return range_increase(basic, change=change, retained=retained, denied=False).basic


def paid(basic: int, *, maximum: int) -> PayoutResult:
    return payout(
        basic,
        mode="share_dollar",
        value=Decimal("2272.72"),
        points=Decimal(2),
        proration=Fraction(1),
        maximum=maximum,
        excess_lump=True,
    )


def promoted(basic: int, *, minimum: int, maximum: int) -> int:
    return promote(
        basic,
        minimum=minimum,
        maximum=maximum,
        percent=Decimal("0.08"),
        current_maximum=71_750,
        retained=False,
    ).basic


def test_range_then_payout_then_promotion() -> None:
    ranged = adjusted(62_000, FP)
    paid_out = paid(ranged, maximum=71_750).basic
    assert (ranged, paid_out) == (63_550, 68_095)
    assert promoted(paid_out, minimum=66_113, maximum=100_860) == 73_543
    first = promoted(62_000, minimum=64_500, maximum=98_400)
    assert paid(adjusted(first, SE), maximum=100_860).basic == 73_180


def test_a_rate_that_the_range_takes_in_has_its_payout_as_basic_pay() -> None:
    change = RangeChange(41_111, 70_000, 42_139, 77_000)
    ranged = adjusted(70_500, change, retained=True)
    assert ranged == 71_381
    assert paid(ranged, maximum=77_000).basic == 75_926
    first = payout_at_retained_rate(
        70_500,
        mode="share_dollar",
        value=Decimal("2272.72"),
        points=Decimal(2),
        proration=Fraction(1),
        maximum=70_000,
        excess_lump=True,
        retained_lump="equal_to_bound",
    )
    assert (first.basic, first.lump_sum) == (70_500, 4_545)


def test_the_room_under_the_maximum_is_what_the_range_left() -> None:
    ranged = adjusted(69_500, FP)
    result = paid(ranged, maximum=71_750)
    assert (ranged, result.increase, result.lump_sum) == (71_238, 512, 4_033)
    first = paid(69_500, maximum=70_000)
    assert (first.increase, first.lump_sum) == (500, 4_045)
