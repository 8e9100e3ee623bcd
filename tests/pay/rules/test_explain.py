"""A stored rule, run again, gives the figure and tells it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.denied_increase import Denial
from pay.rules.encoding import UnreadableInputs, encode
from pay.rules.explain import RULES, UnknownRule, explain, replay
from pay.rules.payout import payout
from pay.rules.point_value import Share
from pay.rules.proration import Span
from pay.rules.range_increase import RangeChange, range_increase
from tests.pay.rules.told_returns import TOLD_CONVERSION, TOLD_PAYMENTS, TOLD_RETURNS

FP = RangeChange(41_111, 70_000, 42_139, 71_750)
PERIOD = {"window_start": date(2007, 1, 7), "window_end": date(2008, 1, 5)}
DENIALS = [
    Denial(Fraction(1_028, 41_111), date(2007, 1, 7)),
    Denial(Fraction(1_264, 42_139), date(2008, 1, 6)),
]
PROMOTION = {
    "minimum": 64_500,
    "maximum": 98_400,
    "percent": Decimal("0.08"),
    "current_maximum": 70_000,
}
PAYOUT = {
    "mode": "share_dollar",
    "value": Decimal("2272.72"),
    "points": Decimal(2),
    "proration": Fraction(1),
    "maximum": 70_000,
    "excess_lump": True,
}
PAYABLE = {
    "percent": Decimal("12.5"),
    "retained_mode": "full",
    "maximum": 71_750,
    "cap": 150_000,
    "critical_pay": False,
}
FP_BAND = {"minimum": 41_111, "maximum": 70_000}

#: rule, arguments, some figures of the result, the lines.
TOLD: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "R5",
        {"basic": 55_000, "change": FP, "retained": False, "denied": False},
        {"basic": 56_375, "retained": False, "outcome": "increased", "withheld": "0/1"},
        ["55,000 × 42,139 ÷ 41,111 = 56,375.30, rounded half up to 56,375"],
    ),
    (
        "R5",
        {
            "basic": 69_500,
            "change": RangeChange(41_111, 70_000, 42_139, 70_350),
            "retained": False,
            "denied": False,
        },
        {"basic": 70_350, "lost": 888},
        [
            "69,500 × 42,139 ÷ 41,111 = 71,237.88, rounded half up to 71,238",
            "The new maximum is 70,350: basic pay stops at 70,350, and 888 is not paid in any "
            "form.",
        ],
    ),
    (
        "R5",
        {"basic": 41_111, "change": FP, "retained": False, "denied": True},
        {"basic": 41_111, "withheld": "1028/41111", "below_minimum": True},
        [
            "The rating of record is unacceptable: the increase of 2.5005% is withheld and basic "
            "pay stays 41,111.",
            "That is below the new minimum, 42,139: within 90 days of the adjustment the "
            "Department must act.",
        ],
    ),
    (
        "R5",
        {
            "basic": 70_500,
            "change": RangeChange(41_111, 71_000, 41_111, 70_000),
            "retained": False,
            "denied": False,
        },
        {"basic": 70_500, "retained": True},
        [
            "The band minimum did not rise (41,111 to 41,111), so there is no increase on 70,500.",
            "70,500 is above the new maximum, 70,000: it is a retained rate.",
        ],
    ),
    (
        "R5",
        {"basic": 40_000, "change": FP, "retained": False, "denied": False},
        {"basic": 42_139},
        [
            "40,000 × 42,139 ÷ 41,111 = 41,000.21, rounded half up to 41,000",
            "Basic pay may not be below the new minimum, 42,139.",
        ],
    ),
    (
        "R6",
        {"basic": 75_000, "change": FP, "retained": True, "denied": False},
        {"basic": 75_938, "retained": True},
        [
            "A retained rate rises by half the minimum's percentage: 75,000 + 75,000 × 1,028 ÷ "
            "41,111 ÷ 2 = 75,937.70, rounded half up to 75,938",
            "75,938 is above the new maximum, 71,750: it is a retained rate.",
        ],
    ),
    (
        "R6",
        {"basic": 75_000, "change": FP, "retained": True, "denied": True},
        {"basic": 75_000, "retained": True, "withheld": "514/41111"},
        [
            "The rating of record is unacceptable: the increase of 1.2503% is withheld and basic "
            "pay stays 75,000.",
            "It is a retained rate: the new maximum is 71,750.",
        ],
    ),
    (
        "R7",
        {
            "basic": 55_000,
            "denials": DENIALS,
            "minimum": 43_403,
            "maximum": 73_903,
            "retained": False,
        },
        {"basic": 58_066, "retained": False},
        [
            "Denied on 2007-01-07 (2.5005%): 55,000 × 42,139 ÷ 41,111 = 56,375.30, rounded half up "
            "to 56,375",
            "Denied on 2008-01-06 (2.9996%): 56,375 × 43,403 ÷ 42,139 = 58,066.02, rounded half up "
            "to 58,066",
        ],
    ),
    (
        "R7",
        {
            "basic": 75_000,
            "denials": [],
            "minimum": 43_403,
            "maximum": 73_903,
            "retained": False,
        },
        {"basic": 73_903, "retained": False},
        ["Basic pay stops at the band maximum, 73,903."],
    ),
    (
        "R8",
        {"basic": 41_500, "minimum": 42_139},
        {"basic": 42_139, "retained": False},
        [
            "Neither a new rating nor a proposal to demote or remove came within 90 days: basic "
            "pay goes from 41,500 to the band minimum, 42,139."
        ],
    ),
    (
        "R9",
        {"basic": 56_375, "retained": False, **PAYABLE},
        {
            "basic": 56_375,
            "retained": False,
            "adjusted": 63_422,
            "supplement": 7_047,
            "supplement_percent": "12.5",
            "hourly": "30.39",
        },
        [
            "56,375 × (1 + 12.5%) = 63,421.87, rounded half up to 63,422",
            "63,422 ÷ 2,087 hours = 30.3890, to the nearest cent 30.39 an hour",
        ],
    ),
    (
        "R9",
        {
            "basic": 75_000,
            "retained": True,
            **PAYABLE,
            "maximum": 70_000,
            "retained_mode": "to_band_max",
        },
        {"basic": 75_000, "retained": True, "adjusted": 83_750},
        [
            "75,000 + 12.5% of the band maximum, 70,000, comes to 83,750",
            "83,750 ÷ 2,087 hours = 40.1293, to the nearest cent 40.13 an hour",
        ],
    ),
    (
        "R10",
        {"basic": 128_000, "retained": False, **PAYABLE, "percent": Decimal(20)},
        {"uncapped": 153_600, "adjusted": 150_000, "supplement": 22_000},
        [
            "128,000 × (1 + 20%) = 153,600",
            "The highest rate allowed is 150,000: the supplement is 22,000 instead of 25,600.",
            "150,000 ÷ 2,087 hours = 71.8735, to the nearest cent 71.87 an hour",
        ],
    ),
    (
        "R10",
        {
            "basic": 170_000,
            "retained": False,
            **PAYABLE,
            "percent": Decimal(0),
            "critical_pay": True,
        },
        {"adjusted": 170_000, "supplement": 0},
        [
            "No supplement is paid on 170,000.",
            "Basic pay above the highest rate is critical pay under 5 U.S.C. 5377.",
            "170,000 ÷ 2,087 hours = 81.4566, to the nearest cent 81.46 an hour",
        ],
    ),
    (
        "R13",
        {
            "levels": ["EE", "EE", "ME", "ME", "AE"],
            "best_first": ["AE", "EE", "ME", "U"],
            "tie": "highest",
            "none_rated": "block",
        },
        {"level": "EE", "tied": True, "counts": {"AE": 1, "EE": 2, "ME": 2, "U": 0}},
        [
            "Ratings in the pool: AE 1, EE 2, ME 2, U 0. Most often: EE. Levels tied; "
            "highest decides."
        ],
    ),
    (
        "R16",
        {
            "mode": "share_dollar",
            "pool": Decimal(100_000),
            "shares": [Share(Decimal(44), Fraction(1), 60_000)],
            "fixed": None,
            "weighted": True,
        },
        {"value": "2272.72"},
        ["100,000 ÷ 44 points, cut so that the pool suffices, gives 2,272.72 a point."],
    ),
    (
        "R16",
        {
            "mode": "share_percent",
            "pool": Decimal(6_000),
            "shares": [Share(Decimal(2), Fraction(1, 3), 50_000)],
            "fixed": None,
            "weighted": True,
        },
        {"value": "18.0000"},
        [
            "6,000 ÷ the sum of points times basic pay (33,333.33), cut so that the pool suffices, "
            "gives 18% a point."
        ],
    ),
    (
        "R16",
        {
            "mode": "fixed_dollar",
            "pool": Decimal(6_000),
            "shares": [Share(Decimal(2), Fraction(1), 50_000)],
            "fixed": Decimal(500),
            "weighted": True,
        },
        {"value": "500"},
        ["The value of a point is set at 500."],
    ),
    (
        "R16",
        {
            "mode": "share_dollar",
            "pool": Decimal(6_000),
            "shares": [],
            "fixed": None,
            "weighted": True,
        },
        {"value": None},
        ["Nobody in the pool has points, so nothing is paid and the pool is returned."],
    ),
    (
        "R17",
        {"basic": 69_000, **PAYOUT},
        {"basic": 70_000, "increase": 1_000, "lump_sum": 3_545, "retained": False},
        [
            "2,272.72 × 2 points = 4,545.44, cut to 4,545",
            "69,000 + 1,000 = 70,000 basic pay, the band maximum being 70,000.",
            "The 3,545 above the band maximum, 70,000, is paid as a lump sum.",
        ],
    ),
    (
        "R17",
        {"basic": 55_000, **PAYOUT, "proration": Fraction(280, 364)},
        {"basic": 58_496, "lump_sum": 0},
        [
            "2,272.72 × 2 points × 10/13 = 3,496.49, cut to 3,496",
            "55,000 + 3,496 = 58,496 basic pay, the band maximum being 70,000.",
        ],
    ),
    (
        "R17",
        {"basic": 55_001, **PAYOUT, "mode": "fixed_percent", "value": Decimal("1.50")},
        {"basic": 56_651},
        [
            "1.5% × 2 points × 55,001 = 1,650.03, rounded half up to 1,650",
            "55,001 + 1,650 = 56,651 basic pay, the band maximum being 70,000.",
        ],
    ),
    (
        "R17",
        {"basic": 70_000, **PAYOUT, "excess_lump": False},
        {"basic": 70_000, "amount": 4_545, "lump_sum": 0},
        [
            "2,272.72 × 2 points = 4,545.44, cut to 4,545",
            "The 4,545 above the band maximum, 70,000, is not paid.",
        ],
    ),
    (
        "R17",
        {"basic": 55_000, **PAYOUT, "value": None},
        {"basic": 55_000, "amount": 0},
        ["Nobody in the pool has points, so there is no payout."],
    ),
    (
        "R18",
        {
            "rate": 75_000,
            **PAYOUT,
            "mode": "fixed_percent",
            "value": Decimal("1.5"),
            "retained_lump": "equal_to_bound",
        },
        {"basic": 75_000, "lump_sum": 2_100, "retained": True},
        [
            "The retained rate of 75,000 is above the band maximum, 70,000: basic pay stays, and "
            "the lump sum may not exceed what a member with the same rating at the maximum gets.",
            "1.5% × 2 points × 70,000 = 2,100",
            "Lump sum: 2,100, all of that.",
        ],
    ),
    (
        "R19",
        {
            **PERIOD,
            "hired": None,
            "promoted": date(2007, 4, 1),
            "leave_without_pay": [Span(date(2007, 3, 25), date(2007, 4, 10), "leave_without_pay")],
            "threshold_days": 0,
        },
        {"proration": "135/182"},
        [
            "Of the 364 days from 2007-01-07 through 2008-01-05, 270 count: 270/364.",
            "Days before the promotion on 2007-04-01 do not count.",
            "Ordinary leave without pay does not count once it exceeds 0 days of the window.",
        ],
    ),
    (
        "R24",
        {"basic": 45_000, **FP_BAND},
        {"basic": 45_000, "retained": False},
        ["Basic pay begins at 45,000, in the band rate range of 41,111 to 70,000."],
    ),
    (
        "R25",
        {"basic": 62_000, "retained": False, **PROMOTION},
        {"basic": 66_960, "under_eight_percent": False},
        ["62,000 × (1 + 8%) = 66,960"],
    ),
    (
        "R25",
        {"basic": 50_003, "retained": False, **PROMOTION},
        {"basic": 64_500},
        [
            "50,003 × (1 + 8%) = 54,003.24, rounded up to 54,004",
            "Basic pay may not be below the new band's minimum, 64,500.",
        ],
    ),
    (
        "R25",
        {"basic": 97_000, "retained": False, **PROMOTION},
        {"basic": 98_400, "under_eight_percent": True},
        [
            "97,000 × (1 + 8%) = 104,760",
            "Basic pay stops at the new band's maximum, 98,400.",
            "The increase is under 8 percent.",
        ],
    ),
    (
        "R25",
        {
            "basic": 62_000,
            "retained": False,
            "supplements": {"old": "12.5", "new": "10"},
            **PROMOTION,
        },
        {"basic": 68_482, "under_eight_percent": False},
        [
            "Supplements count: 62,000 and 12.5% is 69,750. 69,750 × (1 + 8%) = 75,330; the least "
            "basic pay that comes to 75,330 with 10% is 68,482.",
        ],
    ),
    (
        "R26",
        {"basic": 78_000, "retained": True, **PROMOTION},
        {"basic": 78_000, "retained": False},
        [
            "From a retained rate the increase runs from the current band's maximum: 70,000 × "
            "(1 + 8%) = 75,600",
            "Basic pay may not be below the present rate, 78,000.",
        ],
    ),
    (
        "R26",
        {"basic": 78_000, "retained": True, **PROMOTION, "maximum": 75_000},
        {"basic": 78_000, "retained": True},
        [
            "78,000 is above the new band's maximum, 75,000: it goes on as a retained rate, "
            "without an increase."
        ],
    ),
    (
        "R28",
        {"basic": 55_000, "minimum": 56_000, "maximum": 85_000, "retention_eligible": False},
        {"basic": 56_000, "retained": False},
        ["Basic pay rises from 55,000 to the band minimum, 56,000."],
    ),
    (
        "R28",
        {
            "basic": 41_111,
            "minimum": 42_139,
            "maximum": 70_000,
            "retention_eligible": False,
            "below_minimum_by_denial": True,
        },
        {"basic": 41_111},
        ["Basic pay stays 41,111, below the minimum of 42,139, while an increase is denied."],
    ),
    (
        "R29",
        {"former": 74_000, **FP_BAND, "eligible": True},
        {"basic": 74_000, "retained": True},
        ["74,000 is above the band maximum, 70,000: it is kept as a retained rate."],
    ),
    (
        "R29",
        {"former": 74_000, **FP_BAND, "eligible": False},
        {"basic": 70_000, "retained": False},
        ["Basic pay is limited to the band maximum, 70,000."],
    ),
    (
        "R29",
        {"former": 66_000, **FP_BAND, "eligible": True},
        {"basic": 66_000, "retained": False},
        ["Basic pay stays 66,000, in the band rate range of 41,111 to 70,000."],
    ),
    (
        "R11",
        {
            "paid": Decimal("12.5"),
            "old": Decimal(16),
            "new": Decimal(18),
            "denied": False,
            "denial_open": True,
        },
        {"supplement_percent": "14.5", "outcome": "increased"},
        [
            "The published supplement goes from 16% to 18%; while an older increase is denied only "
            "these points are added: 12.5% + 2% = 14.5%"
        ],
    ),
    (
        "R12",
        {
            "basic": 43_000,
            "frozen": Decimal("12.5"),
            "minimum": 42_139,
            "published": Decimal(16),
            "cap": 150_000,
        },
        {"basic": 43_000, "adjusted": 48_881, "supplement": 5_881, "retained": False},
        [
            "The minimum adjusted rate is 42,139 × (1 + 16%), that is 48,881.",
            "Basic pay stays 43,000; a supplement of 5,881 (13.6767%) reaches it.",
        ],
    ),
    (
        "R21",
        {
            "basic": 60_000,
            "proposed": 54_000,
            **FP_BAND,
            "retained": False,
            "reason": "conduct",
        },
        {"basic": 54_000, "retained": False},
        [
            "A decision for conduct reduces 60,000 to 54,000, that is by 10%; the lowest rate "
            "allowed was 54,000."
        ],
    ),
    (
        "R22",
        {
            "basic": 67_545,
            "maximum": 70_000,
            "amount": 3_000,
            "percent": None,
            "reason": "exceptional_skills",
            "listed_reasons": ["exceptional_skills"],
            "entry_developmental": False,
            "unacceptable": False,
        },
        {"basic": 70_000, "lost": 545},
        [
            "Exceptional skills: 67,545 + 3,000 = 70,545",
            "Basic pay stops at the band maximum, 70,000; 545 is not paid in any form.",
        ],
    ),
    (
        "R27",
        {
            "basic": 72_000,
            "basis": "adverse_action",
            "proposed": 64_800,
            **FP_BAND,
            "retention_eligible": False,
        },
        {"basic": 64_800, "retained": False},
        [
            "Demotion (adverse action): basic pay goes from 72,000 to 64,800, the lower band's "
            "range being 41,111 to 70,000.",
            "The decision could set 64,800 to 70,000.",
        ],
    ),
    *TOLD_RETURNS,
    *TOLD_CONVERSION,
    *TOLD_PAYMENTS,
]


def stored(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments as the ledger gives them back."""
    read: dict[str, Any] = json.loads(json.dumps(encode(arguments)))
    return read


