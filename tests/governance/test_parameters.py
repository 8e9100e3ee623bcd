"""The registry, row by row against a small copy of the rules' table, and what it accepts."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from governance.parameters import PARAMETERS, SUBJECTS, parameter
from governance.parameters.encoding import as_stored, as_typed, from_typed
from governance.queries.parameters import as_told
from governance.queries.policy import policy_on
from governance.rules.coordination import REQUIRED
from governance.services.directives import first_directive, issue_directive
from regulation.refusals import Refused

SILENT = "our reading; the rule is silent"


def _rows() -> list[dict[str, str]]:
    table = Path(__file__).parent / "parameter_table.csv"
    with table.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["key"])
def test_the_registry_says_what_the_table_says(row: dict[str, str]) -> None:
    known = parameter(row["key"])
    assert {
        "key": known.key,
        "default": as_told(known.default),
        "kind": known.kind,
        "allowed": known.allowed,
        "unit": known.unit,
        "citation": known.citation,
        "source": "" if known.source == SILENT else known.source,
        "verified": "yes" if known.verified else "no",
    } == row


@pytest.mark.parametrize("known", PARAMETERS.values(), ids=lambda known: known.key)
def test_a_parameter_has_all_that_a_reader_asks_for(known: Any) -> None:
    assert known.meaning.endswith(".")
    assert known.citation.startswith("9701.")
    assert known.unit
    assert known.parse(as_stored(known.default)) == known.parse(known.default)
    assert known.coordinated == "" or known.coordinated in REQUIRED


def test_no_parameter_stands_under_two_subjects() -> None:
    keys = [known.key for subject in SUBJECTS.values() for known in subject]
    assert len(keys) == len(set(keys)) == len(PARAMETERS)


@pytest.mark.parametrize("known", PARAMETERS.values(), ids=lambda known: known.key)
def test_what_a_page_shows_can_be_typed_again(known: Any) -> None:
    stored = as_stored(known.default)
    again = known.parse(from_typed(as_typed(stored), known=known))
    assert as_typed(as_stored(again)) == as_typed(stored)


@pytest.mark.paragraph("9701.353(a)#1")
@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("promotion.pct", "0.0799"),
        ("promotion.pct", "8"),
        ("promotion.pct", "eight"),
        ("promotion.pct", "NaN"),
        ("promotion.includes_supplement", "perhaps"),
        ("proration.lwop_threshold_days", "-1"),
        ("proration.lwop_threshold_days", "1.5"),
        ("retained.lump", "-1"),
        ("modal.tie", "newest"),
        ("points", "AE 5"),
        ("points", "AE = many"),
        ("goal_share", "101"),
        ("round.annual", "up"),
        ("promotion.over_max", "above_max"),
        ("pool.snapshot", "payout_date"),
        ("pool.rating_cutoff", "period_end"),
        ("payout.basis", "before_range_adjustment"),
        ("payout.rounding", "half_up"),
        ("proration.formula", "months"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_paragraph(key: str, typed: str) -> None:
    known = parameter(key)
    with pytest.raises(Refused) as refused:
        from_typed(typed, known=known)
    assert (refused.value.code, refused.value.citation) == ("invalid_parameter", known.citation)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("promotion.pct", Decimal("0.05"), "not “0.05”."),
        ("promotion.includes_supplement", 1, "not “1”."),
        ("proration.lwop_threshold_days", True, "not “yes”."),
        ("retention.eligible_reasons", {"a": 1}, "not “a = 1”."),
        ("points", ["AE", "EE"], "not “AE, EE”."),
    ],
)
def test_a_refusal_tells_the_value_as_it_is_written(key: str, value: Any, told: str) -> None:
    with pytest.raises(Refused) as refused:
        parameter(key).parse(value)
    assert refused.value.message.endswith(told)


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("promotion.pct", "0.08", "0.08"),
        ("promotion.pct", "1", "1"),
        ("promotion.includes_supplement", "yes", True),
        ("proration.lwop_threshold_days", "30", 30),
        ("retained.lump", "1200", 1200),
        ("payout.excess_lump", "none", "none"),
        ("modal.tie", "none", None),
        ("retention.eligible_reasons", "a\n\n range_lowered ", ["a", "range_lowered"]),
        ("cutoffs", "AE = 4.50\nEE = 3.50", {"AE": "4.50", "EE": "3.50"}),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_without_a_float(key: str, typed: str, stored: Any) -> None:
    assert from_typed(typed, known=parameter(key)) == stored


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(PARAMETERS))
def test_a_missing_parameter_stops_by_name(key: str) -> None:
    first_directive(effective=date(2000, 1, 1), signed_by="The Secretary")
    issue_directive(
        number="D-2",
        title="Less",
        effective=date(2006, 1, 1),
        signed_by="The Secretary",
        values={key: None},
    )
    assert policy_on(date(2005, 12, 31))[key] is not None
    policy = policy_on(date(2006, 1, 1))
    for ask in (lambda: policy[key], lambda: policy.require(key)):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "parameter_missing"
        assert key in refused.value.message
