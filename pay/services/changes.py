"""What every change of pay in the position held shares: one act that posts what a rule gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from casework.services.act import act
from governance.queries.policy import policy_on
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.pricing import rate_posting
from pay.queries.people import BandFacts, PersonPay
from pay.queries.standing import person_at
from pay.queries.terms import Terms, terms_on
from pay.services.missed_events import refuse_uncredited
from pay.services.moves import NewRate
from pay.services.orders import Decision, place_order
from pay.services.range_outcomes import refuse_unready
from pay.services.replay import post_at_its_place, replay_after_action
from workforce.models import Employee
from workforce.queries.coverage import refuse_uncovered


@dataclass(frozen=True, slots=True)
class Changing:
    """One person as the rules see him: rate, band, and the terms of the day."""

    person: PersonPay
    basic: int
    band: BandFacts
    terms: Terms

    @property
    def unacceptable(self) -> bool:
        """Whether the rating of record issued last is unacceptable."""
        return bool(self.person.ratings) and self.person.ratings[-1].unacceptable


def changing_of(employee: Employee, *, effective: date, order: OrderKind | None = None) -> Changing:
    """A person on a date as the rules see him; writes nothing. Refused `not_employed`.

    With an order, before the steps that come after it on its date (R39).
    """
    rank = _rank(order, effective=effective)
    person = person_at(employee.pk, on=effective, step=rank)
    basic, band = person.paid()
    return Changing(person=person, basic=basic, band=band, terms=terms_on(effective).for_one())


def _rank(order: OrderKind | None, *, effective: date) -> int:
    kinds = {str(kind): kind for kind in Kind}
    kind = kinds.get(str(order), Kind.SPECIAL_PAYMENT)
    return step_of(kind, policy=policy_on(effective))


def carry_out_change(
    employee: Employee,
    *,
    effective: date,
    set_rate: Callable[[Changing], NewRate],
    order: OrderKind,
    chosen: Mapping[str, Any],
    citation: str,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
    amount: Decimal | None = None,
) -> PayAction:
    """Post what a rule gives from a date on, in one act; `amount` is a payment beside basic pay.

    Refused: `not_covered`, `not_employed`, `conflicting_order`, `too_early` (also
    over changes that wait to be credited upon a return), `own_record`, `not_authorized`, `recused`,
    `stale_form`, and what the rule refuses.
    """
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        refuse_uncovered(fresh, subpart="C", on=effective)
        lock_and_settle([fresh.pk], on=on, effective=effective)
        changing = changing_of(fresh, effective=effective, order=order)
        new = set_rate(changing)
        refuse_unready(changing.person, effective=effective, step=new.step)
        if new.basic != changing.basic:
            refuse_uncredited(changing.person, on=effective)
        source = place_order(
            fresh.pk,
            kind=order,
            effective=effective,
            chosen=chosen,
            decision=Decision(actor=actor, authority=authority),
        )
        made.append(
            post_at_its_place(
                rate_posting(
                    changing.person,
                    kind=new.kind,
                    rule=new.rule,
                    citation=new.citation,
                    arguments=new.arguments,
                    basic=new.basic,
                    retained=new.retained,
                    below_minimum=new.below_minimum,
                    terms=changing.terms,
                    source=source,
                    step=new.step,
                    amount=amount,
                )
            )
        )
        replay_after_action(made[0], source=source, actor=actor, on=on)

    act(
        employee,
        name=str(order),
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=citation,
        detail={"effective": effective.isoformat(), "authority": authority},
    )
    return made[0]
