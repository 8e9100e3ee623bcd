"""Special skills, assignment and staffing payments beside basic pay (5 CFR 9701.361-363; R31)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.rules import special_payment as rule
from pay.rules.special_payment import special_payment as payment
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from workforce.models import Employee


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
    version: int | None = None,
) -> PayAction:
    """Put a payment of dollars and cents on record; basic pay and everything on it stay.

    5 CFR 9701.361-363. `kind` is skills, assignment or staffing; `schedule` pay_period or lump_sum.
    The cap of 9701.312 does not touch it. Refused: `invalid_parameter` for another kind or
    schedule, `invalid_input` unless the amount is above zero and in whole cents, and what any
    change refuses.
    """

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

    return carry_out_change(
        employee,
        effective=effective,
        set_rate=set_rate,
        order=OrderKind.SPECIAL_PAYMENT,
        chosen={"kind": kind, "amount": amount, "schedule": schedule},
        citation=rule.CITATIONS.get(kind, rule.CITATION),
        actor=actor,
        authority=authority,
        on=on,
        version=version,
        amount=amount,
    )
