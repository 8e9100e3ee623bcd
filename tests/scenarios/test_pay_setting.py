"""The verbs that set one person's pay: what the answer says of them, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenarios.parsing import parse
from scenarios.play import play
from scenarios.reading import Malformed

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"
TOP = """
start: 2007-01-01
end: 2007-12-31
clusters:
  LE:
    bands:
      ED: {level: entry_developmental, range: [30000, 44000]}
      FP: {level: full_performance, range: [41111, 70000]}
      SE: {level: senior_expert, range: [64500, 98400]}
employees:
  ana: {band: FP, basic: 60000}
events:
"""


def actions(name: str, *, explain: str | None = None) -> tuple[list[dict[str, Any]], list[str]]:
    played = play(parse((FILES / f"{name}.yaml").read_text(encoding="utf-8")), explain=explain)
    return played.answer.as_json()["pay_actions"], played.explained


def test_a_special_payment_has_its_money_in_amount_and_nothing_else_has() -> None:
    found, told = actions("special_payments", explain="c")
    amounts = {(row["employee"], row["kind"], row["effective"]): row["amount"] for row in found}
    assert amounts["c", "special_payment", "2007-02-07"] == "1200.50"
    assert amounts["b", "special_payment", "2007-02-07"] == "5000.00"
    assert {row["amount"] for row in found if row["kind"] != "special_payment"} == {None}
    assert {row["lump_sum"] for row in found} == {"0.00"}
    assert any("1,200.50" in line and "not basic pay" in line for line in told)


@pytest.mark.parametrize(
    ("name", "employee"),
    [
        ("demotions", "a"),
        ("temporary_promotions_end", "a"),
        ("pay_within_the_band", "day"),
        ("decided_actions", "demoted"),
    ],
)
def test_every_step_is_told_with_its_paragraph(name: str, employee: str) -> None:
    found, told = actions(name, explain=employee)
    for row in found:
        if row["employee"] == employee:
            assert any(row["citation"] in line for line in told)


def test_the_steps_of_a_day_keep_the_order_of_the_rule() -> None:
    found, _ = actions("pay_within_the_band")
    day = [row for row in found if row["employee"] == "day"]
    assert [(row["kind"], row["rule"], row["basic_after"]) for row in day] == [
        ("performance_payout", "R17", 67_545),
        ("within_band_increase", "R22", 70_000),
        ("within_band_reduction", "R21", 66_000),
    ]
    assert [row["sequence"] for row in day] == sorted(row["sequence"] for row in day)


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ("do: demote, employee: ana, to_band: FP, basis: whim", "basis"),
        ("do: demote, employee: ana, to_band: XX, basis: voluntary", "to_band"),
        ("do: demote, employee: ana, to_band: FP", "basis"),
        ("do: reduce_pay, employee: ana, reason: conduct", "basic"),
        ("do: reduce_pay, employee: ana, basic: 54000.5, reason: conduct", "basic"),
        ("do: increase_within_band, employee: ana, amount: 1000", "reason"),
        ("do: developmental_step, employee: ana, percent: 6, points_certified: maybe", "points"),
        ("do: special_payment, employee: ana, kind: valor, amount: 1", "kind"),
        ("do: special_payment, employee: ana, kind: skills", "amount"),
        ("do: decide_action, ref: none, outcome: sustained", "ref"),
        ("do: demote, employee: ana, to_band: FP, basis: voluntary, basic: 1, why: no", "why"),
    ],
)
def test_a_malformed_event_names_its_key(event: str, key: str) -> None:
    with pytest.raises(Malformed) as fault:
        parse(f"{TOP}  - {{date: 2007-02-07, {event}}}\n")
    assert key in str(fault.value)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("do: demote, employee: ana, to_band: SE, basis: voluntary", "not_a_demotion"),
        ("do: reduce_pay, employee: ana, basic: -1, reason: conduct", "reduction_over_10"),
        ("do: increase_within_band, employee: ana, reason: other", "invalid_input"),
        ("do: increase_within_band, employee: ana, amount: 1, reason: luck", "reason_required"),
        ("do: developmental_step, employee: ana, percent: 6", "not_eligible"),
        ("do: special_payment, employee: ana, kind: skills, amount: -1", "invalid_input"),
    ],
)
def test_what_the_rules_refuse_changes_nothing(event: str, code: str) -> None:
    answer = play(parse(f"{TOP}  - {{date: 2007-02-07, {event}}}\n")).answer.as_json()
    assert [row["code"] for row in answer["refusals"]] == [code]
    assert answer["refusals"][0]["citation"]
    assert answer["pay_actions"] == []
