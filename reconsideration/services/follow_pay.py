"""Pay follows a changed band by its own order, on the day from which the change counts."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.deadlines import end_deadline, open_deadline
from casework.services.work_items import open_work_item
from classification.models import ClassificationDecision
from classification.queries.decisions import classification_on
from pay.queries.rates import rate_on
from reconsideration.models import Request
from reconsideration.services.order_pay import order_pay
from reconsideration.services.told import address_of
from regulation.refusals import Refused
from workforce.queries.position_of_record import position_of_record

#: The promise of a change of pay on a coming day, kept as a deadline.
PROMISE = "reconsideration_pay"
#: What a person of HR has to settle.
TO_SETTLE = "reconsideration_pay_to_settle"
PAY_SYSTEM = "reconsideration_pay_system"
CITATION = "9701.222(b)"


def follow_pay(
    request: Request, *, decision: ClassificationDecision, actor: Actor, on: date
) -> None:
    """Set the pay of a changed band now, or promise it for the day from which it counts.

    A later determination takes the place of an earlier promise. What the pay rules refuse (a move
    that no directive maps, a date before a posted step) becomes a work item; nothing is guessed.
    """
    end_deadline(
        request.subject,
        kind=PROMISE,
        state=DeadlineState.CANCELLED,
        on=on,
        by="a later determination",
    )
    if decision.effective <= on:
        set_pay(request, decision=decision, actor=actor)
        return
    if not _changes_band(request, decision=decision):
        return
    open_deadline(
        request,
        kind=PROMISE,
        trigger_on=on,
        days=(decision.effective - on).days - 1,
        citation=CITATION,
    )


def follow_pay_system(request: Request, *, on: date) -> None:
    """Ask HR to move the position to the pay system that the determination names."""
    open_work_item(
        request,
        kind=PAY_SYSTEM,
        title=f"Carry out the changed pay system of {request.position.number}",
        on=on,
        url=address_of(request),
        citation="9701.222(a)",
        role=Role.HR_SPECIALIST,
        organization=request.position.organization,
    )


def keep_promise(deadline: Deadline) -> str:
    """The day has come: set the pay, unless a newer decision stands or the employee has left."""
    request = Request.objects.select_related("employee", "position", "resulting").get(
        pk=int(deadline.subject.partition(":")[2])
    )
    decision = request.resulting
    done = "nothing to change"
    if decision is not None:
        # Ended first: the pay order settles what has lapsed, and must not come here again.
        end_deadline(
            request.subject,
            kind=PROMISE,
            state=DeadlineState.LAPSED,
            on=decision.effective,
            by="the day of the changed classification",
        )
        reason = f"the changed classification counts from {decision.effective}"
        done = set_pay(request, decision=decision, actor=Actor.system(reason))
    return done


def set_pay(request: Request, *, decision: ClassificationDecision, actor: Actor) -> str:
    """Order the pay of the band as of the decision's date; says in a few words what was done."""
    on = decision.effective
    held = position_of_record(request.employee, on=on)
    if held is None or held.pk != decision.position_id:
        return "the employee no longer held the position"
    if classification_on(decision.position, on=on) != decision:
        return "a newer decision took its place"
    if not _changes_band(request, decision=decision):
        return "the band was already that of the pay"
    try:
        with transaction.atomic():
            order_pay(request, decision=decision, actor=actor, on=on)
    except Refused as refusal:
        open_work_item(
            request,
            kind=TO_SETTLE,
            title=f"Pay of {request.employee} after reconsideration: {refusal.message}"[:200],
            on=on,
            url=address_of(request),
            citation=refusal.citation,
            role=Role.HR_SPECIALIST,
            organization=request.position.organization,
        )
        return f"left to HR: {refusal.code}"
    return f"pay set for band {decision.band.code}"


def _changes_band(request: Request, *, decision: ClassificationDecision) -> bool:
    rate = rate_on(request.employee, decision.effective)
    return rate is None or rate.band_id != decision.band_id
