"""Taking somebody on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from classification.models import Position
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.permissions import may_hire
from workforce.services.place import place


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmployee:
    """Who is hired, under what; no Social Security number."""

    number: str
    given_name: str
    family_name: str
    coverage_category: str
    service: str = "competitive"
    preference_eligible: bool = False
    initial_service_ends: date | None = None
    bargaining_unit: bool = False
    senior_executive: bool = False


@transaction.atomic
def hire(
    newcomer: NewEmployee,
    *,
    position: Position,
    area: str,
    hired: date,
    actor: Actor,
    on: date,
    special_category: str = "",
) -> Employee:
    """Record an employee in a position of record from a date on; pay is set by its own order.

    Raises Refused already_employed for a number taken, not_authorized, and what `place` refuses.
    """
    may_hire(actor, position.organization, on=on)
    if Employee.objects.filter(number=newcomer.number).exists():
        raise Refused("already_employed", "", f"There is an employee {newcomer.number} already.")
    employee = Employee.objects.create(
        number=newcomer.number,
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
        coverage_category=newcomer.coverage_category,
        service=newcomer.service,
        preference_eligible=newcomer.preference_eligible,
        initial_service_ends=newcomer.initial_service_ends,
        bargaining_unit=newcomer.bargaining_unit,
        senior_executive=newcomer.senior_executive,
        hired=hired,
    )
    place(employee, position, effective=hired, area=area, special_category=special_category)
    record(
        employee.subject,
        act="hire",
        actor=actor,
        on=on,
        employee_key=employee.employee_key,
        to_state=str(employee.state),
        detail={"position": position.number, "hired": hired.isoformat()},
    )
    return employee
