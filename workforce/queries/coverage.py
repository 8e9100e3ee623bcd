"""Under which law an employee stands on a date (5 CFR 9701.102(c))."""

from __future__ import annotations

from datetime import date

from governance.queries import coverage
from regulation.refusals import Refused
from workforce.models import Employee


def is_covered(employee: Employee, *, subpart: str, on: date) -> bool:
    """Whether a subpart applies to the employee's category on a date."""
    return coverage.is_covered(employee.coverage_category, subpart=subpart, on=on)


def regime(employee: Employee, *, subpart: str, on: date) -> str:
    """The law of the date: "part 9701" where the subpart applies, otherwise "title 5"."""
    return "part 9701" if is_covered(employee, subpart=subpart, on=on) else "title 5"


def refuse_uncovered(employee: Employee, *, subpart: str, on: date) -> None:
    """Raise Refused not_covered where the subpart does not apply on the action's effective date."""
    if not is_covered(employee, subpart=subpart, on=on):
        raise Refused(
            "not_covered",
            "9701.102(c)",
            f"Subpart {subpart} does not apply to {employee.name} on {on}: the category "
            f"“{employee.coverage_category}” is not covered.",
        )
