"""The score that proposes the summary level, and the check that decides against it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from performance.rules.summary_level import check_summary
from performance.rules.summary_score import (
    GoalResult,
    Score,
    ScoringPolicy,
    check_weights,
    score,
)
from regulation.refusals import Refused

POLICY = ScoringPolicy(
    points={"AE": Fraction(5), "EE": Fraction(4), "ME": Fraction(3), "U": Fraction(1)},
    cutoffs={"AE": Decimal("4.50"), "EE": Decimal("3.50"), "ME": Decimal("3.00")},
    goal_share=60,
    competency_share=40,
    unacceptable="U",
    fully_successful="ME",
)
GOALS = [GoalResult(50, "AE"), GoalResult(30, "EE"), GoalResult(20, "ME")]


def levels(text: str) -> list[str | None]:
    return [None if code == "-" else code for code in text.split()]


def of(competencies: str, goals: list[GoalResult] | None = None) -> Score:
    return score(GOALS if goals is None else goals, levels(competencies), POLICY)


def test_the_worked_example() -> None:
    found = of("EE ME ME EE EE ME")
    assert (found.goals, found.competencies, found.total) == (
        Decimal("4.30"),
        Decimal("3.50"),
        Decimal("3.98"),
    )
    assert (found.level, found.decided_by_failure) == ("EE", False)


@pytest.mark.paragraph("9701.404:unacceptable-performance")
def test_one_unacceptable_part_decides_whatever_the_sum() -> None:
    found = of("EE ME U EE EE ME")
    assert (found.competencies, found.total) == (Decimal("3.17"), Decimal("3.85"))
    assert (found.level, found.decided_by_failure) == ("U", True)


@pytest.mark.paragraph("9701.404:unacceptable-performance")
def test_one_failed_competency_of_eight_with_all_goals_at_the_top_is_unacceptable() -> None:
    top = [GoalResult(60, "AE"), GoalResult(40, "AE")]
    assert of("AE AE AE AE AE AE AE U", top).level == "U"


@pytest.mark.parametrize(
    ("goals", "competencies", "total", "level"),
    [
        ([GoalResult(100, "AE")], "EE EE EE AE", "4.70", "AE"),
        ([GoalResult(50, "AE"), GoalResult(50, "EE")], "AE EE", "4.50", "AE"),
        ([GoalResult(75, "AE"), GoalResult(25, "ME")], "EE EE EE EE EE EE AE AE", "4.40", "EE"),
        ([GoalResult(50, "EE"), GoalResult(50, "ME")], "EE ME", "3.50", "EE"),
        ([GoalResult(49, "EE"), GoalResult(51, "ME")], "EE ME", "3.49", "ME"),
        ([GoalResult(100, "ME")], "ME ME", "3.00", "ME"),
        ([], "EE ME", "3.50", "EE"),
        ([GoalResult(100, "EE")], "", "4.00", "EE"),
        ([GoalResult(50, "AE"), GoalResult(50, None)], "- EE", "4.60", "AE"),
    ],
)
def test_cutoffs_are_read_on_the_rounded_sum_and_absent_parts_are_left_out(
    goals: list[GoalResult], competencies: str, total: str, level: str
) -> None:
    found = of(competencies, goals)
    assert (found.total, found.level) == (Decimal(total), level)


def test_nothing_assessed_proposes_nothing() -> None:
    assert of("- -", [GoalResult(100, None)]).level is None
    assert of("", []).total is None


@pytest.mark.parametrize("weights", [[], [100], [50, 30, 20]])
def test_weights_of_a_hundred_pass(weights: list[int | None]) -> None:
    check_weights(weights)


@pytest.mark.parametrize("weights", [[99], [50, 51], [None], [0, 0]])
def test_other_weights_are_refused(weights: list[int | None]) -> None:
    with pytest.raises(Refused) as refusal:
        check_weights(weights)
    assert refusal.value.code == "weights_not_100"


@pytest.mark.paragraph("9701.404:unacceptable-performance")
@pytest.mark.parametrize(
    ("failed", "unacceptable", "message"),
    [
        (
            ["Teamwork", "Leadership"],
            False,
            "Teamwork is rated Unacceptable, so the summary must be Unacceptable (9701.404).",
        ),
        ([], True, "Summary Unacceptable needs at least one expectation not met."),
    ],
)
def test_a_summary_that_its_parts_contradict_is_refused(
    failed: list[str], unacceptable: bool, message: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check_summary(failed=failed, unacceptable=unacceptable)
    assert (refusal.value.code, refusal.value.message) == ("unacceptable_mismatch", message)


@pytest.mark.parametrize(("failed", "unacceptable"), [([], False), (["Teamwork"], True)])
def test_a_summary_that_its_parts_bear_out_passes(failed: list[str], unacceptable: bool) -> None:
    check_summary(failed=failed, unacceptable=unacceptable)
