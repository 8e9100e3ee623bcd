"""Separation: the rate ends with the employment."""

from __future__ import annotations

from datetime import date, timedelta

from psycopg.types.range import DateRange

from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.act import act
from casework.services.deadlines import end_deadline
from pay.deadlines import DECIDED_ACTION, lock_and_settle
from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.models import OrderKind, PayAction, PoolMembership
from pay.permissions import may_set_pay
from pay.queries.standing import person_at
from pay.queries.terms import terms_on
from pay.services.denials import close_denials
from pay.services.orders import Decision, place_order
from pay.services.range_outcomes import refuse_before_day_90
from pay.services.replay import post_at_its_place, refuse_decided_since, replay_after_action
from pay.services.special_payment import end_payments_of
from workforce.models import Employee
from workforce.services.leave import leave


def separate(
    employee: Employee,
    *,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """End employment and pay from a date on; it is the first day without a rate.

    Closes denied increases, pool membership and special payments, and cancels decided actions that
    were to take effect later. Adjustments and payouts posted for later are annulled: they were not
    due any more. Refused: `conflicting_order` where somebody decided a later step, which is
    cancelled first, or a denied increase was decided since, `not_employed`, `too_early` beyond 90
    days that still run, `invalid_transition` for one who left already, `own_record`,
    `not_authorized`, `recused`.
    """
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        lock_and_settle([fresh.pk], on=on, effective=effective)
        step = step_of(Kind.SEPARATION, policy=terms_on(effective).policy)
        person = person_at(fresh.pk, on=effective, step=step)
        leave(fresh, effective=effective)
        basic, band = person.paid()
        refuse_before_day_90(person, effective=effective)
        refuse_decided_since(fresh.pk, on=effective)
        source = place_order(
            fresh.pk,
            kind=OrderKind.SEPARATION,
            effective=effective,
            chosen={},
            decision=Decision(actor=actor, authority=authority),
        )
        made.append(
            post_at_its_place(
                Posting(
                    employee_id=fresh.pk,
                    order_id=source.order_id,
                    effective=effective,
                    step=step,
                    kind=Kind.SEPARATION.value,
                    rule="",
                    citation="",
                    inputs={},
                    band_id=band.id,
                    basic_before=basic,
                    basic_after=None,
                    actor_id=source.actor_id,
                    authority=source.authority,
                )
            )
        )
        replay_after_action(made[0], source=source, actor=actor, on=on)
        close_denials(fresh.pk, on=effective, actor=actor, policy=None, reason="separation")
        _leave_pools(fresh, on=effective)
        _cancel_decided(fresh, on=effective)
        end_payments_of(fresh.pk, last_day=effective - timedelta(days=1), reason="separation")

    act(
        employee,
        name="separate",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        detail={"effective": effective.isoformat(), "authority": authority},
    )
    return made[0]


def _leave_pools(employee: Employee, *, on: date) -> None:
    for membership in PoolMembership.objects.filter(employee=employee, period__contains=on):
        if membership.period.lower == on:
            membership.delete()
        else:
            membership.period = DateRange(membership.period.lower, on)
            membership.save(update_fields=["period"])


def _cancel_decided(employee: Employee, *, on: date) -> None:
    """What was decided for a later date cannot reach anybody any more (5 CFR 9701.611)."""
    later = Deadline.objects.filter(
        kind=DECIDED_ACTION, employee_key=employee.pk, state=DeadlineState.OPEN, due_on__gte=on
    )
    for deadline in later:
        end_deadline(
            deadline.subject,
            kind=DECIDED_ACTION,
            state=DeadlineState.CANCELLED,
            on=on,
            by="the employee left before",
        )
