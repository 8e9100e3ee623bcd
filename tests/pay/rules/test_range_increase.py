"""R3, R5 and R6: the minimum's percentage and what it does to a rate."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.range_change import check_range, default_effective_date
from pay.rules.range_increase import RangeChange, range_increase
from regulation.money import half_up_dollar
from regulation.pay_periods import PayCalendar
from regulation.refusals import Refused

FP = RangeChange(41_111, 70_000, 42_139, 71_750)
ED = RangeChange(30_000, 44_000, 31_000, 45_500)


@pytest.mark.paragraph("9701.323(a)#1")
@pytest.mark.parametrize(
    ("change", "percentage", "shown"),
    [
        (FP, Fraction(1_028, 41_111), "2.500547"),
        (ED, Fraction(1, 30), "3.333333"),
        (RangeChange(41_111, 70_000, 41_111, 77_000), Fraction(0), "0.000000"),
        (RangeChange(41_111, 70_000, 40_000, 70_000), Fraction(0), "0.000000"),
    ],
)
def test_the_percentage_is_the_exact_ratio_of_the_minimums(
    change: RangeChange, percentage: Fraction, shown: str
) -> None:
    assert change.percentage == percentage
    assert f"{float(percentage * 100):.6f}" == shown


@pytest.mark.paragraph("9701.322(d)")
@pytest.mark.parametrize(
    ("new_maximum", "lags"), [(71_749, True), (71_750, True), (71_751, False), (77_000, False)]
)
def test_a_maximum_that_rises_by_less_than_the_minimum_is_warned_of(
    new_maximum: int, lags: bool
) -> None:
    # 71,750 is 2.5 percent, a hair under the minimum's 2.500547 percent.
    assert RangeChange(41_111, 70_000, 42_139, new_maximum).maximum_lags is lags


@pytest.mark.parametrize(
    ("year", "effective"),
    [(2006, date(2006, 1, 8)), (2007, date(2007, 1, 7)), (2012, date(2012, 1, 1))],
)
def test_a_range_adjustment_begins_by_default_with_the_first_period_of_january(
    year: int, effective: date
) -> None:
    assert default_effective_date(year, calendar=PayCalendar()) == effective


@pytest.mark.paragraph("9701.323(a)#1")
@pytest.mark.paragraph("9701.323(a)#4")
@pytest.mark.parametrize(
    ("basic", "change", "new", "outcome", "lost"),
    [
        (55_000, FP, 56_375, "increased", 0),
        (41_111, FP, 42_139, "increased", 0),
        (30_000, ED, 31_000, "increased", 0),
        (69_500, RangeChange(41_111, 70_000, 42_139, 70_350), 70_350, "cut_at_maximum", 888),
        (69_500, FP, 71_238, "increased", 0),
        (70_000, FP, 71_750, "increased", 0),
        (55_000, RangeChange(41_111, 70_000, 41_111, 77_000), 55_000, "unchanged", 0),
        (70_000, RangeChange(41_111, 70_000, 42_139, 70_000), 70_000, "cut_at_maximum", 1_750),
        (55_000, RangeChange(41_111, 70_000, 40_000, 70_000), 55_000, "unchanged", 0),
        # An older denial left the rate below the minimum; this gate passes: 357(a) lifts it.
        (40_000, FP, 42_139, "increased", 0),
    ],
)
def test_a_rate_in_the_range_rises_with_the_minimum_up_to_the_maximum(
    basic: int, change: RangeChange, new: int, outcome: str, lost: int
) -> None:
    result = range_increase(basic, change=change, retained=False, denied=False)
    assert (result.basic, result.retained) == (new, False)
    assert result.outcome == outcome
    assert (result.lost, result.withheld) == (lost, Fraction(0))
    assert result.below_minimum is False


@pytest.mark.parametrize("denied", [True, False])
def test_a_lowered_maximum_lowers_nobody_but_makes_the_rate_a_retained_one(denied: bool) -> None:
    lowered = RangeChange(41_111, 71_000, 41_111, 70_000)
    over = range_increase(70_001, change=lowered, retained=False, denied=denied)
    at = range_increase(70_000, change=lowered, retained=False, denied=denied)
    assert (over.basic, over.retained) == (70_001, True)
    assert (at.basic, at.retained) == (70_000, False)


def test_a_rate_over_a_lowered_maximum_loses_the_increase_but_no_pay() -> None:
    change = RangeChange(41_111, 71_000, 42_139, 70_000)
    result = range_increase(70_500, change=change, retained=False, denied=False)
    assert (result.basic, result.retained, result.outcome) == (70_500, True, "cut_at_maximum")
    assert result.lost == 72_263 - 70_500


@pytest.mark.paragraph("9701.323(a)#3")
@pytest.mark.paragraph("9701.356(c)")
@pytest.mark.parametrize(
    ("rate", "change", "new", "retained"),
    [
        (75_000, FP, 75_938, True),
        (70_500, RangeChange(41_111, 70_000, 42_139, 77_000), 71_381, False),
        (70_001, RangeChange(69_000, 70_000, 72_000, 90_000), 72_000, False),
        (75_000, RangeChange(41_111, 70_000, 41_111, 74_999), 75_000, True),
        (75_000, RangeChange(41_111, 70_000, 41_111, 75_000), 75_000, False),
    ],
)
def test_a_retained_rate_gets_half_the_percentage_and_no_ceiling(
    rate: int, change: RangeChange, new: int, retained: bool
) -> None:
    result = range_increase(rate, change=change, retained=True, denied=False)
    assert (result.basic, result.retained) == (new, retained)
    assert result.lost == 0


@pytest.mark.paragraph("9701.356(c)")
def test_the_old_maximum_itself_is_not_retained_and_gets_the_full_percentage() -> None:
    raised = RangeChange(41_111, 70_000, 42_139, 77_000)
    assert range_increase(70_000, change=raised, retained=False, denied=False).basic == 71_750
    assert range_increase(70_500, change=raised, retained=True, denied=False).basic == 71_381


@pytest.mark.paragraph("9701.323(c)#1")
@pytest.mark.parametrize(
    ("basic", "retained", "withheld", "below"),
    [
        (55_000, False, FP.percentage, False),
        (42_139, False, FP.percentage, False),
        (42_138, False, FP.percentage, True),
        (41_111, False, FP.percentage, True),
        (75_000, True, FP.percentage / 2, False),
    ],
)
def test_a_denial_leaves_the_rate_and_withholds_the_exact_percentage(
    basic: int, retained: bool, withheld: Fraction, below: bool
) -> None:
    result = range_increase(basic, change=FP, retained=retained, denied=True)
    assert (result.basic, result.retained, result.outcome) == (basic, retained, "denied")
    assert result.withheld == withheld
    assert (result.below_minimum, result.lost) == (below, 0)


def test_a_denied_retained_rate_inside_the_raised_range_is_retained_no_longer() -> None:
    change = RangeChange(41_111, 70_000, 42_139, 77_000)
    result = range_increase(70_500, change=change, retained=True, denied=True)
    assert (result.basic, result.retained) == (70_500, False)


@pytest.mark.parametrize(
    ("minimum", "maximum", "code"),
    [
        (41_111, 150_000, None),
        (41_111, 150_001, "above_executive_level"),
        (41_111, 41_111, "invalid_range"),
        (0, 41_111, "invalid_range"),
    ],
)
def test_a_range_runs_from_a_lower_to_a_higher_rate_under_the_cap(
    minimum: int, maximum: int, code: str | None
) -> None:
    if code is None:
        check_range(minimum, maximum=maximum, cap=150_000)
        return
    with pytest.raises(Refused) as refused:
        check_range(minimum, maximum=maximum, cap=150_000)
    assert refused.value.code == code


@st.composite
def changes(draw: st.DrawFn) -> RangeChange:
    old_minimum = draw(st.integers(15_000, 120_000))
    new_minimum = draw(st.integers(15_000, 140_000))
    return RangeChange(
        old_minimum,
        old_minimum + draw(st.integers(1, 80_000)),
        new_minimum,
        new_minimum + draw(st.integers(1, 80_000)),
    )


@given(changes())
def test_an_employee_at_the_minimum_lands_exactly_on_the_new_one(change: RangeChange) -> None:
    result = range_increase(change.old_minimum, change=change, retained=False, denied=False)
    if change.new_minimum >= change.old_minimum:
        assert (result.basic, result.retained) == (change.new_minimum, False)


@given(changes(), st.data(), st.booleans())
def test_nobody_loses_basic_pay_by_a_range_increase(
    change: RangeChange, data: st.DataObject, denied: bool
) -> None:
    basic = data.draw(st.integers(change.old_minimum, change.old_maximum + 30_000))
    retained = basic > change.old_maximum
    result = range_increase(basic, change=change, retained=retained, denied=denied)
    assert result.basic >= basic
    assert result.retained is (result.basic > change.new_maximum)
    if not denied:
        assert result.basic >= change.new_minimum
        if not retained:
            full = max(half_up_dollar(basic * (1 + change.percentage)), change.new_minimum)
            assert result.basic + result.lost == full
            assert result.basic <= max(basic, change.new_maximum)
