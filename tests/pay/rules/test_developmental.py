"""R23: steps of the progression plan, and the programs of new supervisors."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.developmental import (
    DevelopmentalStep,
    Pace,
    developmental_step,
    supervisor_factor,
)
from pay.rules.payout import payout
from regulation.refusals import Refused

POINTS = ("interviewing", "report writing")


def step(
    basic: int,
    *,
    amount: int | None = None,
    percent: str | None = None,
    certified: Sequence[str] = POINTS,
    entry: bool = True,
    unacceptable: bool = False,
    pace: Pace | None = None,
) -> DevelopmentalStep:
    return developmental_step(
        basic,
        amount=amount,
        percent=Decimal(percent) if percent else None,
        points=POINTS,
        certified=certified,
        maximum=44_000,
        entry_developmental=entry,
        unacceptable=unacceptable,
        pace=pace,
    )


@pytest.mark.paragraph("9701.345#1")
@pytest.mark.parametrize(
    ("basic", "amount", "percent", "new", "lost"),
    [
        (34_000, None, "6", 36_040, 0),
        (43_000, None, "6", 44_000, 1_580),
        (34_000, 2_500, None, 36_500, 0),
        (34_025, None, "6", 36_067, 0),  # 36,066.5
        (44_000, None, "6", 44_000, 2_640),
        (45_000, 1_000, None, 45_000, 1_000),  # a retained rate keeps what it has
    ],
)
def test_a_certified_step_raises_basic_pay_up_to_the_maximum(
    basic: int, amount: int | None, percent: str | None, new: int, lost: int
) -> None:
    assert step(basic, amount=amount, percent=percent) == DevelopmentalStep(new, lost)


@pytest.mark.paragraph("9701.345#1")
@pytest.mark.paragraph("9701.345#2")
def test_time_alone_releases_no_step() -> None:
    with pytest.raises(Refused, match="report writing") as refused:
        step(34_000, percent="6", certified=POINTS[:1], pace=Pace(18, 18, ""))
    assert refused.value.code == "not_eligible"


@pytest.mark.paragraph("9701.345#1")
def test_other_bands_and_unacceptable_performance_have_no_step() -> None:
    with pytest.raises(Refused, match="Entry/Developmental") as refused:
        step(34_000, percent="6", entry=False)
    assert refused.value.code == "not_eligible"
    with pytest.raises(Refused, match="unacceptable"):
        step(34_000, percent="6", unacceptable=True)


@pytest.mark.paragraph("9701.345#2")
@pytest.mark.parametrize(
    ("months", "reason", "allowed"),
    [(18, "", True), (17, " ", False), (19, "", False), (17, "learned fast", True)],
)
def test_a_step_before_or_after_its_standard_time_needs_a_reason(
    months: int, reason: str, allowed: bool
) -> None:
    pace = Pace(months_served=months, standard_months=18, reason=reason)
    if allowed:
        assert step(34_000, percent="6", pace=pace).basic == 36_040
        return
    with pytest.raises(Refused) as refused:
        step(34_000, percent="6", pace=pace)
    assert refused.value.code == "reason_required"


@pytest.mark.parametrize(
    ("amount", "percent"), [(None, None), (1_000, "6"), (0, None), (-5, None), (None, "-6")]
)
def test_a_step_is_one_positive_amount_or_percentage(
    amount: int | None, percent: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        step(34_000, amount=amount, percent=percent)
    assert refused.value.code == "invalid_input"


@pytest.mark.paragraph("9701.346#2")
@pytest.mark.parametrize(
    ("complete", "factor", "points", "amount"),
    [
        (False, "0.5", 2, 2_272),
        (True, "0.5", 2, 4_545),
        (False, None, 2, 4_545),
        (False, "0.5", 0, 0),  # rated unacceptable
        (False, "1", 0, 0),
    ],
)
def test_a_new_supervisors_program_may_lower_a_payout(
    complete: bool, factor: str | None, points: int, amount: int
) -> None:
    part = supervisor_factor(complete=complete, factor=Decimal(factor) if factor else None)
    result = payout(
        55_000,
        mode="share_dollar",
        value=Decimal("2272.72"),
        points=Decimal(points),
        proration=part,
        maximum=70_000,
        excess_lump=True,
    )
    assert result.amount == amount


@pytest.mark.paragraph("9701.346#2")
@pytest.mark.parametrize("factor", ["-0.1", "1.01"])
def test_a_factor_is_from_zero_to_one(factor: str) -> None:
    with pytest.raises(Refused) as refused:
        supervisor_factor(complete=False, factor=Decimal(factor))
    assert refused.value.code == "invalid_parameter"
    assert supervisor_factor(complete=False, factor=Decimal(0)) == Fraction(0)


@given(st.integers(20_000, 60_000), st.integers(1, 30_000))
def test_a_step_never_lowers_pay_nor_passes_the_maximum(basic: int, amount: int) -> None:
    result = step(basic, amount=amount)
    assert result.basic >= basic
    assert result.basic <= max(44_000, basic)
    assert result.basic + result.lost == basic + amount
