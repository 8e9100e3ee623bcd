"""A file that is no scenario is refused by key, line and what was expected."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.document import Scenario
from scenarios.parsing import parse
from scenarios.reading import Malformed

GOOD = """\
title: A year
start: 2006-12-01
end: 2007-12-31
pay_periods: {anchor: 2007-01-07}
parameters: {promotion.pct: 0.10, modal.tie: null}
executive_schedule: {II: 163500, III: 150000}
clusters:
  LE:
    title: Law enforcement
    series: [1811, 0083]
    bands:
      LE-ED: {level: entry_developmental, range: [30000, 44000]}
      LE-FP: {level: full_performance, range: [41_111, 70000]}
movements: [{from: LE-ED, to: LE-FP, direction: up}]
supplements:
  - {kind: locality, area: DCB, bands: all, percent: 12.5}
  - {kind: special, category: PILOT, bands: [LE-FP], percent: 18}
pools: {P1: {points: {AE: 4, EE: 2, ME: 1, U: 0}}}
employees:
  ana: {band: LE-FP, basic: 55000, series: 0083, area: DCB, pool: P1}
events:
  - {date: 2006-12-15, do: issue_rating, employee: ana, level: U, period_end: 2006-09-30}
  - {date: 2007-01-07, do: adjust_range, band: LE-FP, minimum: 42139, maximum: 71750}
  - {date: 2007-02-04, do: promote, employee: bob, to_band: LE-FP, percent: 12.5}
  - {date: 2007-01-21, do: hire, employee: bob, band: LE-ED, basic: 31000}
expect:
  - {employee: ana, on: 2007-06-01, basic: 55000, hourly: "26.35"}
  - {refused: 2, code: parameter_missing}
  - {case: denied_range_increase, employee: ana, state: open, due: null}
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse(GOOD)


def test_a_series_keeps_its_leading_zero(scenario: Scenario) -> None:
    assert scenario.clusters[0].series == ("1811", "0083")
    assert scenario.employees[0].series == "0083"


def test_an_unquoted_on_is_the_key_on(scenario: Scenario) -> None:
    assert scenario.expectations[0].values["on"] == date(2007, 6, 1)


def test_amounts_pass_through_no_float(scenario: Scenario) -> None:
    assert scenario.parameters["promotion.pct"] == Decimal("0.10")
    assert scenario.supplements[0].percent == Decimal("12.5")
    assert scenario.expectations[0].values["hourly"] == Decimal("26.35")


def test_who_is_hired_later_in_the_file_is_known_to_an_earlier_event(scenario: Scenario) -> None:
    assert scenario.events[2].arguments["employee"] == "bob"


