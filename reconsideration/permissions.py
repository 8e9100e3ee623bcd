"""Who may do what to a request; each function raises Refused where the actor may not."""

from __future__ import annotations

from datetime import date

from accounts.models import Role, User
from accounts.queries.roles import holds_role
from casework.actor import Actor
from reconsideration.models import Request, RequestState
from regulation.refusals import Refused
from workforce.models import Employee

AT_OPM = (RequestState.FILED_OPM, RequestState.UNDER_OPM_REVIEW, RequestState.OPM_DECIDED)


def may_file(actor: Actor, *, employee: Employee) -> None:
    """The employee alone asks for reconsideration (5 CFR 9701.222(a))."""
    if actor.user is not None and employee.user_id != actor.user.pk:
        raise Refused(
            "not_authorized", "9701.222(a)", "Only the employee asks to reconsider the position."
        )


def may_take_to_opm(actor: Actor, request: Request) -> None:
    """The employee alone asks OPM to review (5 CFR 9701.222(c))."""
    if actor.user is not None and request.employee.user_id != actor.user.pk:
        raise Refused("not_authorized", "9701.222(c)", "Only the employee takes the matter to OPM.")


def may_cancel(actor: Actor, request: Request) -> None:
    """The employee alone withdraws the request."""
    if actor.user is not None and request.employee.user_id != actor.user.pk:
        raise Refused("permission_denied", "9701.222(a)", "Only the employee withdraws a request.")


def may_decide(actor: Actor, request: Request, *, on: date) -> None:
    """HR over the organization: neither the employee nor the one whose decision is contested."""
    user = actor.user
    if user is None:
        return
    _refuse_partial(user, request)
    if not is_hr_of(user, request, on=on):
        raise Refused(
            "permission_denied",
            "9701.222(b)",
            f"This is for an HR specialist of {request.position.organization}.",
        )


def may_decide_at_opm(actor: Actor, request: Request, *, on: date) -> None:
    """OPM's reviewer, with no earlier part in the matter (5 CFR 9701.222(d))."""
    user = actor.user
    if user is None:
        return
    _refuse_partial(user, request)
    if request.dhs_decided_by_id == user.pk:
        raise Refused(
            "permission_denied", "9701.222(c)", "You made the determination that is under review."
        )
    if not is_opm_reviewer(user, on=on):
        raise Refused("permission_denied", "9701.222(d)", "This is for OPM's reviewer.")


def may_make_moot(actor: Actor, request: Request, *, on: date) -> None:
    """Who has the request: HR while it is with DHS, OPM's reviewer while it is there."""
    user = actor.user
    if user is None:
        return
    at_opm = request.state in AT_OPM
    allowed = is_opm_reviewer(user, on=on) if at_opm else is_hr_of(user, request, on=on)
    if not allowed or request.employee.user_id == user.pk:
        raise Refused(
            "permission_denied", "9701.222(a)", "Who reviews the request closes it as moot."
        )


def may_settle_pay(actor: Actor, request: Request, *, on: date) -> None:
    """HR over the organization of the position, never the employee himself."""
    user = actor.user
    if user is None:
        return
    if request.employee.user_id == user.pk or not is_hr_of(user, request, on=on):
        raise Refused(
            "permission_denied",
            "9701.222(b)",
            f"This is for an HR specialist of {request.position.organization}.",
        )


def is_hr_of(user: User, request: Request, *, on: date) -> bool:
    """Whether the user is an HR specialist over the organization of the position."""
    organization = request.position.organization
    return holds_role(user, [Role.HR_SPECIALIST], on=on, organization=organization)


def is_opm_reviewer(user: User, *, on: date) -> bool:
    """Whether the user reviews for OPM."""
    return holds_role(user, [Role.OPM_REVIEWER], on=on)


def went_to_opm(request: Request) -> bool:
    """Whether OPM has, or had, the request."""
    return request.opm_filed_on is not None


def is_party(user: User, request: Request, *, on: date) -> bool:
    """Whether the user is the employee, HR of the organization, or OPM once it has the request."""
    return (
        request.employee.user_id == user.pk
        or is_hr_of(user, request, on=on)
        or (went_to_opm(request) and is_opm_reviewer(user, on=on))
    )


def _refuse_partial(user: User, request: Request) -> None:
    if request.employee.user_id == user.pk:
        raise Refused("permission_denied", "9701.222(b)", "Nobody decides about the own position.")
    if request.contested.decided_by_id == user.pk:
        raise Refused(
            "permission_denied", "9701.222(b)", "You made the decision that is contested."
        )
