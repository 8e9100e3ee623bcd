"""R20, and the end of a temporary promotion of R27: missed changes replayed one by one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.demotion import DemotionResult, PermanentRate, demote
from pay.rules.denied_increase import Denial
from pay.rules.missed_events import (
    MissedDevelopmental,
    MissedEvent,
    MissedPayout,
    MissedRangeAdjustment,
    replayed_events,
)
from pay.rules.range_change import RangeChange
from pay.rules.return_to_duty import return_to_duty

FIRST = date(2007, 1, 7)
SECOND = date(2008, 1, 6)
RANGE_2007 = RangeChange(41_111, 70_000, 42_139, 71_750)
RANGE_2008 = RangeChange(42_139, 71_750, 43_403, 73_903)


def adjusted(on: date, change: RangeChange, *, denied: bool = False) -> MissedRangeAdjustment:
    return MissedRangeAdjustment(effective=on, change=change, denied=denied)


def paid(on: date, percent: str, *, points: int, maximum: int) -> MissedPayout:
    return MissedPayout(
        effective=on,
        mode="fixed_percent",
        value=Decimal(percent),
        points=Decimal(points),
        proration=Fraction(1),
        maximum=maximum,
    )


def two_cycles(points: int) -> list[MissedEvent]:
    """The payouts stand before the range adjustments of their day: the order must be R39's."""
    return [
        paid(FIRST, "1.25", points=points, maximum=71_750),
        paid(SECOND, "1.00", points=points, maximum=73_903),
        adjusted(SECOND, RANGE_2008),
        adjusted(FIRST, RANGE_2007),
    ]


@pytest.mark.paragraph("9701.342(f)#2")
@pytest.mark.paragraph("9701.342(f)#3")
@pytest.mark.paragraph("9701.342(f)#4")
@pytest.mark.parametrize(
    ("points", "rates"),
    [
        (2, [51_250, 52_531, 54_107, 55_189]),  # last rating EE
        (1, [51_250, 51_891, 53_448, 53_982]),  # no rating: modal ME in both cycles
        (0, [51_250, 51_250, 52_787, 52_787]),  # last rating U: payouts zero, ranges pass R4
    ],
)
def test_every_missed_change_is_replayed_on_its_own_date(points: int, rates: list[int]) -> None:
    events = two_cycles(points)
    assert [step.basic for step in replayed_events(50_000, retained=False, events=events)] == rates
    result = return_to_duty(50_000, retained=False, events=events)
    assert (result.basic, result.retained, result.withheld) == (rates[-1], False, ())


@pytest.mark.paragraph("9701.342(f)#2")
def test_what_a_maximum_cuts_off_is_not_paid() -> None:
    events: list[MissedEvent] = [
        adjusted(FIRST, RANGE_2007),
        paid(FIRST, "1.25", points=2, maximum=71_750),
    ]
    first, second = replayed_events(69_800, retained=False, events=events)
    assert (first.basic, second.basic, second.not_paid) == (71_545, 71_750, 1_584)
    assert return_to_duty(69_800, retained=False, events=events).not_paid == 1_584


@pytest.mark.paragraph("9701.342(f)#1")
def test_nothing_missed_leaves_the_rate_of_departure() -> None:
    result = return_to_duty(50_000, retained=False, events=[])
    assert (result.basic, result.withheld, result.not_paid) == (50_000, (), 0)


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_denial_of_the_absence_is_open_on_return() -> None:
    events: list[MissedEvent] = [
        adjusted(FIRST, RANGE_2007, denied=True),
        adjusted(SECOND, RANGE_2008),
    ]
    result = return_to_duty(50_000, retained=False, events=events)
    # 50,000 x 43,403 / 42,139 = 51,499.79
    assert result.basic == 51_500
    assert result.withheld == (Denial(Fraction(1_028, 41_111), FIRST),)


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_retained_rate_gets_half_and_no_payout() -> None:
    events: list[MissedEvent] = [
        adjusted(FIRST, RANGE_2007),
        paid(FIRST, "1.25", points=2, maximum=71_750),
    ]
    result = return_to_duty(75_000, retained=True, events=events)
    assert (result.basic, result.retained) == (75_938, True)


@pytest.mark.paragraph("9701.342(f)#2")
@pytest.mark.parametrize(
    ("amount", "percent", "new"),
    [(None, "6", 36_040), (2_000, None, 36_000), (None, "40", 44_000)],
)
def test_a_developmental_step_is_credited_as_the_directive_says(
    amount: int | None, percent: str | None, new: int
) -> None:
    step = MissedDevelopmental(
        effective=FIRST,
        amount=amount,
        percent=Decimal(percent) if percent else None,
        maximum=44_000,
    )
    assert return_to_duty(34_000, retained=False, events=[step]).basic == new


@given(
    st.integers(41_111, 70_000),
    st.permutations(two_cycles(2)),
)
def test_the_order_in_which_events_are_told_does_not_matter(
    basic: int, events: list[MissedEvent]
) -> None:
    result = return_to_duty(basic, retained=False, events=events)
    assert result == return_to_duty(basic, retained=False, events=two_cycles(2))
    assert basic <= result.basic <= 73_903


def ended(
    permanent: PermanentRate, *, minimum: int = 42_139, maximum: int = 71_750
) -> DemotionResult:
    return demote(
        80_000,
        basis="temporary_promotion_ended",
        proposed=None,
        minimum=minimum,
        maximum=maximum,
        retention_eligible=False,
        permanent=permanent,
    )


@pytest.mark.paragraph("9701.354#3")
def test_a_temporary_promotion_that_ends_leaves_the_rate_as_if_it_had_never_been() -> None:
    events: list[MissedEvent] = [
        adjusted(FIRST, RANGE_2007),
        paid(FIRST, "1.25", points=2, maximum=71_750),
    ]
    assert ended(PermanentRate(50_000, False, events)) == DemotionResult(52_531, False)
    assert ended(PermanentRate(50_000, False, [])) == DemotionResult(50_000, False)


@pytest.mark.parametrize(
    ("before", "retained", "denied", "new", "kept"),
    [
        (75_000, True, False, 75_938, True),  # a retained rate is retained again
        (41_500, False, False, 42_538, False),
        (41_500, False, True, 41_500, False),  # a denial leaves it below the minimum
    ],
)
def test_the_rate_stands_to_the_range_as_it_would_have(
    before: int, retained: bool, denied: bool, new: int, kept: bool
) -> None:
    events: list[MissedEvent] = [adjusted(FIRST, RANGE_2007, denied=denied)]
    assert ended(PermanentRate(before, retained, events)) == DemotionResult(new, kept)


def test_without_the_range_adjustment_told_the_minimum_and_maximum_still_hold() -> None:
    assert ended(PermanentRate(41_500, False, [])) == DemotionResult(42_139, False)
    assert ended(PermanentRate(72_000, False, [])) == DemotionResult(71_750, False)
