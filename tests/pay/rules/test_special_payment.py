"""R24, R31 and R38: earlier rates, payments beside basic pay, and rates for moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.movement import lateral_rate
from pay.rules.previous_rate import highest_previous_rate, nafi_rate
from pay.rules.promotion import promote
from pay.rules.representative_rate import (
    IncreaseBeforeMove,
    increase_before_gs_move,
    representative_rate,
)
from pay.rules.special_payment import (
    AggregateTotal,
    accrued_in_period,
    aggregate_total,
    special_payment,
)
from pay.rules.starting_pay import StartingRate, starting_rate
from pay.rules.supplement import select_supplement, uncapped_adjusted
from regulation.refusals import Refused


def special(amount: str, *, kind: str = "assignment", schedule: str = "lump_sum") -> Decimal:
    return special_payment(
        Decimal(amount), kind=kind, schedule=schedule, basic=62_000, retained=False
    ).amount


@pytest.mark.parametrize("kind", ["skills", "assignment", "staffing"])
def test_a_special_payment_enters_no_base_of_pay(kind: str) -> None:
    assert special("3000.00", kind=kind) == Decimal("3000.00")
    promoted = promote(
        62_000,
        minimum=64_500,
        maximum=98_400,
        percent=Decimal("0.08"),
        current_maximum=70_000,
        retained=False,
    )
    assert promoted.basic == 66_960  # with the payment it would be 70,200


@pytest.mark.parametrize("amount", ["0", "-1", "100.005"])
def test_a_special_payment_is_a_positive_amount_in_cents(amount: str) -> None:
    with pytest.raises(Refused) as refused:
        special(amount)
    assert (refused.value.code, refused.value.citation) == ("invalid_input", "9701.362")


@pytest.mark.parametrize(("kind", "schedule"), [("bonus", "lump_sum"), ("skills", "monthly")])
def test_another_kind_or_schedule_is_refused(kind: str, schedule: str) -> None:
    with pytest.raises(Refused) as refused:
        special("100", kind=kind, schedule=schedule)
    assert refused.value.code == "invalid_parameter"


@pytest.mark.parametrize(
    ("first", "last", "accrued"),
    [
        (date(2006, 12, 24), date(2008, 1, 1), "115.00"),
        (date(2007, 1, 7), date(2007, 1, 20), "115.00"),
        (date(2007, 1, 7), date(2007, 1, 16), "82.14"),  # 10 of 14 days, 82.142...
        (date(2007, 1, 20), date(2007, 6, 1), "8.21"),
        (date(2007, 1, 21), date(2007, 6, 1), "0.00"),
        (date(2006, 12, 1), date(2007, 1, 6), "0.00"),
    ],
)
def test_a_payment_that_ends_within_a_period_accrues_to_its_end(
    first: date, last: date, accrued: str
) -> None:
    found = accrued_in_period(
        Decimal("115.00"), period_start=date(2007, 1, 7), first=first, last=last
    )
    assert found == Decimal(accrued)


def test_a_payment_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refused):
        accrued_in_period(
            Decimal(1),
            period_start=date(2007, 1, 7),
            first=date(2007, 1, 8),
            last=date(2007, 1, 7),
        )


@pytest.mark.parametrize(
    ("limit", "over"), [(155_000, "0"), (154_999, "1"), (180_100, "0"), (150_000, "5000")]
)
def test_a_payment_over_the_cap_counts_only_toward_the_aggregate_limit(
    limit: int, over: str
) -> None:
    found = aggregate_total(150_000, payments=[Decimal("2000.00"), Decimal(3_000)], limit=limit)
    assert found == AggregateTotal(total=Decimal(155_000), over=Decimal(over))


@pytest.mark.paragraph("9701.352#1")
@pytest.mark.parametrize(
    ("previous", "ceiling"), [(58_200, 58_200), (75_000, 70_000), (39_000, 41_111)]
)
def test_a_highest_previous_rate_is_the_ceiling_of_a_chosen_rate(
    previous: int, ceiling: int
) -> None:
    start = starting_rate(ceiling, minimum=41_111, maximum=70_000, highest_previous_rate=previous)
    assert start.basic == ceiling
    with pytest.raises(Refused) as refused:
        starting_rate(ceiling + 1, minimum=41_111, maximum=70_000, highest_previous_rate=previous)
    assert refused.value.code == "above_band_maximum"


@pytest.mark.paragraph("9701.352#2")
@pytest.mark.parametrize(("includes", "rate"), [(False, 58_200), (True, 65_475)])
def test_locality_pay_counts_in_a_previous_rate_only_where_approved(
    includes: bool, rate: int
) -> None:
    found = highest_previous_rate(
        58_200, locality_percent=Decimal("12.5"), includes_locality=includes
    )
    assert found == rate


def nafi(hourly: str, *, maximum: int = 70_000, allowed: bool = False) -> StartingRate:
    return nafi_rate(Decimal(hourly), minimum=41_111, maximum=maximum, retention_allowed=allowed)


@pytest.mark.paragraph("9701.352#3")
@pytest.mark.parametrize(
    ("hourly", "basic"),
    [("23.17", 48_356), ("19.00", 41_111), ("33.54", 69_998)],
)
def test_the_rate_of_a_converted_nafi_position_must_be_used(hourly: str, basic: int) -> None:
    assert nafi(hourly) == StartingRate(basic, False)


@pytest.mark.paragraph("9701.352#3")
def test_a_nafi_rate_above_the_maximum_is_retained_only_by_directive() -> None:
    assert nafi("33.55", allowed=True) == StartingRate(70_019, True)
    assert nafi("33.55", maximum=70_019) == StartingRate(70_019, False)
    with pytest.raises(Refused) as refused:
        nafi("33.55")
    assert refused.value.code == "above_band_maximum"
    with pytest.raises(Refused):
        nafi("0")


@pytest.mark.paragraph("9701.357(e)")
@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (70_000, None),
        (41_111, None),
        (70_001, "invalid_range"),
        (41_110, "invalid_range"),
        (None, "parameter_missing"),
    ],
)
def test_a_representative_rate_lies_in_its_range(rate: int | None, code: str | None) -> None:
    if code is None:
        assert representative_rate(rate, minimum=41_111, maximum=70_000) == rate
        return
    with pytest.raises(Refused) as refused:
        representative_rate(rate, minimum=41_111, maximum=70_000)
    assert refused.value.code == code


@pytest.mark.paragraph("9701.357(d)")
def test_the_loss_of_a_special_supplement_does_not_cut_basic_pay() -> None:
    locality, category = Decimal("12.5"), Decimal(18)
    moved = lateral_rate(55_000, minimum=41_111, maximum=70_000, retention_eligible=False)
    assert (moved.basic, moved.retained) == (55_000, False)
    before = select_supplement(locality=locality, special=[category], tie="locality")
    after = select_supplement(locality=locality, special=[], tie="locality")
    assert uncapped_adjusted(55_000, percent=before.percent) == 64_900
    assert uncapped_adjusted(moved.basic, percent=after.percent) == 61_875


def moving(basic: int, *, percent: str = "6", target: str = "GS-0343-14") -> IncreaseBeforeMove:
    return increase_before_gs_move(basic, percent=Decimal(percent), maximum=70_000, target=target)


@pytest.mark.paragraph("9701.357(f)")
@pytest.mark.parametrize(
    ("basic", "new", "lost"),
    [(55_000, 58_300, 0), (69_500, 70_000, 3_670), (75_000, 75_000, 4_500)],
)
def test_an_increase_before_a_move_to_the_general_schedule_stops_at_the_maximum(
    basic: int, new: int, lost: int
) -> None:
    assert moving(basic) == IncreaseBeforeMove(new, lost)


@pytest.mark.paragraph("9701.357(f)")
def test_an_increase_before_a_move_needs_its_target_and_a_percentage() -> None:
    with pytest.raises(Refused) as refused:
        moving(55_000, target=" ")
    assert refused.value.code == "reason_required"
    with pytest.raises(Refused) as refused:
        moving(55_000, percent="0")
    assert refused.value.code == "invalid_input"


@given(st.decimals(min_value="0.01", max_value="71", places=2), st.booleans())
def test_a_nafi_rate_is_never_below_the_range_nor_above_it_but_retained(
    hourly: Decimal, allowed: bool
) -> None:
    try:
        result = nafi(str(hourly), allowed=allowed)
    except Refused:
        assert not allowed
        assert hourly * 2087 > 70_000
        return
    assert result.basic >= 41_111
    assert result.retained is (result.basic > 70_000)
