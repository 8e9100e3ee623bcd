"""Giving OPM notice, keeping its answer, and waiting for it (5 CFR 9701.103 "Coordination")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from accounts.models import Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from casework.models import Case
from casework.services.act import act
from casework.services.history import record
from governance.models import Coordination, CoordinationState
from governance.rules.coordination import (
    CITATION,
    Notice,
    refuse_incomplete_notice,
    refuse_uncoordinated,
)
from regulation.refusals import Refused


def may_give_notice(actor: Actor, on: date) -> None:
    """The Secretary's designee gives notice. Raises Refused not_authorized."""
    if actor.user and not holds_role(actor.user, [Role.DESIGNEE], on=on):
        raise Refused("not_authorized", CITATION, "The Secretary's designee gives notice to OPM.")


def may_answer(actor: Actor, on: date) -> None:
    """OPM answers. Raises Refused not_authorized."""
    if actor.user and not holds_role(actor.user, [Role.OPM_REVIEWER], on=on):
        raise Refused("not_authorized", CITATION, "Only OPM's reviewer records OPM's answer.")


@transaction.atomic
def give_notice(
    *,
    paragraph: str,
    action: str,
    intended_effective: date | None,
    staff_consulted_on: date | None,
    actor: Actor,
    on: date,
) -> Coordination:
    """Give OPM the official notice that starts the 30 days (5 CFR 9701.103).

    Raises Refused not_authorized or record_incomplete.
    """
    may_give_notice(actor, on)
    refuse_incomplete_notice(
        staff_consulted=staff_consulted_on,
        action=action,
        intended_effective=intended_effective,
        given=on,
    )
    if intended_effective is None:  # refused above; said again for the type
        raise Refused("record_incomplete", CITATION, "The intended effective date is missing.")
    coordination = Coordination.objects.create(
        paragraph=paragraph,
        action=action,
        intended_effective=intended_effective,
        staff_consulted_on=staff_consulted_on,
        noticed_on=on,
    )
    record(
        coordination.subject,
        act="give_notice",
        actor=actor,
        on=on,
        to_state=str(coordination.state),
        citation=CITATION,
    )
    return coordination


def record_answer(
    coordination: Coordination, *, answer: CoordinationState, text: str, actor: Actor, on: date
) -> Coordination:
    """Keep OPM's answer: concurrence, a Governmentwide hold, another answer, or a resolution.

    Raises Refused not_authorized, invalid_transition, or invalid_decision for what is no answer.
    """
    answers: dict[CoordinationState, Callable[[Coordination], None]] = {
        CoordinationState.CONCURRED: lambda row: row.concur(answer=text, on=on),
        CoordinationState.HELD: lambda row: row.hold(answer=text, on=on),
        CoordinationState.RESPONDED: lambda row: row.respond(answer=text, on=on),
        CoordinationState.RESOLVED: lambda row: row.resolve(answer=text, on=on),
    }
    if answer not in answers:
        raise Refused("invalid_decision", CITATION, f"“{answer}” is no answer of OPM.")
    return act(
        coordination,
        name=f"opm_{answer}",
        actor=actor,
        on=on,
        do=answers[answer],
        may=_on(may_answer, on),
        citation=CITATION,
    )


def withdraw(coordination: Coordination, *, reason: str, actor: Actor, on: date) -> Coordination:
    """Give the coordinated action up. Raises Refused not_authorized or invalid_transition."""
    return act(
        coordination,
        name="withdraw",
        actor=actor,
        on=on,
        do=lambda row: row.withdraw(answer=reason, on=on),
        may=_on(may_give_notice, on),
        citation=CITATION,
    )


def require_coordination(coordination: Coordination | None, *, subject: str, on: date) -> None:
    """Go on only where the text asks for no coordination, or it is cleared on the date (R40).

    Raises Refused coordination_required, coordination_pending or coordination_hold.
    """
    refuse_uncoordinated(_notice(coordination), subject=subject, on=on)


def _notice(coordination: Coordination | None) -> Notice | None:
    if coordination is None or coordination.state == CoordinationState.WITHDRAWN:
        return None
    answer = "" if coordination.state == CoordinationState.NOTICED else str(coordination.state)
    return Notice(
        given=coordination.noticed_on,
        answer=answer,  # type: ignore[arg-type]
        answered=coordination.answered_on,
    )


def _on(may: Callable[[Actor, date], None], on: date) -> Callable[[Actor, Case], None]:
    return lambda actor, case: may(actor, on)
