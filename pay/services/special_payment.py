"""Special skills, assignment and staffing payments beside basic pay (5 CFR 9701.361-363; R31)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction, SpecialPayment
from pay.models.special_payment import PaymentSchedule
from pay.permissions import may_set_pay
from pay.queries.terms import Terms
from pay.rules import special_payment as rule
from pay.rules.special_payment import check_end, check_reduction
from pay.rules.special_payment import special_payment as payment
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from regulation.refusals import Refused
from workforce.models import Employee


@transaction.atomic
def pay_special_payment(
    employee: Employee,
    *,
    kind: str,
    amount: Decimal,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    schedule: str = "lump_sum",
    conditions: str = "",
    review_on: date | None = None,
    version: int | None = None,
) -> PayAction:
    """Put a payment of dollars and cents on record; basic pay and everything on it stay.

    5 CFR 9701.361-363. `kind` is skills, assignment or staffing; `schedule` pay_period, until it is
    ended, or lump_sum. Parameter special_payment.<kind> says how such a payment may be paid. The
    cap of 9701.312 does not touch it. Refused: `parameter_missing` without a directive on the kind,
    `invalid_parameter` for another kind or schedule, `invalid_input` unless the amount is above
    zero and in whole cents, or with a review before it begins, and what any change refuses.
    """
    return _pay(
        employee,
        kind=kind,
        amount=amount,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
        schedule=schedule,
        conditions=conditions,
        review_on=review_on,
        version=version,
        replaces=None,
    )


@transaction.atomic
def reduce_special_payment(
    special: SpecialPayment,
    *,
    amount: Decimal,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    reason: str = "",
    version: int | None = None,
) -> PayAction:
    """Pay less of a payment that runs, from a date on: no notice, no retention, no subpart F.

    5 CFR 9701.361-363. Refused: `invalid_transition` where it does not run on that date or is paid
    once, `no_effect` unless the amount is less, and what `pay_special_payment` refuses.
    """
    last = effective - timedelta(days=1)
    fresh = SpecialPayment.objects.select_for_update().get(pk=special.pk)
    check_reduction(
        amount, now=fresh.amount, kind=fresh.kind, schedule=fresh.schedule, first=fresh.starts,
        last=fresh.ends, effective=effective,
    )  # fmt: skip
    reduced = _pay(
        fresh.employee,
        kind=fresh.kind,
        amount=amount,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
        schedule=fresh.schedule,
        conditions=fresh.conditions,
        review_on=fresh.review_on if fresh.review_on and fresh.review_on >= effective else None,
        version=version,
        replaces=fresh,
    )
    fresh.ends, fresh.ended_for = last, reason
    fresh.save(update_fields=["ends", "ended_for"])
    return reduced


def end_special_payment(
    special: SpecialPayment,
    *,
    last_day: date,
    actor: Actor,
    authority: str,
    on: date,
    reason: str = "",
    version: int | None = None,
) -> SpecialPayment:
    """End a payment after any day: it accrues through that day, and no rate of pay changes.

    5 CFR 9701.361-363. No notice, no case, no retention, no subpart F; so no step of the ledger
    either. Ended anew, an earlier last day holds. Refused: `invalid_transition` where it has ended
    by then or is paid once, `invalid_input` before it began, `own_record`, `not_authorized`,
    `recused`, `stale_form`.
    """
    ended: list[SpecialPayment] = []

    def do(fresh: Employee) -> None:
        row = SpecialPayment.objects.select_for_update().get(pk=special.pk, employee=fresh)
        check_end(last_day, kind=row.kind, schedule=row.schedule, first=row.starts, last=row.ends)
        row.ends, row.ended_for = last_day, reason
        row.save(update_fields=["ends", "ended_for"])
        ended.append(row)

    act(
        special.employee,
        name="end_special_payment",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=rule.CITATIONS[special.kind],
        detail={
            "payment": special.pk,
            "last_day": last_day.isoformat(),
            "reason": reason,
            "authority": authority,
        },
    )
    return ended[0]


def end_payments_of(employee_id: int, *, last_day: date, reason: str) -> int:
    """End whatever runs beyond a day because the employment ends; how many."""
    running = SpecialPayment.objects.filter(employee_id=employee_id, ends__isnull=True)
    return running.filter(starts__lte=last_day).update(ends=last_day, ended_for=reason)


def withdraw_payment(action: PayAction) -> None:
    """Take back a payment whose step was annulled; the one that it reduced goes on.

    The ledger keeps both. Refused: `conflicting_order` where it was reduced itself since.
    """
    payment = SpecialPayment.objects.filter(action=action).select_related("replaces").first()
    if payment is None:
        return
    less = SpecialPayment.objects.filter(replaces=payment).first()
    if less is not None:
        message = f"The payment was reduced on {less.starts}; cancel that first."
        raise Refused("conflicting_order", rule.CITATION, message)
    reduced = payment.replaces
    payment.delete()
    if reduced is not None:
        reduced.ends, reduced.ended_for = None, ""
        reduced.save(update_fields=["ends", "ended_for"])


def _pay(
    employee: Employee,
    *,
    kind: str,
    amount: Decimal,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    schedule: str,
    conditions: str,
    review_on: date | None,
    version: int | None,
    replaces: SpecialPayment | None,
) -> PayAction:
    def set_rate(changing: Changing) -> NewRate:
        person = changing.person
        arguments: dict[str, Any] = {
            "amount": amount,
            "kind": kind,
            "schedule": schedule,
            "basic": changing.basic,
            "retained": person.retained,
        }
        payment(**arguments)
        _refuse_undirected(changing.terms, kind=kind, schedule=schedule)
        return NewRate(
            kind=Kind.SPECIAL_PAYMENT,
            step=step_of(Kind.SPECIAL_PAYMENT, policy=changing.terms.policy),
            rule=rule.RULE,
            citation=rule.CITATIONS[kind],
            arguments=arguments,
            basic=changing.basic,
            retained=person.retained,
            below_minimum=person.below_minimum,
        )

    if review_on is not None and review_on < effective:
        message = f"A review on {review_on} comes before the payment begins."
        raise Refused("invalid_input", rule.CITATION, message)
    chosen = {"kind": kind, "amount": amount, "schedule": schedule, "conditions": conditions}
    action = carry_out_change(
        employee,
        effective=effective,
        set_rate=set_rate,
        order=OrderKind.SPECIAL_PAYMENT,
        chosen=chosen,
        citation=rule.CITATIONS.get(kind, rule.CITATION),
        actor=actor,
        authority=authority,
        on=on,
        version=version,
        amount=amount,
    )
    SpecialPayment.objects.create(
        employee_id=action.employee_id,
        kind=kind,
        amount=amount,
        schedule=schedule,
        starts=effective,
        ends=effective if schedule == PaymentSchedule.LUMP_SUM else None,
        conditions=conditions,
        review_on=review_on,
        action=action,
        replaces=replaces,
    )
    return action


def _refuse_undirected(terms: Terms, *, kind: str, schedule: str) -> None:
    """Refuse what no directive provides for (5 CFR 9701.361-363)."""
    allowed = terms.policy[f"special_payment.{kind}"]
    if schedule not in allowed:
        message = f"The directive has {kind} payments paid by {' or '.join(allowed)}."
        raise Refused("invalid_parameter", rule.CITATIONS[kind], message)
