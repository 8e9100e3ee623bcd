"""What a user may do with a request now; pages show these and never test a state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django_fsm import can_proceed

from casework.actor import Actor
from classification.models import ClassificationDecision
from classification.queries.decisions import decisions_of
from reconsideration import permissions
from reconsideration.models import Request
from regulation.refusals import Refused
from workforce.queries.position_of_record import position_of_record


def acts_for(actor: Actor, request: Request, *, on: date) -> frozenset[str]:
    """Names of the acts that the actor may carry out on the request as it stands."""
    asked: dict[str, tuple[Callable[..., object], Callable[[], None]]] = {
        "take_up": (request.take_up, lambda: permissions.may_decide(actor, request, on=on)),
        "decide": (request.decide, lambda: permissions.may_decide(actor, request, on=on)),
        "take_to_opm": (
            request.take_to_opm,
            lambda: permissions.may_take_to_opm(actor, request),
        ),
        "take_up_at_opm": (
            request.take_up_at_opm,
            lambda: permissions.may_decide_at_opm(actor, request, on=on),
        ),
        "decide_at_opm": (
            request.decide_at_opm,
            lambda: permissions.may_decide_at_opm(actor, request, on=on),
        ),
        "cancel": (request.cancel, lambda: permissions.may_cancel(actor, request)),
        "make_moot": (
            request.make_moot,
            lambda: permissions.may_make_moot(actor, request, on=on),
        ),
    }
    acts = {
        name
        for name, (transition, may) in asked.items()
        if can_proceed(transition, check_conditions=False) and _allowed(may)
    }
    if acts & {"make_moot", "take_to_opm"}:
        acts -= {"make_moot"} if _holds(request, on=on) else {"take_to_opm"}
    return frozenset(acts)


def why_not_decider(actor: Actor, request: Request, *, on: date, at_opm: bool) -> str:
    """Why this user may not decide the request, in a sentence; empty where he may."""
    may = permissions.may_decide_at_opm if at_opm else permissions.may_decide
    try:
        may(actor, request, on=on)
    except Refused as refusal:
        return refusal.message
    return ""


def may_settle(actor: Actor, request: Request, *, on: date) -> bool:
    """Whether this user may settle the pay that waits for a person."""
    return _allowed(lambda: permissions.may_settle_pay(actor, request, on=on))


def standing_of(request: Request) -> ClassificationDecision:
    """The classification that a determination sustains or changes: the decision made last.

    Another request on the same position may have changed it since this one was filed.
    """
    return decisions_of(request.position).first() or request.contested


def _holds(request: Request, *, on: date) -> bool:
    held = position_of_record(request.employee, on=on)
    return held is not None and held.pk == request.position_id


def _allowed(may: Callable[[], None]) -> bool:
    try:
        may()
    except Refused:
        return False
    return True
