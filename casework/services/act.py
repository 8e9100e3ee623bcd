"""The one way to act on a case (rule 5 of the design)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.models import Case
from casework.services.history import record
from casework.settlement import settle_lapsed
from regulation.refusals import Refused

CaseT = TypeVar("CaseT", bound=Case)


def act(
    case: CaseT,
    *,
    name: str,
    actor: Actor,
    on: date,
    do: Callable[[CaseT], object],
    may: Callable[[Actor, CaseT], None] | None = None,
    version: int | None = None,
    citation: str = "",
    detail: dict[str, Any] | None = None,
) -> CaseT:
    """Carry out one act on one case, in one transaction, or refuse it whole.

    Locks the person and then the case, settles the person's lapsed deadlines with the dates the law
    gives, checks the form's version, recusal and permission, runs the thin transition `do` on the
    fresh row, saves it, and writes the history. `may(actor, case)` raises Refused where the actor
    may not. Raises Refused: stale_form, recused, invalid_transition, or what `may` and `do` refuse.
    Returns the case as saved.
    """
    with transaction.atomic():
        case.lock_subject()
        if case.employee_key:
            settle_lapsed(case.employee_key, before=on)
        model = type(case)
        fresh = model._default_manager.select_for_update(no_key=True).get(pk=case.pk)
        if version is not None and version != fresh.version:
            raise Refused(
                "stale_form",
                "",
                "This record was changed after you opened the form. Nothing was saved.",
            )
        refuse_recused(actor.user, fresh, on=on)
        if may is not None:
            may(actor, fresh)
        before = str(getattr(fresh, "state", ""))
        try:
            do(fresh)
        except TransitionNotAllowed as error:
            state = getattr(fresh, "get_state_display", lambda: before)()
            raise Refused(
                "invalid_transition",
                citation,
                f"This cannot be done now: the record is in the state “{state}”.",
            ) from error
        fresh.version += 1
        fresh.save()
        record(
            fresh.subject,
            act=name,
            actor=actor,
            on=on,
            employee_key=fresh.employee_key,
            from_state=before,
            to_state=str(getattr(fresh, "state", "")),
            citation=citation,
            detail=detail,
        )
    return fresh
