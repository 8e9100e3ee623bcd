"""What each of the five forms of an expectation must say (5 CFR 9701.404, .406)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from regulation.refusals import Refused

CITATION = "9701.406"
GOAL, REQUIREMENT, ASSIGNMENT, COMPETENCY, OTHER = (
    "goal",
    "requirement",
    "assignment",
    "competency",
    "other",
)
FORMS = (GOAL, REQUIREMENT, ASSIGNMENT, COMPETENCY, OTHER)
GOAL_LEVELS = ("individual", "team", "organizational")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationContent:
    """One expectation as it is written; `weight` is a percent of the goals' share.

    `aligned_with` is the id of the expectation of the supervisor's own plan that this one supports,
    `competency` a code of the catalogue, blank for a contribution.
    """

    form: str
    title: str
    statement: str
    affects_retention: bool = False
    alignment: str = ""
    aligned_with: int | None = None
    quality: str = ""
    quantity: str = ""
    timeliness: str = ""
    cost: str = ""
    goal_level: str = ""
    weight: int | None = None
    target: str = ""
    due_on: date | None = None
    assigned_on: date | None = None
    source: str = ""
    available_on: date | None = None
    competency: str = ""
    understanding_reason: str = ""

    @property
    def needs_alignment(self) -> bool:
        """Goals, assignments and contributions; competencies and requirements speak for themselves.

        5 CFR 9701.406(a).
        """
        contribution = self.form == COMPETENCY and not self.competency
        return self.form in (GOAL, ASSIGNMENT) or contribution


def check_written(content: ExpectationContent, *, competencies: Collection[str]) -> None:
    """Refuse an expectation whose form lacks what 5 CFR 9701.406(c) asks of it.

    No written plan document is asked for: 9701.406(b). `competencies` are the codes that the
    position carries. Raises Refused: `statement_required`, `invalid_input`, `goal_level_required`,
    `availability_date_required`, `due_before_assigned`, `unknown_competency`,
    `understanding_reason_required`.
    """
    if content.form not in FORMS:
        raise Refused("invalid_input", "9701.406(c)", "Choose one of the five forms.")
    if not content.statement.strip() or not content.title.strip():
        raise Refused(
            "statement_required", "9701.404", "Say in a short title and statement what is expected."
        )
    if content.weight is not None and (content.form != GOAL or not 0 < content.weight <= 100):
        raise Refused("invalid_input", CITATION, "Only a goal has a weight, from 1 to 100 percent.")
    _CHECKS[content.form](content, competencies)


def check_communicable(content: ExpectationContent) -> None:
    """Refuse to communicate what is not aligned: `alignment_missing` (5 CFR 9701.406(a))."""
    aligned = content.aligned_with is not None or bool(content.alignment.strip())
    if content.needs_alignment and not aligned:
        raise Refused(
            "alignment_missing",
            "9701.406(a)",
            f"Say which mission, goal, program objective or plan “{content.title}” supports.",
        )


def _goal(content: ExpectationContent, competencies: Collection[str]) -> None:
    if content.goal_level not in GOAL_LEVELS:
        raise Refused(
            "goal_level_required",
            "9701.406(c)(1)",
            "Say whether the target is the individual’s, the team’s or the organization’s.",
        )


def _requirement(content: ExpectationContent, competencies: Collection[str]) -> None:
    if not content.source.strip() or content.available_on is None:
        raise Refused(
            "availability_date_required",
            "9701.406(c)(2)",
            "Name the procedure, manual or directive, and the day on which it was made available.",
        )


def _assignment(content: ExpectationContent, competencies: Collection[str]) -> None:
    if content.assigned_on is None:
        raise Refused("statement_required", "9701.406(c)(3)", "Give the day of the assignment.")
    if content.due_on is not None and content.due_on < content.assigned_on:
        raise Refused(
            "due_before_assigned",
            "9701.406(c)(3)",
            f"The assignment of {content.assigned_on} cannot be due on {content.due_on}.",
        )


def _competency(content: ExpectationContent, competencies: Collection[str]) -> None:
    if content.competency and content.competency not in competencies:
        raise Refused(
            "unknown_competency",
            "9701.406(c)(4)",
            f"“{content.competency}” is no competency of this position’s catalogue.",
        )


def _other(content: ExpectationContent, competencies: Collection[str]) -> None:
    if not content.understanding_reason.strip():
        raise Refused(
            "understanding_reason_required",
            "9701.406(c)(5)",
            "Say why it is reasonable to assume that the employee will understand it.",
        )


_CHECKS = {
    GOAL: _goal,
    REQUIREMENT: _requirement,
    ASSIGNMENT: _assignment,
    COMPETENCY: _competency,
    OTHER: _other,
}
