"""Ending a position."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from classification.models import Position
from classification.permissions import may_classify


def abolish(position: Position, *, actor: Actor, on: date, version: int | None = None) -> Position:
    """End a position; no decision can follow. Raises Refused not_authorized, invalid_transition."""
    return act(
        position,
        name="abolish",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_classify(who, organization=row.organization, on=on),
        do=lambda row: row.abolish(),
        citation="9701.221",
    )
