"""Who hires, separates and records absences."""

from __future__ import annotations

from datetime import date

from accounts.models import Organization, Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import is_hr


def may_staff(actor: Actor, employee: Employee, *, on: date) -> None:
    """HR over the employee's organization, never for himself.

    Raises Refused own_record, not_authorized.
    """
    if actor.user is None:
        return
    if employee.user_id == actor.user.pk:
        raise Refused("own_record", "", "Nobody acts on his own record.")
    if not is_hr(actor.user, employee, on):
        raise Refused("not_authorized", "", f"This is for an HR specialist of {employee.name}.")


def may_hire(actor: Actor, organization: Organization, *, on: date) -> None:
    """HR over the organization. Raises Refused not_authorized."""
    if actor.user is not None and not holds_role(
        actor.user, [Role.HR_SPECIALIST], on=on, organization=organization
    ):
        raise Refused("not_authorized", "", f"This is for an HR specialist of {organization}.")
