"""What promotion and reassignment share: one act that moves the assignment and sets the rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casework.actor import Actor
from casework.services.act import act
from classification.models import Band, Position
from governance.queries.policy import Policy, policy_on
from pay.bands import band_of, position_held
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, duty_station_step, step_of
from pay.models import OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.pricing import rate_posting
from pay.queries.people import BandFacts, PersonPay
from pay.queries.standing import person_at
from pay.queries.terms import Terms, terms_on
from pay.services.denials import end_freeze
from pay.services.missed_events import refuse_uncredited
from pay.services.orders import Decision, place_order
from pay.services.range_outcomes import refuse_unready
from pay.services.replay import (
    moves_of,
    post_at_its_place,
    refuse_decided_since,
    replay_after_action,
)
from workforce.models import Assignment, AssignmentKind, Employee
from workforce.queries.coverage import refuse_uncovered
from workforce.services.place import place


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where somebody goes and from when; what is None stays as it is."""

    effective: date
    position: Position | None = None
    area: str | None = None
    special_category: str | None = None
    temporary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRate:
    """What a rule made of a move: the rate, and the rule with its arguments."""

    kind: Kind
    step: int
    rule: str
    citation: str
    arguments: Mapping[str, Any]
    basic: int
    retained: bool
    below_minimum: bool = False


@dataclass(frozen=True, slots=True)
class Moving:
    """One move as the rules see it: the person, where he is, where he goes, on what terms.

    `moved` is the person at the new duty station and in the new special category.
    """

    person: PersonPay
    moved: PersonPay
    basic: int
    band: BandFacts
    to: Band
    terms: Terms

    @property
    def ends_freeze(self) -> bool:
        """Whether another supplement is published where he goes (R11)."""
        return (self.person.area, self.person.special_category, self.band.id) != (
            self.moved.area,
            self.moved.special_category,
            self.to.pk,
        )


def carry_out_move(
    employee: Employee,
    *,
    move: Move,
    set_rate: Callable[[Moving], NewRate],
    after: Callable[[Moving, NewRate], None],
    order: OrderKind,
    chosen: Mapping[str, Any],
    citation: str,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """Move the assignment and post the rate in one act, so that band and rate cannot part.

    `set_rate` applies the rule; `after` does what follows from the move. Before a posted step, that
    is replayed. Refused: `not_covered`, `not_employed`, `conflicting_order`, `too_early`,
    `own_record`, `not_authorized`, `recused`, and what the rule refuses.
    """
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        refuse_uncovered(fresh, subpart="C", on=move.effective)
        lock_and_settle([fresh.pk], on=on, effective=move.effective)
        moving = moving_of(fresh, move=move)
        new = set_rate(moving)
        refuse_unready(moving.person, effective=move.effective, step=new.step)
        if moving.to.pk != moving.band.id:
            refuse_decided_since(fresh.pk, on=move.effective)
        if move.position is not None:
            refuse_uncredited(moving.person, on=move.effective)
        _place(fresh, moving.person, move=move)
        source = place_order(
            fresh.pk,
            kind=order,
            effective=move.effective,
            chosen={**chosen, "band": moving.to.code, "moves": _set_by(move)},
            decision=Decision(actor=actor, authority=authority),
        )
        made.append(
            post_at_its_place(
                rate_posting(
                    replace(moving.moved, held=None) if moving.ends_freeze else moving.moved,
                    kind=new.kind,
                    rule=new.rule,
                    citation=new.citation,
                    arguments=new.arguments,
                    basic=new.basic,
                    retained=new.retained,
                    below_minimum=new.below_minimum,
                    terms=moving.terms,
                    source=source,
                    band_id=moving.to.pk,
                    step=new.step,
                )
            )
        )
        if moving.person.supplement_denials and moving.ends_freeze:
            end_freeze(fresh.pk, on=move.effective, actor=actor)
        after(moving, new)
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
        detail={"effective": move.effective.isoformat(), "authority": authority},
    )
    return made[0]


def moving_of(employee: Employee, *, move: Move) -> Moving:
    """A move as the rules see it; writes nothing. Refused `not_employed`, `record_incomplete`."""
    person = person_at(
        employee.pk, on=move.effective, step=step_of_move(move, policy=policy_on(move.effective))
    )
    basic, band = person.paid()
    to = (
        band_of(move.position, on=move.effective)
        if move.position is not None
        else Band.objects.get(pk=band.id)
    )
    return Moving(
        person=person,
        moved=_moved(person, move=move),
        basic=basic,
        band=band,
        to=to,
        terms=terms_on(move.effective).for_one(),
    )


def step_of_move(move: Move, *, policy: Policy) -> int:
    """The rank of a move on its date (R39)."""
    if move.position is None:
        return duty_station_step(policy=policy)
    return step_of(Kind.PROMOTION, policy=policy)


def _set_by(move: Move) -> dict[str, str | None]:
    """What a move sets; None is left as it was, whatever it was."""
    return {
        "position": move.position.number if move.position is not None else None,
        "area": move.area,
        "special_category": move.special_category,
    }


def _moved(person: PersonPay, *, move: Move) -> PersonPay:
    return replace(
        person,
        area=person.area if move.area is None else move.area,
        special_category=person.special_category
        if move.special_category is None
        else move.special_category,
    )


def _place(employee: Employee, person: PersonPay, *, move: Move) -> None:
    moved = _moved(person, move=move)
    position, kind = move.position or position_held(person), _kind(person, move=move)
    area, category = moved.area, moved.special_category
    for chosen in _later_that_day(employee, move=move):
        # What comes later on the date is set already, and goes before.
        if chosen["position"] is not None:
            held = Assignment.objects.get(employee=employee, period__startswith=move.effective)
            position, kind = held.position, held.kind
        area = chosen["area"] if chosen["area"] is not None else area
        if chosen["special_category"] is not None:
            category = chosen["special_category"]
    place(
        employee,
        position,
        effective=move.effective,
        area=area,
        special_category=category,
        kind=kind,
    )


def _later_that_day(employee: Employee, *, move: Move) -> list[Mapping[str, Any]]:
    rank = step_of_move(move, policy=policy_on(move.effective))
    later = moves_of(employee.pk).filter(effective=move.effective, step__gt=rank)
    return [chosen["moves"] for chosen in later.values_list("order__chosen", flat=True)]


def _kind(person: PersonPay, *, move: Move) -> str:
    """A new duty station alone leaves a temporary promotion what it is."""
    if move.position is None and person.assignment_id is not None:
        return str(Assignment.objects.get(pk=person.assignment_id).kind)
    return AssignmentKind.TEMPORARY_PROMOTION if move.temporary else AssignmentKind.PERMANENT
