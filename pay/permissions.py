"""Who may set a person's pay, and who works on a denied increase."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from pay.models import DeniedIncrease
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import is_hr, is_pay_office


def may_set_pay(actor: Actor, employee: Employee, *, on: date) -> None:
    """HR or a pay specialist over the employee's organization, never for himself.

    Raises Refused own_record, not_authorized.
    """
    if actor.user is None:
        return
    if employee.user_id == actor.user.pk:
        raise Refused("own_record", "", "Nobody acts on his own pay.")
    if not (is_hr(actor.user, employee, on) or is_pay_office(actor.user, employee, on)):
        raise Refused("not_authorized", "", f"This is for HR or the pay office of {employee.name}.")


def may_work_on_denial(actor: Actor, case: DeniedIncrease, *, on: date) -> None:
    """HR over the employee's organization, never for himself.

    Raises Refused own_record, not_authorized.
    """
    if actor.user is None:
        return
    if case.employee.user_id == actor.user.pk:
        raise Refused("own_record", "", "Nobody acts in his own case.")
    if not is_hr(actor.user, case.employee, on):
        raise Refused(
            "not_authorized", "", f"This is for an HR specialist of {case.employee.name}."
        )
