"""Pay follows a changed band by its own order, on the day from which the change counts."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState, WorkItem
from casework.services.act import act
from casework.services.deadlines import end_deadline, open_deadline
from casework.services.history import record
from casework.services.work_items import finish_work_item, open_work_item
from classification.models import ClassificationDecision
from classification.queries.decisions import classification_on
from pay.queries.rates import rate_on
from reconsideration.models import Request
from reconsideration.permissions import may_settle_pay
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


def follow_pay(request: Request, *, decision: ClassificationDecision, on: date) -> None:
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
    finish_work_item(request, kind=TO_SETTLE, on=on)
    if decision.effective <= on:
        set_pay(request, decision=decision, on=on)
    elif _changes_band(request, decision=decision):
        open_deadline(
            request,
            kind=PROMISE,
            trigger_on=on,
            days=(decision.effective - on).days - 1,
            citation=CITATION,
        )


def follow_pay_system(request: Request, *, on: date) -> None:
    """Ask HR to move the position to the pay system that the determination names."""
    _leave_to_hr(
        request,
        kind=PAY_SYSTEM,
        title=f"Carry out the changed pay system of {request.position.number}",
        citation="9701.222(a)",
        on=on,
    )


def keep_promise(deadline: Deadline) -> str:
    """The day has come: set the pay, unless a newer decision stands or the employee has left."""
    request = Request.objects.select_related("employee", "position", "resulting__band").get(
        pk=int(deadline.subject.partition(":")[2])
    )
    decision = request.resulting
    if decision is None:
        return "nothing to change"
    # Ended first: the pay order settles what has lapsed, and must not come here again.
    end_deadline(
        request.subject,
        kind=PROMISE,
        state=DeadlineState.LAPSED,
        on=decision.effective,
        by="the day of the changed classification",
    )
    return set_pay(request, decision=decision, on=decision.effective)


def set_pay(request: Request, *, decision: ClassificationDecision, on: date) -> str:
    """Order the pay of the band as of the decision's date; says in a few words what was done."""
    idle = _needless(request, decision=decision)
    if idle:
        return idle
    try:
        _order(request, decision=decision, on=on)
    except Refused as refusal:
        _leave_to_hr(
            request,
            kind=TO_SETTLE,
            title=f"Pay of {request.employee} after reconsideration: {refusal.message}"[:200],
            citation=refusal.citation,
            on=on,
        )
        return f"left to HR: {refusal.code}"
    return f"pay set for band {decision.band.code}"


@transaction.atomic
def settle_pay(request: Request, *, actor: Actor, on: date, version: int | None = None) -> Request:
    """HR has settled what stood in the way: order the pay again, or find it set.

    Raises Refused permission_denied, stale_form, invalid_transition where nothing is to settle, and
    what the pay rules still refuse.
    """
    kinds = set(
        WorkItem.objects.filter(
            subject=request.subject, kind__in=(TO_SETTLE, PAY_SYSTEM), done_at=None
        ).values_list("kind", flat=True)
    )
    if not kinds:
        raise Refused("invalid_transition", CITATION, "There is nothing left to settle here.")
    settled = act(
        request,
        name="settle_pay",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_settle_pay(who, row, on=on),
        do=lambda row: None,
        citation=CITATION,
    )
    decision = settled.resulting
    if TO_SETTLE in kinds and decision is not None and not _needless(settled, decision=decision):
        _order(settled, decision=decision, on=on)
    for kind in kinds:
        finish_work_item(settled, kind=kind, on=on)
    return settled


def _order(request: Request, *, decision: ClassificationDecision, on: date) -> None:
    with transaction.atomic():
        order_pay(request, decision=decision, on=on)
        record(
            request.subject,
            act="set_pay",
            actor=Actor.system("a changed band"),
            on=on,
            employee_key=request.employee_key,
            citation="9701.355",
            detail={"band": decision.band.code, "effective": decision.effective.isoformat()},
        )


def _needless(request: Request, *, decision: ClassificationDecision) -> str:
    """Why the pay stays as it is; empty where it has to change."""
    on = decision.effective
    held = position_of_record(request.employee, on=on)
    if held is None or held.pk != decision.position_id:
        return "the employee no longer held the position"
    if classification_on(decision.position, on=on) != decision:
        return "a newer decision took its place"
    if not _changes_band(request, decision=decision):
        return "the band was already that of the pay"
    return ""


def _changes_band(request: Request, *, decision: ClassificationDecision) -> bool:
    rate = rate_on(request.employee, decision.effective)
    return rate is None or rate.band_id != decision.band_id


def _leave_to_hr(request: Request, *, kind: str, title: str, citation: str, on: date) -> None:
    open_work_item(
        request,
        kind=kind,
        title=title,
        on=on,
        url=address_of(request),
        citation=citation,
        role=Role.HR_SPECIALIST,
        organization=request.position.organization,
    )
