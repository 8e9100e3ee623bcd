"""Establishing a position by its description (5 CFR 9701.221(a))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import Organization
from casework.actor import Actor
from casework.services.history import record
from classification.models import Position
from classification.permissions import may_describe
from regulation.refusals import Refused

CITATION = "9701.221(a)"


@transaction.atomic
def describe_position(
    *,
    number: str,
    title: str,
    description: str,
    organization: Organization,
    supervisory: bool,
    actor: Actor,
    on: date,
) -> Position:
    """Establish a position with its duties, responsibilities and requirements in words.

    Raises Refused not_authorized, record_incomplete without duties, or duplicate_open where the
    number is taken.
    """
    may_describe(actor, organization=organization, on=on)
    if not (number.strip() and title.strip() and description.strip()):
        raise Refused(
            "record_incomplete", CITATION, "A position has a number, a title and its duties."
        )
    if Position.objects.filter(number=number).exists():
        raise Refused("duplicate_open", CITATION, f"There is a position {number} already.")
    position = Position.objects.create(
        number=number,
        title=title,
        description=description,
        organization=organization,
        supervisory=supervisory,
    )
    record(
        position.subject,
        act="describe",
        actor=actor,
        on=on,
        to_state=str(position.state),
        citation=CITATION,
    )
    return position
