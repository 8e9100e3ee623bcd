"""Who may do what with a rating of record; each raises Refused where the actor may not.

5 CFR 9701.405(c)(1), 9701.409(b), (c): the rating official rates and issues, the reviewing official
reviews, the employee acknowledges, HR names officials. Nobody acts on his own record.
"""

from __future__ import annotations

from datetime import date

from accounts.models import Role, User
from accounts.queries.roles import holds_role
from casework.actor import Actor
from performance.models import RatingOfRecord, RatingState
from performance.queries.officials import employee_behind
from performance.rules.finality import refuse_final
from regulation.refusals import Refused
from workforce.models import Employee, EmployeeCase
from workforce.queries import relations


def may_start_rating(actor: Actor, employee: Employee, *, on: date) -> Employee:
    """The employee's supervisor on the date, who becomes the rating official."""
    who = employee_behind(actor)
    if who is not None and who.pk == employee.pk:
        raise _self_rating()
    supervisor = relations.supervisor_of(employee, on=on)
    if who is None or supervisor is None or supervisor.pk != who.pk:
        raise Refused(
            "not_rating_official",
            "9701.405(c)(1)",
            f"Only {employee.name}’s supervisor, or a rating official named by HR, may rate.",
        )
    return who


def may_expect(actor: Actor, employee: Employee, *, on: date) -> None:
    """The employee's supervisor on the date, who says what is expected and how it goes.

    5 CFR 9701.405(c)(1).
    """
    who = employee_behind(actor)
    if who is not None and who.pk == employee.pk:
        raise Refused("own_record", "", "Nobody acts on his or her own record.")
    supervisor = relations.supervisor_of(employee, on=on)
    if who is None or supervisor is None or supervisor.pk != who.pk:
        raise Refused(
            "not_rating_official",
            "9701.405(c)(1)",
            f"Only {employee.name}’s supervisor of the day may do this.",
        )


def may_say(actor: Actor, case: EmployeeCase) -> None:
    """The employee whose matter it is."""
    who = employee_behind(actor)
    if who is None or who.pk != case.employee_id:
        raise Refused("permission_denied", "", "Only the employee can say this.")


def may_rate(actor: Actor, rating: RatingOfRecord) -> None:
    """The rating official, and only before issue."""
    refuse_final(rating.issued_on)
    must_be_rating_official(actor, rating)


def must_be_rating_official(actor: Actor, rating: RatingOfRecord) -> None:
    """The rating official, whatever the state."""
    who = employee_behind(actor)
    if who is not None and who.pk == rating.employee_id:
        raise _self_rating()
    if who is None or who.pk != rating.rater_id:
        raise Refused(
            "not_rating_official",
            "9701.405(c)(1)",
            "Only the rating official of this rating may do this.",
        )


def may_review(actor: Actor, rating: RatingOfRecord) -> None:
    """The reviewing official, never the rating official, and only before issue."""
    refuse_final(rating.issued_on)
    who = employee_behind(actor)
    if who is not None and who.pk == rating.rater_id:
        raise Refused(
            "reviewer_same_as_rater",
            "9701.409(c)",
            "The rating official of a rating cannot also be its reviewing official.",
        )
    if who is not None and who.pk == rating.employee_id:
        raise Refused("own_record", "", "Nobody acts on his or her own record.")
    if who is None or who.pk != rating.reviewer_id:
        raise Refused(
            "permission_denied", "9701.409(c)", "Only the reviewing official may do this."
        )


def may_acknowledge(actor: Actor, rating: RatingOfRecord) -> None:
    """The employee whose rating it is."""
    who = employee_behind(actor)
    if who is None or who.pk != rating.employee_id:
        raise Refused(
            "permission_denied", "9701.409(c)", "Only the employee can acknowledge a rating."
        )


def may_administer(actor: Actor, rating: RatingOfRecord, *, on: date) -> None:
    """An HR specialist for the employee's organization, and only before issue."""
    refuse_final(rating.issued_on)
    if actor.user is None or not relations.is_hr(actor.user, rating.employee, on):
        raise Refused(
            "permission_denied", "9701.409(b)", "Only HR for this organization may do this."
        )


def may_correct(actor: Actor, rating: RatingOfRecord, *, on: date) -> None:
    """An HR specialist for the employee's organization, for a final rating, never his own."""
    if actor.user is None:
        return
    if rating.employee.user_id == actor.user.pk:
        raise Refused("own_record", "", "Nobody acts on his or her own record.")
    if not relations.is_hr(actor.user, rating.employee, on):
        raise Refused(
            "permission_denied", "9701.409(g)", "Only HR for this organization may do this."
        )


def can_read(user: User, rating: RatingOfRecord, *, on: date) -> bool:
    """Who sees a rating: a draft its rating official, after sending its reviewing official too.

    The employee, the line and auditors see it once issued; HR for the organization at any time.
    """
    who = relations.employee_of_user(user)
    pk = who.pk if who else None
    if pk is not None and pk == rating.employee_id:
        return rating.issued_on is not None
    if pk is not None and pk == rating.rater_id:
        return True
    if pk is not None and pk == rating.reviewer_id and rating.state != RatingState.DRAFT:
        return True
    employee = rating.employee
    if relations.is_hr(user, employee, on):
        return True
    return rating.issued_on is not None and (
        relations.is_supervisor(user, employee, on)
        or relations.is_line(user, employee, on)
        or relations.is_auditor(user, employee, on)
    )


def _self_rating() -> Refused:
    return Refused("self_rating", "9701.405(c)(1)", "Nobody rates himself or herself.")


def may_establish(actor: Actor, *, on: date) -> None:
    """The Secretary's designee, who establishes performance systems (5 CFR 9701.405(a))."""
    if actor.user is None or not holds_role(actor.user, [Role.DESIGNEE], on=on):
        raise Refused(
            "permission_denied",
            "9701.405(a)",
            "Only the Secretary or designee establishes a performance system.",
        )


def may_administer_person(actor: Actor, employee: Employee, *, on: date) -> None:
    """An HR specialist for the employee's organization; nobody for himself."""
    if actor.user is None or not relations.is_hr(actor.user, employee, on):
        raise Refused("permission_denied", "", "Only HR for this organization may do this.")


def may_appraise(actor: Actor, employee: Employee, *, owed_by: Employee | None, on: date) -> None:
    """The supervisor of the day, or the former one who owes the appraisal (5 CFR 9701.409(h))."""
    who = employee_behind(actor)
    if who is not None and who.pk == employee.pk:
        raise Refused("own_record", "", "Nobody acts on his or her own record.")
    if who is not None and owed_by is not None and who.pk == owed_by.pk:
        return
    may_expect(actor, employee, on=on)
