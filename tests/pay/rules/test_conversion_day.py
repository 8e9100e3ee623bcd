"""R33, R34 and R35: the day of conversion, the buy-in, and the career ladder afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.buy_in import BuyIn, within_grade_buy_in
from pay.rules.career_ladder import (
    LadderResult,
    LadderStep,
    equivalents_still_due,
    ladder_equivalent,
)
from pay.rules.conversion import convert
from pay.rules.conversion_day import FormerAction, FormerPay, plan_conversion_day
from pay.rules.promotion import promote
from pay.rules.supplement import uncapped_adjusted
from regulation.refusals import Refused

CURRENT, NEXT = 50_000, 51_600


def buy_in(
    days: int,
    *,
    step: int = 5,
    system: str = "GS",
    next_step: int | None = NEXT,
    retained: bool = False,
    acceptable: bool = True,
    mode: str = "pro_rata_days",
) -> BuyIn:
    return within_grade_buy_in(
        CURRENT,
        system=system,
        step=step,
        next_step=next_step,
        days_served=days,
        retained=retained,
        acceptable=acceptable,
        mode=mode,
    )


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.paragraph("9701.373:preamble-wgi")
@pytest.mark.parametrize(
    ("step", "days", "amount", "due"),
    [
        (5, 400, 879, False),
        (5, 727, 1_598, False),
        (5, 728, 0, True),
        (5, 0, 0, False),
        (1, 363, 1_596, False),
        (3, 364, 0, True),
        (7, 364, 533, False),  # 533.33
        (9, 1_091, 1_599, False),  # 1,598.53
        (9, 1_092, 0, True),
    ],
)
def test_the_days_served_toward_the_next_step_are_bought_in(
    step: int, days: int, amount: int, due: bool
) -> None:
    basic = NEXT if due else CURRENT + amount
    assert buy_in(days, step=step) == BuyIn(basic, amount, due)


@pytest.mark.paragraph("9701.373:preamble-wgi")
def test_no_time_is_credited_where_no_step_would_have_come() -> None:
    nothing = BuyIn(CURRENT, 0, False)
    assert buy_in(400, step=10) == nothing
    assert buy_in(400, next_step=None) == nothing
    assert buy_in(400, retained=True) == nothing
    assert buy_in(800, acceptable=False) == nothing
    assert buy_in(400, mode="none") == nothing


def test_wage_grades_wait_their_own_time() -> None:
    assert buy_in(91, system="FWS", step=1).amount == 800
    assert buy_in(182, system="FWS", step=1).step_due is True


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.parametrize("system", ["SES", "SL", "ST"])
def test_only_the_general_schedule_and_wage_grades_have_it(system: str) -> None:
    with pytest.raises(Refused) as refused:
        buy_in(400, system=system)
    assert refused.value.code == "not_eligible"


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(Refused):
        buy_in(-1)
    with pytest.raises(Refused):
        buy_in(400, next_step=CURRENT)
    with pytest.raises(Refused) as refused:
        buy_in(400, mode="all")
    assert refused.value.code == "invalid_parameter"


def former(
    *,
    basic: int = CURRENT,
    locality: str | None = "12.5",
    special_rate: int | None = None,
    system: str = "GS",
    step: int | None = 5,
    days: int = 0,
    same_day: Sequence[FormerAction] = (),
    temporary_total: int | None = None,
) -> FormerPay:
    return FormerPay(
        system=system,
        basic=basic,
        locality_percent=Decimal(locality) if locality else None,
        special_rate=special_rate,
        step=step,
        next_step=basic + 1_600,
        days_served=days,
        retained=False,
        acceptable=True,
        same_day=same_day,
        temporary_total=temporary_total,
    )


def planned(pay: FormerPay) -> tuple[int, int, list[tuple[int, str, int]]]:
    day = plan_conversion_day(pay, buy_in="pro_rata_days")
    return day.total, day.buy_in, [(step.block, step.kind, step.total) for step in day.steps]


def converted(total: int) -> int:
    return convert(
        total,
        percent=Decimal("12.5"),
        minimum=41_111,
        maximum=70_000,
        retained_mode="full",
        cap=150_000,
        former_basic=None,
    ).basic


@pytest.mark.paragraph("9701.373(a)")
def test_without_anything_else_the_former_total_is_converted() -> None:
    assert planned(former()) == (56_250, 0, [(4, "conversion", 56_250)])
    special = former(locality=None, special_rate=66_000)
    assert planned(special)[0] == 66_000
    assert planned(former(special_rate=55_000))[0] == 56_250  # locality pay is more


@pytest.mark.paragraph("9701.373(c)")
def test_a_promotion_of_the_day_comes_before_conversion() -> None:
    pay = former(basic=44_444, days=400, same_day=[FormerAction("promotion", 54_600)])
    total, credit, steps = planned(pay)
    assert (total, credit) == (54_600, 0)  # a promotion begins a new waiting time
    assert steps == [(1, "promotion", 54_600), (4, "conversion", 54_600)]
    assert converted(total) == 48_533
    # Converting 50,000 first and promoting by R25 would give 44,444 x 1.08, 48,000.
    assert converted(50_000) == 44_444


@pytest.mark.paragraph("9701.373(d)#1")
@pytest.mark.paragraph("9701.373(d)#2")
def test_a_temporary_promotion_ends_first_and_a_new_one_follows_this_parts_rules() -> None:
    pay = former(basic=67_556, step=None, temporary_total=90_000)
    total, _, steps = planned(pay)
    assert total == 76_001  # 67,556 with 12.5 percent
    assert steps == [
        (2, "return_to_position_of_record", 76_001),
        (4, "conversion", 76_001),
    ]
    basic = converted(76_000)
    assert basic == 67_556
    promoted = promote(
        basic,
        minimum=64_500,
        maximum=98_400,
        percent=Decimal("0.08"),
        current_maximum=70_000,
        retained=False,
    )
    assert promoted.basic == 72_961
    assert uncapped_adjusted(promoted.basic, percent=Decimal("12.5")) == 82_081


@pytest.mark.paragraph("9701.373(c)")
def test_a_move_of_the_day_counts_before_the_total_is_protected() -> None:
    moved = former(locality="20", same_day=[FormerAction("duty_station", 56_250)])
    assert planned(moved)[0] == 56_250


@pytest.mark.paragraph("9701.373(c)")
def test_an_action_not_processed_blocks_the_conversion() -> None:
    actions = [FormerAction("promotion", 54_600), FormerAction("duty_station", None)]
    with pytest.raises(Refused, match="duty_station") as refused:
        plan_conversion_day(former(same_day=actions), buy_in="none")
    assert refused.value.code == "record_incomplete"


@pytest.mark.paragraph("9701.373:preamble-wgi")
def test_the_buy_in_is_part_of_the_total_that_is_converted() -> None:
    total, credit, steps = planned(former(days=400))
    assert (total, credit) == (57_239, 879)
    assert steps == [(3, "buy_in", 57_239), (4, "conversion", 57_239)]
    assert converted(total) == 50_879


@pytest.mark.paragraph("9701.373:preamble-wgi")
def test_a_step_whose_waiting_time_is_over_is_a_former_action() -> None:
    assert planned(former(days=728)) == (
        58_050,
        0,
        [(1, "within_grade_increase", 58_050), (4, "conversion", 58_050)],
    )


def test_the_credit_is_added_to_what_the_day_left() -> None:
    raise_of_the_day = [FormerAction("general_increase", 57_500)]
    total, credit, steps = planned(former(days=400, same_day=raise_of_the_day))
    assert (total, credit) == (58_511, 879)  # 57,500 x 50,879 / 50,000 = 58,510.85
    assert [block for block, *_ in steps] == [1, 3, 4]
    total, credit, steps = planned(former(days=800, same_day=raise_of_the_day))
    assert (total, credit) == (59_340, 0)  # 57,500 x 51,600 / 50,000
    assert [kind for _, kind, _ in steps] == [
        "general_increase",
        "within_grade_increase",
        "conversion",
    ]


@given(st.integers(30_000, 100_000), st.integers(0, 1_091), st.integers(1, 10))
def test_a_credit_never_lowers_what_conversion_protects(basic: int, days: int, step: int) -> None:
    pay = former(basic=basic, days=days, step=step)
    with_credit = plan_conversion_day(pay, buy_in="pro_rata_days").total
    assert with_credit >= plan_conversion_day(pay, buy_in="none").total


@pytest.mark.paragraph("9701.373(c)")
def test_locality_pay_of_a_new_duty_station_goes_on_the_credit_too() -> None:
    moved = former(locality="20", days=400, same_day=[FormerAction("duty_station", 56_250)])
    assert planned(moved)[:2] == (57_239, 879)  # 56,250 x 50,879 / 50,000 = 57,238.9


@pytest.mark.paragraph("9701.373(c)")
def test_a_step_that_the_former_system_gave_that_day_is_not_given_again() -> None:
    given_step = former(days=728, same_day=[FormerAction("step_increase", 58_050)])
    assert planned(given_step)[:2] == (58_050, 0)


def test_who_is_under_neither_schedule_has_no_buy_in() -> None:
    assert planned(former(system="SL", days=400))[:2] == (56_250, 0)


def test_a_special_rate_takes_the_credit_too() -> None:
    pay = former(locality=None, special_rate=66_000, days=400)
    assert planned(pay)[:2] == (66_879, 879)


LADDER = LadderStep(on=date(2007, 6, 10), before=34_075, after=38_824)


def laddered(
    basic: int,
    *,
    step: LadderStep = LADDER,
    plan: date | None = None,
    eligible: bool = True,
    unacceptable: bool = False,
) -> LadderResult:
    return ladder_equivalent(
        basic,
        step=step,
        maximum=44_000,
        plan_effective=plan,
        eligible=eligible,
        unacceptable=unacceptable,
    )


@pytest.mark.paragraph("9701.373:preamble-ladder")
@pytest.mark.parametrize(
    ("basic", "new", "lost"),
    [(36_000, 41_017, 0), (42_000, 44_000, 3_853), (44_500, 44_500, 6_202)],
)
def test_a_ladders_promotion_has_its_equivalent(basic: int, new: int, lost: int) -> None:
    assert laddered(basic) == LadderResult(new, lost)


@pytest.mark.paragraph("9701.373:preamble-ladder")
@pytest.mark.parametrize(
    ("plan", "due"),
    [
        (None, True),
        (date(2007, 6, 11), True),
        (date(2007, 6, 10), False),
        (date(2007, 1, 7), False),
    ],
)
def test_from_its_own_day_on_the_progression_plan_governs(plan: date | None, due: bool) -> None:
    assert bool(equivalents_still_due([LADDER], plan_effective=plan)) is due
    if due:
        assert laddered(36_000, plan=plan).basic == 41_017
        return
    with pytest.raises(Refused) as refused:
        laddered(36_000, plan=plan)
    assert refused.value.code == "not_eligible"


@pytest.mark.paragraph("9701.373:preamble-ladder")
def test_what_the_ladder_required_is_still_required() -> None:
    with pytest.raises(Refused):
        laddered(36_000, eligible=False)
    with pytest.raises(Refused) as refused:
        laddered(36_000, unacceptable=True)
    assert refused.value.code == "not_eligible"


@pytest.mark.parametrize(("before", "after"), [(0, 38_824), (38_824, 38_824), (38_824, 34_075)])
def test_a_ladder_rises(before: int, after: int) -> None:
    with pytest.raises(Refused) as refused:
        laddered(36_000, step=LadderStep(LADDER.on, before, after))
    assert refused.value.code == "invalid_input"


@given(st.integers(0, 727), st.integers(0, 726))
def test_more_days_never_buy_less(first: int, second: int) -> None:
    fewer, more = sorted((first, second))
    assert buy_in(fewer).amount <= buy_in(more).amount < NEXT - CURRENT
