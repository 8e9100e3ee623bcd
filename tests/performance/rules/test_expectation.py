"""What each form of an expectation must say, and from when it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.communication import check_involved, check_told, is_accountable
from performance.rules.competencies import CATALOGUE, competencies_for
from performance.rules.expectation import (
    ExpectationContent,
    check_communicable,
    check_written,
)
from regulation.refusals import Refused

TOLD = date(2006, 10, 16)
GOAL = ExpectationContent(
    form="goal", title="Cases", statement="Close nine of ten.", goal_level="individual"
)
REQUIREMENT = ExpectationContent(
    form="requirement",
    title="Evidence manual",
    statement="Follow it.",
    source="Manual 12",
    available_on=TOLD,
)
ASSIGNMENT = ExpectationContent(
    form="assignment",
    title="Audit",
    statement="Audit the vault.",
    assigned_on=TOLD,
    due_on=TOLD,
)
COMPETENCY = ExpectationContent(
    form="competency", title="Teamwork", statement="Works with others.", competency="teamwork"
)
CONTRIBUTION = ExpectationContent(form="competency", title="A guide", statement="Write a guide.")
OTHER = ExpectationContent(
    form="other",
    title="Radio watch",
    statement="Answer calls.",
    understanding_reason="Trained for it in May.",
)
CODES = frozenset(each.code for each in CATALOGUE)


def code_of(content: ExpectationContent) -> str:
    try:
        check_written(content, competencies=CODES)
    except Refused as refusal:
        return f"{refusal.code} {refusal.citation}"
    return ""


@pytest.mark.paragraph("9701.406(c)(1)")
@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("individual", ""),
        ("team", ""),
        ("organizational", ""),
        ("", "goal_level_required 9701.406(c)(1)"),
        ("bureau", "goal_level_required 9701.406(c)(1)"),
    ],
)
def test_a_goal_sets_the_target_of_one_of_three_levels(level: str, found: str) -> None:
    assert code_of(replace(GOAL, goal_level=level)) == found


@pytest.mark.paragraph("9701.406(c)(2)")
@pytest.mark.parametrize(
    ("source", "available", "found"),
    [
        ("Manual 12", TOLD, ""),
        ("", TOLD, "availability_date_required 9701.406(c)(2)"),
        ("Manual 12", None, "availability_date_required 9701.406(c)(2)"),
    ],
)
def test_a_requirement_names_its_source_and_when_it_was_made_available(
    source: str, available: date | None, found: str
) -> None:
    assert code_of(replace(REQUIREMENT, source=source, available_on=available)) == found


@pytest.mark.paragraph("9701.406(c)(3)")
@pytest.mark.parametrize(
    ("assigned", "due", "found"),
    [
        (TOLD, None, ""),
        (TOLD, TOLD, ""),
        (TOLD, date(2006, 10, 15), "due_before_assigned 9701.406(c)(3)"),
        (None, TOLD, "statement_required 9701.406(c)(3)"),
    ],
)
def test_an_assignment_has_a_day_and_is_not_due_before_it(
    assigned: date | None, due: date | None, found: str
) -> None:
    assert code_of(replace(ASSIGNMENT, assigned_on=assigned, due_on=due)) == found


@pytest.mark.paragraph("9701.406(c)(4)", "9701.404:competencies", "9701.404:contribution")
@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("teamwork", ""),
        ("", ""),
        ("diplomacy", "unknown_competency 9701.406(c)(4)"),
    ],
)
def test_a_competency_is_of_the_catalogue_and_a_contribution_is_free_text(
    code: str, found: str
) -> None:
    assert code_of(replace(COMPETENCY, competency=code)) == found


@pytest.mark.paragraph("9701.406(c)(5)")
def test_another_means_says_why_the_employee_will_understand() -> None:
    assert code_of(OTHER) == ""
    blank = replace(OTHER, understanding_reason=" ")
    assert code_of(blank) == "understanding_reason_required 9701.406(c)(5)"


@pytest.mark.paragraph("9701.404:performance-expectations")
@pytest.mark.parametrize("content", [GOAL, REQUIREMENT, ASSIGNMENT, COMPETENCY, OTHER])
def test_every_form_needs_a_statement_and_nothing_of_quality_quantity_time_or_cost(
    content: ExpectationContent,
) -> None:
    assert code_of(content) == ""
    assert code_of(replace(content, statement=" ")) == "statement_required 9701.404"


@pytest.mark.parametrize(
    ("content", "weight", "found"),
    [
        (GOAL, 1, ""),
        (GOAL, 100, ""),
        (GOAL, 0, "invalid_input 9701.406"),
        (GOAL, 101, "invalid_input 9701.406"),
        (COMPETENCY, 50, "invalid_input 9701.406"),
    ],
)
def test_only_a_goal_has_a_weight(content: ExpectationContent, weight: int, found: str) -> None:
    assert code_of(replace(content, weight=weight)) == found


@pytest.mark.paragraph("9701.406(a)#1")
@pytest.mark.parametrize(
    ("content", "needs"),
    [
        (GOAL, True),
        (REQUIREMENT, False),
        (ASSIGNMENT, True),
        (COMPETENCY, False),
        (CONTRIBUTION, True),
        (OTHER, False),
    ],
)
def test_goals_assignments_and_contributions_are_aligned_before_they_are_communicated(
    content: ExpectationContent, needs: bool
) -> None:
    if needs:
        with pytest.raises(Refused) as refusal:
            check_communicable(content)
        assert refusal.value.code == "alignment_missing"
    check_communicable(replace(content, alignment="Strategic goal 3"))
    check_communicable(replace(content, aligned_with=7))


@pytest.mark.paragraph("9701.406(d)#1")
@pytest.mark.parametrize(
    ("involvement", "note", "allowed"),
    [
        ("met", "", True),
        ("invited", "", True),
        ("not_practicable", "On deployment.", True),
        ("not_practicable", " ", False),
        ("", "We talked", False),
    ],
)
def test_involvement_is_on_record_or_why_it_was_not_practicable(
    involvement: str, note: str, allowed: bool
) -> None:
    if allowed:
        check_involved(involvement=involvement, note=note)
        return
    with pytest.raises(Refused) as refusal:
        check_involved(involvement=involvement, note=note)
    assert refusal.value.code == "involvement_not_recorded"


def test_nobody_is_told_in_the_future_or_in_no_way() -> None:
    check_told(told_on=TOLD, how="posted", on=TOLD)
    with pytest.raises(Refused, match="still to come"):
        check_told(told_on=date(2006, 10, 17), how="oral", on=TOLD)
    with pytest.raises(Refused, match="oral, written or posted"):
        check_told(told_on=TOLD, how="thought", on=TOLD)


@pytest.mark.paragraph("9701.406(b)#2")
@pytest.mark.parametrize(
    ("work", "told_at", "work_at", "counts"),
    [
        (date(2006, 10, 15), None, None, False),
        (TOLD, None, None, False),
        (TOLD, time(9), None, False),
        (TOLD, time(9), time(9), False),
        (TOLD, time(9), time(9, 1), True),
        (TOLD, time(9), time(8, 59), False),
        (date(2006, 10, 17), None, None, True),
        (date(2007, 3, 31), None, None, True),
        (date(2007, 4, 1), None, None, False),
    ],
)
def test_work_counts_from_the_day_after_or_where_times_prove_the_order_until_it_is_replaced(
    work: date, told_at: time | None, work_at: time | None, counts: bool
) -> None:
    assert (
        is_accountable(
            communicated_on=TOLD,
            work_dated=work,
            communicated_at=told_at,
            work_at=work_at,
            ended_on=date(2007, 4, 1),
        )
        is counts
    )


@given(work=st.dates(), told=st.none() | st.dates())
def test_no_work_before_the_communication_ever_counts(work: date, told: date | None) -> None:
    if told is None or work < told:
        assert not is_accountable(communicated_on=told, work_dated=work)


@pytest.mark.paragraph("9701.404:competencies")
@pytest.mark.parametrize(
    ("series", "supervisory", "count"),
    [("0343", False, 6), ("1811", False, 5), ("1896", True, 7), ("0343", True, 8)],
)
def test_the_catalogue_fits_the_series_and_the_supervisor(
    series: str, supervisory: bool, count: int
) -> None:
    assert len(competencies_for(series=series, supervisory=supervisory)) == count
