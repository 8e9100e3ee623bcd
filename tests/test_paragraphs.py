"""The index of the regulation: what is marked exists, and what is covered is proved."""

from __future__ import annotations

import re
import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from regulation.citations import Citation, citations_in, holds
from regulation.evidence import ROOT, Place, code_for, marked_tests, marks_in, proofs_of
from regulation.index import covered, requirements, requirements_under


def test_every_id_that_a_test_marks_is_in_the_index() -> None:
    unknown = {
        identifier: [str(place) for place in places]
        for identifier, places in marked_tests().items()
        if identifier not in requirements()
    }
    assert unknown == {}


def test_every_covered_id_is_in_the_index_and_has_a_test() -> None:
    assert covered() - set(requirements()) == set()
    unproved = [name for name in sorted(covered()) if name not in marked_tests()]
    assert unproved == []


def test_the_list_of_covered_ids_is_in_the_order_of_the_index_without_doubles() -> None:
    lines = (ROOT / "regulation" / "covered.txt").read_text(encoding="utf-8").splitlines()
    ids = [line for line in lines if line and not line.startswith("#")]
    place = {identifier: index for index, identifier in enumerate(requirements())}
    assert ids == sorted(set(ids), key=place.__getitem__)


def test_the_list_of_covered_ids_is_only_ever_added_to() -> None:
    """Against every version of the list that this branch's history holds, where there is one."""
    file = "regulation/covered.txt"
    log = subprocess.run(
        ["git", "log", "--format=", "-p", "--", file],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    dropped = {
        line[1:] for line in log.stdout.splitlines() if re.match(r"-9701\.", line)
    } - covered()
    assert dropped == set()


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("5 CFR 9701.342(d)(3)", ["9701.342(d)(3)"]),
        ("(5 CFR 9701.324, .325(b))", ["9701.324", "9701.325(b)"]),
        ('9701.304 "Day"', ["9701.304"]),
        ("9701.342(c)(3); see 9701.357", ["9701.342(c)(3)", "9701.357"]),
        ("version 1.342 and .325(b) alone", []),
        ("5 U.S.C. 5504(b)", []),
        ("29701.342", []),
    ],
)
def test_citations_are_found_in_running_text(text: str, paragraphs: list[str]) -> None:
    assert [found.paragraph for found in citations_in(text)] == paragraphs


def test_a_quoted_term_names_a_definition() -> None:
    (found,) = citations_in('5 CFR 9701.304 "Rating of record"')
    assert found == Citation(paragraph="9701.304", term="rating-of-record", start=6, end=14)


@pytest.mark.parametrize(
    ("outer", "inner", "held"),
    [
        ("9701.342", "9701.342(d)(3)", True),
        ("9701.342(d)", "9701.342(d)(3)", True),
        ("9701.342(d)(3)", "9701.342(d)(3)", True),
        ("9701.342(d)(3)", "9701.342(d)", False),
        ("9701.342(i)", "9701.342(ii)", False),
    ],
)
def test_a_paragraph_holds_those_under_it(outer: str, inner: str, held: bool) -> None:
    assert holds(outer, inner) is held


def test_a_paragraph_with_no_row_shows_what_the_one_above_asks() -> None:
    above = requirements_under("9701.342(d)(3)")
    assert {row.paragraph for row in above} == {"9701.342(d)(3)"}
    assert requirements_under("9701.342(d)(3)(xix)") == above
    assert requirements_under("9701.999(a)") == []


def test_marks_are_found_on_tests_classes_cases_and_modules() -> None:
    source = (
        "pytestmark = pytest.mark.paragraph('9701.101(a)')\n"
        "CASES = [pytest.param(1, marks=pytest.mark.paragraph('9701.101(b)', '9701.102(f)'))]\n"
        "class TestIt:\n"
        "    @pytest.mark.paragraph('9701.304:day')\n"
        "    def test_a(self): ...\n"
        "@pytest.mark.other('9701.999')\n"
        "def test_b(): ...\n"
    )
    assert sorted(marks_in(source, path="t.py")) == [
        ("9701.101(a)", Place("t.py", 1, "")),
        ("9701.101(b)", Place("t.py", 2, "")),
        ("9701.102(f)", Place("t.py", 2, "")),
        ("9701.304:day", Place("t.py", 4, "TestIt.test_a")),
    ]


def test_code_answers_a_paragraph_that_it_cites() -> None:
    places = {place.path for place in code_for(requirements()["9701.325(b)"])}
    assert "pay/rules/denied_increase.py" in places
    assert not any(path.startswith("tests/") for path in places)


def test_the_command_prints_each_id_with_its_code_and_tests() -> None:
    row = requirements()["9701.325(b)"]
    out = StringIO()
    call_command("paragraphs", app="pay", stdout=out)
    printed = out.getvalue()
    assert row.requirement in printed
    assert str(proofs_of(row)[0]) in printed
    assert "[performance, " not in printed


def test_the_command_can_print_only_what_has_no_test() -> None:
    out = StringIO()
    call_command("paragraphs", missing=True, stdout=out)
    assert f" {next(iter(marked_tests()))} [" not in out.getvalue()
    assert "      test " not in out.getvalue()


def test_the_command_names_an_app_that_is_none() -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("paragraphs", app="nobody")
