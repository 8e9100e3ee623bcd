"""Requests for reconsideration in a scenario: what is read, what becomes of pay, what is shown."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.parsing import parse
from scenarios.play import play
from scenarios.reading import Malformed

HEAD = """\
title: Reconsideration
start: 2007-01-01
end: 2007-12-31
executive_schedule: {II: 163500, III: 150000}
clusters:
  LE:
    bands:
      FP: {level: full_performance, range: [41111, 70000]}
      SE: {level: senior_expert, range: [64500, 98400]}
  MP: {bands: {MFP: {level: full_performance, range: [41111, 70000]}}}
employees: {ana: {band: FP, basic: 62000}}
events:
"""
ASK = (
    "  - {date: 2007-02-01, do: request_reconsideration, employee: ana, to: DHS, issues: [%s], "
    "ref: r}"
)
TELL = "  - {date: 2007-03-01, do: decide_reconsideration, ref: r, by: %s, outcome: %s}"


def played(*events: str) -> dict[str, Any]:
    return play(parse(HEAD + "\n".join(events))).answer.as_json()


@pytest.mark.django_db
def test_a_request_is_a_case_of_the_answer_without_a_last_day() -> None:
    (case,) = played(ASK % "band")["cases"]
    assert case == {
        "kind": "reconsideration",
        "employee": "ana",
        "opened": "2007-02-01",
        "due": None,
        "state": "filed_dhs",
        "closed": None,
        "citation": "9701.222(a)",
    }


@pytest.mark.django_db
def test_opm_ends_the_case_and_the_department_leaves_it_to_the_employee() -> None:
    decided = played(ASK % "band", TELL % ("DHS", "sustained"))["cases"]
    assert [(case["state"], case["closed"]) for case in decided] == [("dhs_decided", None)]
    final = played((ASK % "band").replace("DHS", "OPM"), TELL % ("OPM", "sustained"))["cases"]
    assert [(case["state"], case["closed"]) for case in final] == [("opm_decided", "2007-03-01")]


@pytest.mark.django_db
def test_a_changed_band_is_an_action_of_its_own_on_its_day_and_not_before() -> None:
    answer = played(ASK % "band", TELL % ("DHS", "changed, band: SE, effective: 2007-03-18"))
    (action,) = answer["pay_actions"]
    assert (action["kind"], action["effective"]) == ("promotion", "2007-03-18")
    assert (action["basic_before"], action["basic_after"]) == (62_000, 66_960)  # x 1.08
    assert (action["rule"], action["band"]) == ("R25", "SE")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("issue", "change", "told"),
    [("band", "changed, band: MFP", "says whether"), ("pay_system", "changed", "pay system")],
)
def test_pay_that_cannot_follow_is_named_and_not_guessed(
    issue: str, change: str, told: str
) -> None:
    answer = played(ASK % issue, TELL % ("DHS", change))
    assert answer["refusals"] == []
    assert answer["pay_actions"] == []
    (left,) = answer["exceptions"]
    assert (left["employee"], left["date"]) == ("ana", "2007-03-01")
    assert left["code"] == "needs_decision"
    assert told in left["message"]


@pytest.mark.parametrize(
    ("event", "key", "expected"),
    [
        (ASK.replace("DHS", "MSPB") % "band", "to", "one of DHS, OPM"),
        (ASK.replace("[%s]", "band"), "issues", "a list of what is contested"),
        (ASK.replace("ana", "bob") % "band", "employee", "no employee 'bob'"),
        (ASK.replace("ref: r", "refs: r") % "band", "refs", "unknown key"),
        (TELL % ("DHS", "sustained"), "ref", "no request for reconsideration 'r'"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_by_key_and_line(
    event: str, key: str, expected: str
) -> None:
    with pytest.raises(Malformed) as malformed:
        parse(HEAD + event)
    assert (malformed.value.key, malformed.value.line) == (f"events[0].{key}", 13)
    assert expected in str(malformed.value)


@pytest.mark.parametrize(
    ("outcome", "key", "expected"),
    [
        ("overruled", "outcome", "one of sustained, changed"),
        ("sustained, band: SE", "band", "only outcome changed"),
        ("changed, band: XX", "band", "no band 'XX'"),
        ("changed, cluster: XX", "cluster", "no cluster 'XX'"),
        ("changed, series: '01811'", "series", "at most 4"),
        ("changed, band: SE, effective: soon", "effective", "a date"),
    ],
)
def test_a_determination_that_cannot_be_read_is_refused_by_key_and_line(
    outcome: str, key: str, expected: str
) -> None:
    with pytest.raises(Malformed) as malformed:
        parse(HEAD + "\n".join((ASK % "band", TELL % ("DHS", outcome))))
    assert (malformed.value.key, malformed.value.line) == (f"events[1].{key}", 14)
    assert expected in str(malformed.value)
