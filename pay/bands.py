"""The band that a person's position is classified into on a date."""

from __future__ import annotations

from datetime import date

from classification.models import Band, Position
from classification.queries.decisions import classification_on
from pay.queries.people import PersonPay
from regulation.refusals import Refused


def band_of(position: Position, *, on: date) -> Band:
    """The band of a position. Raises Refused record_incomplete where no decision is in force."""
    decision = classification_on(position, on=on)
    if decision is None:
        raise Refused(
            "record_incomplete",
            "9701.221",
            f"Position {position.number} is not classified on {on}.",
        )
    return decision.band


def band_of_position(person: PersonPay, *, on: date) -> Band:
    """The band of the position that a person holds. Raises Refused not_employed without one."""
    return band_of(position_held(person), on=on)


def position_held(person: PersonPay) -> Position:
    """The position that a person holds. Raises Refused not_employed without one."""
    if person.position_id is None:
        raise Refused("not_employed", "9701.321(a)", f"{person.number} holds no position.")
    return Position.objects.get(pk=person.position_id)
