"""Conversion in a scenario: what is read, and what the answer and its words show."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.parsing import parse
from scenarios.play import play
from scenarios.reading import Malformed

HEAD = """\
title: Conversion
start: 2007-01-01
end: 2007-12-31
executive_schedule: {II: 163500, III: 150000}
clusters: {LE: {bands: {FP: {level: full_performance, range: [41111, 70000]}}}}
supplements: [{kind: locality, area: A, bands: all, percent: 12.5}]
employees: {ana: {band: FP, basic: 62000}}
events:
"""
CONVERT = "  - {date: 2007-02-04, do: convert, employee: bob, band: FP, area: A, former: {%s}}"
BOUGHT = (
    "system: GS, basic: 50000, locality_percent: 12.5, next_step: 51600, days_served: 400, step: 5"
)
FIGURES = ("kind", "basic_before", "basic_after", "supplement_percent", "adjusted_after", "rule")


def played(former: str, *, explain: str | None = None) -> Any:
    return play(parse(HEAD + CONVERT % former), explain=explain)


@pytest.mark.django_db
def test_the_buy_in_is_an_action_of_its_own_before_the_conversion() -> None:
    actions = played(BOUGHT).answer.as_json()["pay_actions"]
    assert [tuple(action[name] for name in FIGURES) for action in actions] == [
        ("buy_in", 50_000, 50_879, "12.5000", 57_239, "R34"),
        ("conversion", 50_879, 50_879, "12.5000", 57_239, "R32"),
    ]
    assert [action["citation"] for action in actions] == ["9701.373(e)", "9701.373(a)"]


@pytest.mark.django_db
def test_a_special_rate_is_converted_by_its_own_paragraph_with_basic_pay_lower() -> None:
    answer = played("system: GS, basic: 60500, special_rate: 66000").answer.as_json()
    (action,) = answer["pay_actions"]
    assert (action["basic_before"], action["basic_after"]) == (60_500, 58_667)
    assert (action["adjusted_after"], action["citation"]) == (66_000, "9701.373(b)")
    assert answer["cases"] == []


@pytest.mark.django_db
def test_every_step_of_the_day_is_told_in_words() -> None:
    words = "\n".join(played(f"{BOUGHT}, temporary_total: 70000", explain="bob").explained)
    for told in ("R34", "879", "temporary promotion paid 70,000", "Return to position", "R32"):
        assert told in words


@pytest.mark.django_db
def test_a_refused_conversion_leaves_nobody_and_the_same_coverage_for_the_next() -> None:
    waiting = (
        CONVERT % "system: GS, basic: 50000, locality_percent: 0, same_day: [{kind: x, total: }]"
    )
    next_one = (CONVERT % "system: GS, basic: 50000, locality_percent: 0").replace("bob", "cid")
    answer = play(parse(f"{HEAD}{waiting}\n{next_one}")).answer.as_json()
    assert [refused["code"] for refused in answer["refusals"]] == ["record_incomplete"]
    assert [action["employee"] for action in answer["pay_actions"]] == ["cid"]


@pytest.mark.parametrize(
    ("former", "key", "expected"),
    [
        ("system: GS, basic: 50000", "former", "locality_percent or special_rate"),
        ("system: XX, basic: 50000, locality_percent: 0", "former.system", "one of GS"),
        ("basic: 50000, locality_percent: 0", "former.system", "required"),
        ("system: GS, locality_percent: 0", "former.basic", "required"),
        ("system: GS, basic: 50000.5, locality_percent: 0", "former.basic", "whole dollars"),
        ("system: GS, basic: 50000, locality_percent: -1", "former.locality_percent", "at least 0"),
        ("system: GS, basic: 50000, locality: 0", "former.locality", "unknown key"),
        ("system: GS, basic: 5, special_rate: 0", "former.special_rate", "at least 1"),
        ("system: GS, basic: 5, special_rate: 9, days_served: 9", "former", "expected step"),
        ("system: GS, basic: 5, special_rate: 9, step: 16", "former.step", "at most 15"),
        (
            "system: GS, basic: 5, special_rate: 9, days_served: -1, step: 1",
            "former.days_served",
            "0",
        ),
        ("system: GS, basic: 5, special_rate: 9, same_day: x", "former.same_day", "a list"),
        (
            "system: GS, basic: 5, special_rate: 9, same_day: [{kind: promotion}]",
            "former.same_day[0].total",
            "required",
        ),
        (
            "system: GS, basic: 5, special_rate: 9, temporary_total: x",
            "former.temporary_total",
            "x",
        ),
    ],
)
def test_a_former_rate_that_cannot_be_read_is_refused_by_key_and_line(
    former: str, key: str, expected: str
) -> None:
    with pytest.raises(Malformed) as malformed:
        parse(HEAD + CONVERT % former)
    assert (malformed.value.key, malformed.value.line) == (f"events[0].{key}", 9)
    assert expected in str(malformed.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("area: A", "basic: 1", "events[0].basic", "unknown key"),
        (", band: FP", "", "events[0].band", "required"),
        ("employee: bob", "employee: ana", "events[0].employee", "already"),
    ],
)
def test_somebody_converted_is_new_and_has_no_rate_yet(
    old: str, new: str, key: str, expected: str
) -> None:
    with pytest.raises(Malformed) as malformed:
        parse(HEAD + (CONVERT % BOUGHT).replace(old, new))
    assert malformed.value.key == key
    assert expected in str(malformed.value)
