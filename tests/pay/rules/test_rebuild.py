"""R37: a stored step taken again on another rate by the rule that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.encoding import encode
from pay.rules.range_change import RangeChange
from pay.rules.rebuild import Ground, rebuild
from regulation.refusals import Refused

DAY = date(2007, 1, 7)
GROUND = Ground(basic=56_375, retained=False, percent=Decimal("12.5"), undone=frozenset({DAY}))
CHANGE = encode(
    RangeChange(old_minimum=41_111, old_maximum=70_000, new_minimum=42_139, new_maximum=71_750)
)
PAYOUT = {
    "basic": 55_000, "mode": "share_dollar", "value": "2000.00", "points": "0",
    "proration": "1/1", "maximum": 71_750, "excess_lump": True,
}  # fmt: skip
RANGE = {"basic": 55_000, "change": CHANGE, "retained": False, "denied": True}
RELEASE = {
    "basic": 55_000, "minimum": 42_139, "maximum": 71_750, "retained": False,
    "denials": [
        {"percentage": "1028/41111", "effective": "2007-01-07"},
        {"percentage": "1/50", "effective": "2008-01-06"},
    ],
}  # fmt: skip
PROMOTION = {
    "basic": 63_000, "minimum": 66_113, "maximum": 100_860, "percent": "0.08",
    "current_maximum": 71_750, "retained": False, "listed_circumstance": False,
}  # fmt: skip


@pytest.mark.paragraph("9701.323:preamble-error")
@pytest.mark.parametrize(
    ("rule", "inputs", "ground", "made", "basic"),
    [
        ("R5", RANGE, replace(GROUND, basic=55_000), "R5", 56_375),
        # Retained by then: half of 1028/41111, above the new maximum or in it (R6).
        ("R5", RANGE, replace(GROUND, basic=75_000, retained=True), "R6", 75_938),
        ("R7", RELEASE, GROUND, "R7", 57_503),
        ("R8", {"basic": 41_500, "minimum": 42_139}, replace(GROUND, basic=42_538), "R8", 42_538),
        ("R25", PROMOTION, replace(GROUND, basic=64_575), "R25", 69_741),
        ("R17", PAYOUT, replace(GROUND, points=Decimal(2)), "R17", 60_375),
        ("R17", {**PAYOUT, "points": "1"}, GROUND, "R17", 58_375),
        ("R17", {**PAYOUT, "points": "1"}, replace(GROUND, basic=72_000, retained=True), "R18",
         72_000),
    ],
)  # fmt: skip
def test_what_was_decided_stays_and_what_was_wrong_is_put_right(
    rule: str, inputs: Mapping[str, Any], ground: Ground, made: str, basic: int
) -> None:
    found = rebuild(rule, 1, inputs, citation="9701.353(a)", ground=ground)
    assert (found.rule, found.result["basic"]) == (made, basic)


@pytest.mark.paragraph("9701.335:back-pay")
def test_a_frozen_supplement_is_the_published_one() -> None:
    inputs = {
        "paid": "12.5", "old": "12.5", "new": "14", "denied": True, "denial_open": False,
        "payable": {
            "basic": 55_000, "percent": "12.5", "retained": False, "retained_mode": "full",
            "maximum": 71_750, "cap": 150_000, "critical_pay": False,
        },
    }  # fmt: skip
    ground = replace(GROUND, published=Decimal(14))
    found = rebuild("R11", 1, inputs, citation="9701.335(c)", ground=ground)
    # 56,375 x 1.14 = 64,267.5
    assert (found.result["adjusted"], found.citation) == (64_268, "9701.335(a)")


@pytest.mark.paragraph("9701.335:back-pay")
def test_dollars_that_reached_the_minimum_adjusted_rate_end_with_the_freeze() -> None:
    inputs = {
        "basic": 42_139, "percent": "12.5", "retained": False, "retained_mode": "full",
        "maximum": 71_750, "cap": 150_000, "critical_pay": False, "kept_supplement": 5_899,
    }  # fmt: skip
    ground = replace(GROUND, basic=42_139, published=Decimal(14))
    found = rebuild("R9", 1, inputs, citation="9701.337(b)", ground=ground)
    assert found.result["adjusted"] == 48_038
    assert found.result["supplement_percent"] == "14"


@pytest.mark.paragraph("9701.323:preamble-error")
@pytest.mark.parametrize(
    ("rule", "inputs"),
    [
        ("R20", {}),
        ("R99", {}),
        ("R32", {}),
        ("R27", {"basic": 70_000, "permanent": {"basic": 60_000}}),
        # A reduction to 50,000 is more than 10 percent of 56,375.
        ("R21", {"basic": 55_000, "proposed": 50_000, "minimum": 42_139, "maximum": 71_750,
                 "retained": False, "reason": "conduct"}),
    ],
)  # fmt: skip
def test_what_only_a_person_can_decide_anew_is_refused_by_name(
    rule: str, inputs: Mapping[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        rebuild(rule, 1, inputs, citation="", ground=GROUND)
    assert refusal.value.code == "correction_not_replayable"


@pytest.mark.paragraph("9701.323:preamble-error")
@given(basic=st.integers(42_139, 71_750), denied=st.booleans())
def test_a_step_on_its_own_ground_comes_to_what_it_came_to(basic: int, denied: bool) -> None:
    inputs = {**RANGE, "basic": basic, "denied": denied}
    ground = replace(GROUND, basic=basic, denied=denied, undone=frozenset())
    found = rebuild("R5", 1, inputs, citation="9701.323(c)", ground=ground)
    assert found.inputs == inputs
    again = rebuild("R5", 1, found.inputs, citation=found.citation, ground=ground)
    assert again == found
    raised = basic * (1 + Fraction(1_028, 41_111))
    if not denied:
        assert found.result["basic"] == min(int(raised + Fraction(1, 2)), 71_750)
