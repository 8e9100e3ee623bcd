"""Which way a move between two bands goes on a date (5 CFR 9701.304, 9701.355; R28)."""

from __future__ import annotations

from datetime import date

from classification.models import Band, MovementRule
from pay.queries.people import BandFacts
from pay.rules.movement import Direction, direction_of_move


def direction_to(band: BandFacts, to: Band, *, on: date) -> Direction:
    """Up, down or lateral. Raises Refused movement_unmapped between clusters without a rule."""
    movement = (
        MovementRule.objects.filter(from_band_id=band.id, to_band=to, starts__lte=on)
        .order_by("-starts")
        .first()
    )
    return direction_of_move(
        from_band=band.code,
        to_band=str(to.code),
        from_cluster=str(band.cluster_id),
        to_cluster=str(to.cluster_id),
        from_rank=band.rank,
        to_rank=to.rank,
        movements={(band.code, str(to.code)): str(movement.direction)} if movement else {},
    )
