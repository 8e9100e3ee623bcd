"""Issued ratings of a department, for pages that look at many."""

from __future__ import annotations

from accounts.models import Organization
from performance.models import RatingOfRecord, RatingState
from tests.factories import make_assignment, make_employee, make_position
from tests.performance.office import ISSUED, Office
from workforce.models import Employee

TEXT = "Closed nine of ten cases in time and trained two new colleagues in the spring."


def rated(
    office: Office,
    levels: str,
    *,
    organization: Organization,
    rater: Employee | None = None,
    narrative: str = "",
) -> list[RatingOfRecord]:
    """Issued ratings at those levels in an organization."""
    by_code = {level.code: level for level in office.cycle.system.levels.all()}
    made = []
    for code in levels.split():
        person = make_employee(user=False)
        make_assignment(person, make_position(organization))
        made.append(
            RatingOfRecord.objects.create(
                employee=person,
                cycle=office.cycle,
                state=RatingState.ISSUED,
                rater=rater or office.supervisor,
                reviewer=office.reviewer,
                level=by_code[code],
                rater_level=by_code[code],
                narrative=narrative,
                issued_on=ISSUED,
            )
        )
    return made
