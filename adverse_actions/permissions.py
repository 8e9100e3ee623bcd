"""Who records a proposal of adverse action."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import is_hr

CITATION = "9701.609"


def may_propose(actor: Actor, employee: Employee, *, on: date) -> None:
    """HR over the employee's organization, never for himself.

    Raises Refused own_record, not_authorized.
    """
    if actor.user is None:
        return
    if employee.user_id == actor.user.pk:
        raise Refused("own_record", CITATION, "Nobody acts in his own case.")
    if not is_hr(actor.user, employee, on):
        raise Refused(
            "not_authorized", CITATION, f"This is for an HR specialist of {employee.name}."
        )
