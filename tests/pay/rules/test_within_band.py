"""R21, R22 and R24: reductions and special increases in the band, and starting pay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.special_increase import increase_within_band
from pay.rules.starting_pay import starting_rate
from pay.rules.within_band_reduction import lowest_permitted, reduce_within_band
from regulation.refusals import Refused


@pytest.mark.paragraph("9701.343#2")
@pytest.mark.parametrize(
    ("basic", "minimum", "lowest"),
    [(55_006, 42_139, 49_506), (45_556, 42_139, 42_139), (60_000, 42_139, 54_000)],
)
def test_the_lowest_rate_is_ten_percent_less_and_not_under_the_minimum(
    basic: int, minimum: int, lowest: int
) -> None:
    assert lowest_permitted(basic, minimum=minimum) == lowest


def reduce(basic: int, proposed: int, *, reason: str = "conduct", retained: bool = False) -> Any:
    return reduce_within_band(
        basic,
        proposed=proposed,
        minimum=42_139,
        maximum=70_000,
        retained=retained,
        reason=reason,
    )


@pytest.mark.paragraph("9701.343#1")
@pytest.mark.paragraph("9701.343#2")
@pytest.mark.parametrize(
    ("basic", "proposed", "reason", "code"),
    [
        (60_000, 54_000, "conduct", None),
        (60_000, 53_999, "conduct", "reduction_over_10"),
        (60_000, 59_999, "unacceptable_performance", None),
        (60_000, 60_000, "conduct", "no_effect"),
        (55_006, 49_506, "conduct", None),
        (55_006, 49_505, "conduct", "reduction_over_10"),
        (45_556, 42_139, "conduct", None),
        (45_556, 42_138, "conduct", "below_band_minimum"),
        (42_139, 42_138, "conduct", "below_band_minimum"),
        (41_111, 40_000, "conduct", "below_band_minimum"),
        (60_000, 57_000, "budget", "not_adverse_action"),
    ],
)
def test_one_action_takes_at_most_ten_percent(
    basic: int, proposed: int, reason: str, code: str | None
) -> None:
    if code is None:
        assert reduce(basic, proposed, reason=reason).basic == proposed
        return
    with pytest.raises(Refused) as refused:
        reduce(basic, proposed, reason=reason)
    assert refused.value.code == code


@pytest.mark.parametrize(("proposed", "retained"), [(70_000, False), (70_001, True)])
def test_a_reduced_retained_rate_is_retained_only_above_the_maximum(
    proposed: int, retained: bool
) -> None:
    assert reduce(75_000, proposed, retained=True).retained is retained


@given(st.integers(42_140, 150_000))
def test_the_lowest_rate_never_cuts_more_than_ten_percent(basic: int) -> None:
    lowest = lowest_permitted(basic, minimum=42_139)
    assert 10 * lowest >= 9 * basic
    assert lowest == 42_139 or 10 * (lowest - 1) < 9 * basic


def increase(basic: int, **changed: Any) -> Any:
    arguments: dict[str, Any] = {
        "maximum": 70_000,
        "amount": None,
        "percent": None,
        "reason": "exceptional_skills",
        "listed_reasons": ["exceptional_skills", "other"],
        "entry_developmental": False,
        "unacceptable": False,
    }
    return increase_within_band(basic, **(arguments | changed))


@pytest.mark.paragraph("9701.344#1")
@pytest.mark.parametrize(
    ("basic", "asked", "new", "lost"),
    [
        (60_000, {"percent": Decimal(4)}, 62_400, 0),
        (67_545, {"amount": 3_000}, 70_000, 545),
        (67_000, {"amount": 3_000}, 70_000, 0),
        (69_999, {"amount": 1}, 70_000, 0),
        (60_013, {"percent": Decimal("2.5")}, 61_513, 0),
    ],
)
def test_a_special_increase_stops_at_the_maximum(
    basic: int, asked: dict[str, Any], new: int, lost: int
) -> None:
    result = increase(basic, **asked)
    assert (result.basic, result.lost) == (new, lost)


@pytest.mark.paragraph("9701.344#1")
@pytest.mark.paragraph("9701.344#2")
@pytest.mark.parametrize(
    ("basic", "changed", "code"),
    [
        (70_000, {"amount": 1}, "no_effect"),
        (75_000, {"amount": 1}, "no_effect"),
        (40_000, {"amount": 1, "entry_developmental": True}, "entry_band_excluded"),
        (60_000, {"amount": 1, "reason": "length_of_service"}, "length_of_service"),
        (60_000, {"amount": 1, "reason": "tenure"}, "length_of_service"),
        (60_000, {"amount": 1, "reason": "time_in_grade"}, "length_of_service"),
        (60_000, {"amount": 1, "reason": "charm"}, "reason_required"),
        (60_000, {"amount": 1, "unacceptable": True}, "not_eligible"),
        (60_000, {}, "invalid_input"),
        (60_000, {"amount": 1, "percent": Decimal(1)}, "invalid_input"),
        (60_000, {"amount": 0}, "invalid_input"),
        (60_000, {"percent": Decimal(-1)}, "invalid_input"),
        (60_000, {"percent": Decimal("0.0001")}, "no_effect"),
    ],
)
def test_a_special_increase_that_the_text_excludes_is_refused(
    basic: int, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        increase(basic, **changed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("basic", "code"),
    [
        (41_111, None),
        (41_110, "below_band_minimum"),
        (70_000, None),
        (70_001, "above_band_maximum"),
    ],
)
def test_pay_begins_inside_the_range(basic: int, code: str | None) -> None:
    if code is None:
        result = starting_rate(basic, minimum=41_111, maximum=70_000)
        assert (result.basic, result.retained) == (basic, False)
        return
    with pytest.raises(Refused) as refused:
        starting_rate(basic, minimum=41_111, maximum=70_000)
    assert refused.value.code == code