@pytest.mark.parametrize(("rule", "arguments", "figures", "lines"), TOLD)
def test_a_rule_is_told_in_words_with_the_figures_of_the_same_run(
    rule: str, arguments: dict[str, Any], figures: dict[str, Any], lines: list[str]
) -> None:
    told = explain(rule, 1, stored(arguments))
    assert {name: told.result[name] for name in figures} == figures
    assert list(told.lines) == lines
    assert replay(rule, 1, stored(arguments)) == told.result


def test_every_rule_has_its_words_tested() -> None:
    assert {(rule, 1) for rule, *_ in TOLD} == set(RULES)


def test_the_payable_rate_is_told_after_the_rule() -> None:
    inputs = stored(
        {"basic": 55_000, "change": FP, "retained": False, "denied": False, "payable": PAYABLE}
    )
    told = explain("R5", 1, inputs)
    assert told.lines == (
        "55,000 × 42,139 ÷ 41,111 = 56,375.30, rounded half up to 56,375",
        "56,375 × (1 + 12.5%) = 63,421.87, rounded half up to 63,422",
        "63,422 ÷ 2,087 hours = 30.3890, to the nearest cent 30.39 an hour",
    )
    assert (told.result["basic"], told.result["adjusted"]) == (56_375, 63_422)
    assert replay("R5", 1, inputs) == told.result


