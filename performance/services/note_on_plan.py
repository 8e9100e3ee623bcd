"""What the employee says of the plan (5 CFR 9701.406(d))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from casework.services.notices import notify
from performance.models import Plan, PlanNote, PlanNoteKind, PlanState
from performance.permissions import may_say
from performance.services.guards import require
from regulation import clock
from regulation.refusals import Refused
from workforce.queries.relations import supervisor_of

CITATION = "9701.406(d)"


def note_on_plan(
    plan: Plan,
    *,
    kind: str,
    text: str,
    actor: Actor,
    on: date,
    expectation: int | None = None,
    version: int | None = None,
) -> PlanNote:
    """Keep a proposal, a comment, a receipt or an objection of the employee; it decides nothing.

    5 CFR 9701.406(d)#2: final decisions are management's. Raises Refused: `permission_denied`,
    `stale_form`, `invalid_input`, `reason_required` without a text where one is needed, and
    `record_locked` while the draft has not been shown.
    """
    found: list[PlanNote] = []

    def say(fresh: Plan) -> None:
        fresh.write()
        if kind not in PlanNoteKind.values:
            raise Refused("invalid_input", CITATION, "Choose what you want to say.")
        if kind != PlanNoteKind.RECEIVED:
            require(text, "what you want to say")
        if fresh.state == PlanState.DRAFT:
            raise Refused("record_locked", CITATION, "The plan has not been shown to you yet.")
        row = None
        if expectation is not None:
            row = fresh.expectations.filter(pk=expectation).first()
            if row is None:
                raise Refused("invalid_input", CITATION, "Your plan holds no such expectation.")
        found.append(
            PlanNote.objects.create(
                plan=fresh,
                expectation=row,
                kind=kind,
                text=text.strip(),
                on=on,
                recorded_at=clock.now(),
            )
        )

    saved = act(
        plan,
        name="note_on_plan",
        actor=actor,
        on=on,
        do=say,
        may=lambda who, fresh: may_say(who, fresh),
        version=version,
        citation=CITATION,
        detail={"kind": kind},
    )
    supervisor = supervisor_of(saved.employee, on=on)
    if supervisor is not None:
        notify(
            supervisor.user,
            title=f"{saved.employee.name} said something about the plan",
            on=on,
            subject=saved.subject,
            citation=CITATION,
        )
    return found[0]
