"""Who rates, who reviews, and which employee is behind an actor (5 CFR 9701.405(c)(1), .409(b))."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from casework.actor import Actor
from performance.models import Appraisal, RatingOfRecord, SpecialCircumstance
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import employee_of_user, supervisor_of


def employee_behind(actor: Actor) -> Employee | None:
    """The employee record of the person who acts, or None."""
    return employee_of_user(actor.user) if actor.user else None


def person_behind(actor: Actor) -> Employee:
    """The employee record of the person who acts. Raises Refused `permission_denied`."""
    who = employee_behind(actor)
    if who is None:
        raise Refused("permission_denied", "", "Only a person with an employee record can do this.")
    return who


def reviewing_official_of(rater: Employee, *, on: date) -> Employee | None:
    """The rating official's own supervisor; None at the top, where HR names somebody."""
    return supervisor_of(rater, on=on)


def is_rating_official(user: User, employee: Employee, on: date) -> bool:
    """Whether the user is the rating official of one of the employee's ratings."""
    return RatingOfRecord.objects.filter(employee=employee, rater__user=user).exists()


def is_reviewing_official(user: User, employee: Employee, on: date) -> bool:
    """Whether the user is the reviewing official of one of the employee's ratings."""
    return RatingOfRecord.objects.filter(employee=employee, reviewer__user=user).exists()


def is_appraiser(user: User, employee: Employee, on: date) -> bool:
    """Whether the user owes, or prepared, an appraisal of the employee (5 CFR 9701.409(h))."""
    return (
        SpecialCircumstance.objects.filter(employee=employee, appraised_by__user=user).exists()
        or Appraisal.objects.filter(employee=employee, prepared_by__user=user).exists()
    )
