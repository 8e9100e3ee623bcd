"""The competencies that an employee's position carries (5 CFR 9701.406(c)(4))."""

from __future__ import annotations

from datetime import date

from classification.queries.decisions import classification_on
from performance.rules.competencies import Competency, competencies_for
from workforce.models import Employee
from workforce.queries.relations import assignment_on


def competencies_of(employee: Employee, *, on: date) -> tuple[Competency, ...]:
    """Those of the position held on a date; none without a position."""
    assignment = assignment_on(employee, on=on)
    if assignment is None:
        return ()
    decision = classification_on(assignment.position, on=on)
    return competencies_for(
        series=decision.series.code if decision else "",
        supervisory=assignment.position.supervisory,
    )


def competency_codes(employee: Employee, *, on: date) -> frozenset[str]:
    """The codes of the same."""
    return frozenset(each.code for each in competencies_of(employee, on=on))