def test_a_retained_payout_has_the_supplement_of_a_retained_rate() -> None:
    payable = {**PAYABLE, "retained_mode": "none"}
    inputs = stored(
        {"rate": 75_000, **PAYOUT, "retained_lump": "equal_to_bound", "payable": payable}
    )
    assert replay("R18", 1, inputs)["adjusted"] == 75_000


def test_a_changed_supplement_is_carried_into_the_payable_rate() -> None:
    payable = {name: value for name, value in PAYABLE.items() if name != "percent"}
    inputs = stored(
        {
            "paid": Decimal("12.5"),
            "old": Decimal(16),
            "new": Decimal(18),
            "denied": False,
            "denial_open": True,
            "payable": {**payable, "basic": 55_000, "retained": False},
        }
    )
    told = explain("R11", 1, inputs)
    assert (told.result["basic"], told.result["adjusted"]) == (55_000, 62_975)
    assert told.result["supplement_percent"] == "14.5"
    assert replay("R11", 1, inputs) == told.result


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(UnknownRule, match="R5 version 2"):
        explain("R5", 2, {})


def test_a_payable_rate_needs_basic_pay() -> None:
    arguments: dict[str, Any] = {**PERIOD, "hired": None, "promoted": None, "leave_without_pay": []}
    inputs = stored({**arguments, "threshold_days": 0, "payable": PAYABLE})
    with pytest.raises(UnreadableInputs):
        replay("R19", 1, inputs)


