"""`manage.py simulate` as others run it: exit codes, a JSON document a file, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FILES = Path(__file__).parent / "files"
HELD = FILES / "range_increase.yaml"

NOT_HELD = """\
title: Not so
start: 2007-01-01
end: 2007-02-01
executive_schedule: {II: 163500, III: 150000}
clusters: {C: {bands: {FP: {level: full_performance, range: [41111, 70000]}}}}
employees: {ana: {band: FP, basic: 55000}}
expect: [{employee: ana, on: 2007-01-15, basic: 55001}]
"""


def simulate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "simulate", *map(str, arguments)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def not_held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenarios") / "not_held.yaml"
    path.write_text(NOT_HELD, encoding="utf-8")
    return path


def test_one_json_document_a_line_in_the_order_given_and_the_worst_exit_status(
    not_held: Path,
) -> None:
    run = simulate(HELD, not_held, "--format", "json")
    assert run.returncode == 1
    first, second = map(json.loads, run.stdout.splitlines())
    assert first["held"] is True
    assert first["failed"] == []
    assert second["held"] is False
    assert "55000" in second["failed"][0]
    assert second["pay_actions"] == []


def test_the_document_has_dollars_as_integers_and_cents_as_strings() -> None:
    run = simulate(HELD, "--format", "json")
    assert run.returncode == 0
    document = json.loads(run.stdout)
    ana = next(action for action in document["pay_actions"] if action["employee"] == "ana")
    assert ana == {
        "sequence": ana["sequence"],
        "employee": "ana",
        "effective": "2007-01-07",
        "kind": "range_increase",
        "basic_before": 55000,
        "basic_after": 56375,
        "supplement_percent": "12.5000",
        "adjusted_after": 63422,
        "hourly_after": "30.39",
        "lump_sum": "0.00",
        "amount": None,
        "retained": False,
        "band": "FP",
        "rule": "R5",
        "citation": "9701.323(a)",
        "corrects": None,
    }
    assert [action["sequence"] for action in document["pay_actions"]] == list(
        range(1, len(document["pay_actions"]) + 1)
    )
    assert document["refusals"][0]["code"] == "above_executive_level"


def test_explain_tells_every_step_with_arithmetic_and_citation() -> None:
    run = simulate(HELD, "--explain", "ana")
    assert run.returncode == 0
    assert "9701.323(a)" in run.stdout
    assert "42,139" in run.stdout
    assert "56,375.30" in run.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NOT_HELD.replace("basic: 55000}", "basic: lots}"), "line 6: employees.ana.basic"),
        (NOT_HELD.replace("basic: 55000}", "basic: 71000}"), "employees.ana"),
        (NOT_HELD + "events: [{date: 2007-01-05, do: conjure, employee: x}]\n", "'conjure'"),
        ("\x00", "line 1"),
        ("[" * 100_000, "line 1: file"),
        (NOT_HELD + "parameters: {promotion.pct: 0.05}\n", "line 8: parameters.promotion.pct"),
    ],
)
def test_a_file_that_cannot_be_played_is_exit_2_with_a_message(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    run = simulate(path, "--format", "json")
    assert run.returncode == 2
    assert run.stdout == ""
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_that_is_not_there_is_exit_2() -> None:
    run = simulate("nowhere.yaml")
    assert run.returncode == 2
    assert "nowhere.yaml" in run.stderr
    assert "Traceback" not in run.stderr


LEFT_ALONE = """\
title: A missing parameter
start: 2006-10-01
end: 2007-12-31
pay_periods: {anchor: 2007-01-07}
executive_schedule: {II: 163500, III: 150000}
clusters: {C: {bands: {FP: {level: full_performance, range: [41111, 70000]}}}}
employees:
  ana: {band: FP, basic: 41111}
  out: {band: FP, basic: 50000, coverage: [F]}
events:
  - {date: 2006-11-15, do: issue_rating, employee: ana, level: U, period_end: 2006-09-30}
  - {date: 2007-01-07, do: adjust_range, band: FP, minimum: 42139, maximum: 71750}
  - {date: 2007-02-07, do: set_parameter, key: supp.tie, value: null}
"""


def test_whom_an_event_or_a_deadline_could_not_reach_is_named_and_no_trace_is_shown(
    tmp_path: Path,
) -> None:
    path = tmp_path / "left_alone.yaml"
    path.write_text(LEFT_ALONE, encoding="utf-8")
    run = simulate(path, "--format", "json")
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    (document,) = map(json.loads, run.stdout.splitlines())
    assert [
        (left["event"], left["employee"], left["date"], left["code"])
        for left in document["exceptions"]
    ] == [
        (1, "out", "2007-01-07", "not_covered"),
        (None, "ana", "2007-04-15", "parameter_missing"),
    ]
    assert "supp.tie" in document["exceptions"][1]["message"]


def test_a_separation_is_explained_though_no_rule_made_it() -> None:
    run = simulate(FILES / "comings_and_goings.yaml", "--explain", "a")
    assert run.returncode == 0
    assert "no rate of pay from this day" in run.stdout