def test_an_employee_was_hired_ten_years_before_the_start_unless_the_file_says(
    scenario: Scenario,
) -> None:
    assert scenario.employees[0].hired == date(1996, 12, 1)
    assert scenario.events[3].arguments["draft"].hired == date(2007, 1, 21)


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "expected"),
    [
        ("end: 2007-12-31", "end: 2007-02-30", "end", 3, "there is no 2007-02-30"),
        ("end: 2007-12-31", "end: 2006-01-01", "end", 3, "on or after start"),
        ("title: A year", "tilte: A year", "tilte", 1, "unknown key"),
        ("title: A year", "start: 2006-12-02", "start", 2, "twice"),
        ("{anchor: 2007-01-07}", "{anchor: 2007-01-08}", "pay_periods.anchor", 4, "a Sunday"),
        ("promotion.pct: 0.10", "promotion.pc: 0.10", "parameters.promotion.pc", 5, "no parameter"),
        ("promotion.pct: 0.10", "promotion.pct: 0.05", "parameters.promotion.pct", 5, "at least"),
        ("[41_111, 70000]", "[70000, 70000]", "clusters.LE.bands.LE-FP.range", 13, "below"),
        ("[41_111, 70000]", "[41111.5, 70000]", "clusters.LE.bands.LE-FP.range[0]", 13, "whole"),
        ("level: full_performance", "level: full", "clusters.LE.bands.LE-FP.level", 13, "one of"),
        ("to: LE-FP", "to: LE-XX", "movements[0].to", 14, "no band 'LE-XX'"),
        ("percent: 18", "percent: -1", "supplements[1].percent", 17, "at least 0"),
        ("ME: 1, U: 0", "ME: 1, Z: 0", "pools.P1.points.Z", 18, "AE, EE, ME, U"),
        ("basic: 55000, series", "basic: 55e3, series", "employees.ana.basic", 20, "whole dollars"),
        ("basic: 55000, series", "series", "employees.ana.basic", 20, "required"),
        ("do: issue_rating", "do: conjure", "events[0].do", 22, "found 'conjure'"),
        (
            "employee: bob, to_band",
            "employee: bo, to_band",
            "events[2].employee",
            24,
            "no employee",
        ),
        ("date: 2007-01-21", "date: 2017-01-21", "events[3].date", 25, "from 2006-12-01"),
        ("{refused: 2,", "{refused: 9,", "expect[1].refused", 28, "from 0 to 3"),
        (", basic: 55000, hourly", ", base: 55000, hourly", "expect[0].base", 27, "unknown key"),
        ("period_end: 2006-09-30", "period_end: 2006-12-31", "events[0].period_end", 22, "09-30"),
        ("basic: 55000, s", f"basic: {'9' * 5000}, s", "employees.ana.basic", 20, "at most"),
        ("percent: 18", "percent: 1800", "supplements[1].percent", 17, "under 1000"),
        ("percent: 18", "percent: 1.23456", "supplements[1].percent", 17, "four decimal"),
        ("bands: all", "bands: []", "supplements[0].bands", 16, "a list of bands, or all"),
        (
            "kind: special, category: PILOT, bands: [LE-FP]",
            "kind: locality, area: DCB",
            "supplements[1]",
            17,
            "a percent for these bands already",
        ),
        ("[1811, 0083]", "[18110, 0083]", "clusters.LE.series[0]", 10, "at most 4"),
        ("start: 2006-12-01", "start: 0001-12-01", "start", 2, "from 1920"),
        ("  ana: {band", "  <<: 5\n  ana: {band", "employees", 20, "merging"),
        ("area: DCB, pool", f"area: {'z' * 300}, pool", "employees.ana.area", 20, "at most 40"),
        (
            "do: promote, employee: bob, to_band: LE-FP, percent: 12.5",
            "do: reassign, employee: bob",
            "events[2]",
            24,
            "any of band, area, category, series",
        ),
        (
            "direction: up}]",
            "direction: up}, {from: LE-ED, to: LE-FP, direction: down}]",
            "movements[1]",
            14,
            "a direction already",
        ),
    ],
)
def test_a_fault_is_named_by_key_line_and_what_was_expected(
    old: str, new: str, key: str, line: int, expected: str
) -> None:
    assert old in GOOD
    with pytest.raises(Malformed) as caught:
        parse(GOOD.replace(old, new, 1))
    assert caught.value.key == key
    assert caught.value.line == line
    assert expected in str(caught.value)


def test_an_additional_rating_that_names_another_day_is_for_the_period_before_it() -> None:
    additional = "period_end: 2007-03-01, kind: additional"
    event = parse(GOOD.replace("period_end: 2006-09-30", additional)).events[0]
    assert event.arguments["period_end"] == date(2006, 9, 30)


@pytest.mark.parametrize("text", ["", "[", "a: &x [*x]", "- 1", "\x00", "!!python/object:os.x {}"])
def test_what_is_no_scenario_at_all_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


@settings(max_examples=150)
@given(
    cut=st.integers(0, len(GOOD)),
    junk=st.text(max_size=6),
)
def test_a_damaged_file_is_read_or_refused_and_never_a_traceback(cut: int, junk: str) -> None:
    with suppress(Malformed):
        parse(GOOD[:cut] + junk + GOOD[cut:])