@given(
    st.integers(30_000, 90_000),
    st.sampled_from(["share_dollar", "share_percent", "fixed_dollar", "fixed_percent"]),
    st.decimals(min_value=0, max_value=3_000, places=4),
    st.decimals(min_value=0, max_value=6, places=1),
    st.integers(0, 364),
    st.booleans(),
)
def test_a_replayed_payout_equals_the_payout(
    basic: int, mode: str, value: Decimal, points: Decimal, days: int, excess_lump: bool
) -> None:
    arguments: dict[str, Any] = {
        "mode": mode,
        "value": value,
        "points": points,
        "proration": Fraction(days, 364),
        "maximum": 70_000,
        "excess_lump": excess_lump,
    }
    result = payout(basic, **arguments)
    told = explain("R17", 1, stored({"basic": basic, **arguments}))
    assert (told.result["basic"], told.result["lump_sum"]) == (result.basic, result.lump_sum)
    assert told.lines


@given(
    st.integers(20_000, 120_000),
    st.integers(20_000, 60_000),
    st.integers(20_000, 60_000),
    st.booleans(),
    st.booleans(),
)
def test_a_replayed_range_increase_equals_the_range_increase(
    basic: int, old_minimum: int, new_minimum: int, retained: bool, denied: bool
) -> None:
    change = RangeChange(old_minimum, old_minimum + 30_000, new_minimum, new_minimum + 30_000)
    arguments = {"change": change, "retained": retained, "denied": denied}
    result = range_increase(basic, change=change, retained=retained, denied=denied)
    told = explain("R5", 1, stored({"basic": basic, **arguments}))
    assert told.result == encode(result)
    assert told.lines
