"""Annulling an action that was posted in error, and replaying what stands on it (rule 3)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from casework.actor import Actor
from casework.services.act import act
from pay.deadlines import lock_and_settle
from pay.kinds import Kind
from pay.ledger import Corrected, post_corrections
from pay.models import DeniedIncrease, OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.queries.standing import MOVES, origin_of
from pay.services.orders import Decision, place_order
from pay.services.rebuilding import annulment
from pay.services.replay import moves_of, replay_after_action
from pay.services.special_payment import withdraw_payment
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.services.place import take_back

CITATION = "9701.321(a)"
#: What a person decided about one employee. What the law or a run made follows its own cause.
CANCELLABLE = (
    *MOVES,
    Kind.WITHIN_BAND_REDUCTION,
    Kind.WITHIN_BAND_INCREASE,
    Kind.DEVELOPMENTAL,
    Kind.SPECIAL_PAYMENT,
)
_WHY_NOT = {
    Kind.STARTING_PAY: "everything rests on it; separate the person, or correct the appointment",
    Kind.CONVERSION: "it brought the person into the system",
    Kind.BUY_IN: "it belongs to the conversion",
    Kind.MINIMUM_BY_DEFAULT: "5 CFR 9701.325(b) gave it; correct the rating behind it instead",
    Kind.RELEASED: "a new rating released it; correct that rating instead",
    Kind.RETURN_TO_DUTY: "it records a right of the employee",
    Kind.SEPARATION: "employment ended with it; appoint the person again",
    Kind.CAP_CHANGE: "the Executive Schedule made it",
}


def cancel_action(
    action: PayAction,
    *,
    reason: str,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """Annul a personnel action posted in error, whatever its date; the row that annuls it.

    Its row stays; the annulling one names it, the assignment before it goes on, and every later
    step is taken again. Pay that ran on it is neither recovered nor paid here: where the error was
    an unjustified action against the employee, 5 U.S.C. 5596 gives back pay. Refused:
    `reason_required`, `already_done`, `not_cancellable` for a step of a run, of the law or of a
    correction, `conflicting_order` where a later step does not fit, or where it ended the case of a
    denied increase, `own_record`, `not_authorized`, `recused`, `stale_form`.
    """
    made: list[PayAction] = []
    origin = origin_of(action)

    def do(fresh: Employee) -> None:
        lock_and_settle([fresh.pk], on=on, effective=origin.effective)
        if not reason.strip():
            raise Refused("reason_required", CITATION, "Say why the action was an error.")
        standing = _standing(origin)
        _refuse_uncancellable(origin, standing)
        source = place_order(
            fresh.pk,
            kind=OrderKind.CANCELLATION,
            effective=origin.effective,
            chosen={"action": origin.pk, "kind": origin.kind, "reason": reason},
            decision=Decision(actor=actor, authority=authority),
        )
        (pk,) = post_corrections(
            [Corrected(annulment(standing, source=source), standing, annuls=True)],
            employee_id=fresh.pk,
            since=origin.effective,
        )
        if origin.kind in MOVES:
            take_back(fresh, effective=origin.effective)
        if origin.kind == Kind.SPECIAL_PAYMENT:
            withdraw_payment(origin)
        annulled = PayAction.objects.get(pk=pk)
        replay_after_action(annulled, source=source, actor=actor, on=on)
        made.append(annulled)

    act(
        origin.employee,
        name="cancel_action",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=CITATION,
        detail={
            "action": origin.pk,
            "effective": origin.effective.isoformat(),
            "reason": reason,
            "authority": authority,
        },
    )
    return made[0]


def cancellable_of(employee: Employee) -> list[PayAction]:
    """What a person decided about an employee and still counts, as first posted, newest first."""
    corrections = Q(order__kind=OrderKind.CORRECTION)
    annulled = PayAction.objects.filter(employee=employee, annuls=True).values("place")
    return list(
        PayAction.objects.filter(employee=employee, corrects=None, run=None, kind__in=CANCELLABLE)
        .exclude(corrections)
        .exclude(place__in=annulled)
        .select_related("band")
        .order_by("-effective", "-step", "-place")
    )


def _standing(origin: PayAction) -> PayAction:
    """The row that stands for a step. Raises Refused already_done where it was annulled."""
    rows = PayAction.objects.filter(employee_id=origin.employee_id, place=origin.place)
    last = rows.filter(payaction__isnull=True).order_by("-pk").first()
    if last is None or last.annuls:
        raise Refused("already_done", CITATION, "The action counts no longer already.")
    return last


def _refuse_uncancellable(origin: PayAction, standing: PayAction) -> None:
    what = f"“{origin.kind.replace('_', ' ')}” of {origin.effective}"
    if origin.run_id is not None:
        message = f"{what} is part of a pay run; a wrong run is put right by another."
        raise Refused("not_cancellable", CITATION, message)
    if origin.kind not in CANCELLABLE:
        why = _WHY_NOT.get(Kind(origin.kind), "no single decision made it")
        raise Refused("not_cancellable", CITATION, f"{what} cannot be annulled: {why}.")
    order = origin.order
    if order is not None and order.kind == OrderKind.CORRECTION:
        message = f"{what} corrects a wrong rating; correct the rating instead."
        raise Refused("not_cancellable", "9701.323", message)
    same_day = moves_of(origin.employee_id).filter(effective=origin.effective)
    if origin.kind in MOVES and same_day.exclude(pk=origin.pk).exists():
        message = f"Another move of {origin.effective} stands on {what}; cancel that first."
        raise Refused("conflicting_order", CITATION, message)
    ended = DeniedIncrease.objects.filter(
        employee_id=origin.employee_id,
        closed_on=origin.effective,
        adjusted_on__lte=origin.effective,
    )
    if origin.kind in MOVES and ended.exists():
        message = f"{what} ended the case of a denied increase; that needs a person's decision."
        raise Refused("conflicting_order", "9701.324", message)
