"""From which bands somebody was demoted (5 CFR 9701.353(b)(2))."""

from __future__ import annotations

from datetime import date

from classification.models import Band
from pay.kinds import Kind
from pay.models import PayAction
from pay.queries.directions import direction_to
from pay.queries.people import BandFacts
from pay.rules.demotion import TEMPORARY_ENDED
from regulation.refusals import Refused


def bands_demoted_from(employee_id: int, *, on: date) -> list[Band]:
    """The band left by each demotion up to a date, oldest first; two queries.

    The end of a temporary promotion is none: it returns to the band of record.
    """
    standing = PayAction.objects.filter(
        employee_id=employee_id, effective__lte=on, annuls=False, payaction__isnull=True
    ).order_by("effective", "step", "place")
    left: list[Band] = []
    held: Band | None = None
    for action in standing.select_related("band", "order"):
        basis = action.order.chosen.get("basis") if action.order is not None else None
        if action.kind == Kind.DEMOTION and held is not None and basis != TEMPORARY_ENDED:
            left.append(held)
        held = action.band
    return left


def is_repromotion(employee_id: int, *, to: Band, on: date) -> bool:
    """Whether a move up leads back to a band, or one below it, from which he was demoted.

    5 CFR 9701.353(b)(2). Bands of another cluster count where a mapping compares them.
    """
    return any(_reaches(band, to=to, on=on) for band in bands_demoted_from(employee_id, on=on))


def _reaches(band: Band, *, to: Band, on: date) -> bool:
    if band.pk == to.pk:
        return True
    facts = BandFacts(
        id=to.pk,
        code=str(to.code),
        level=str(to.level),
        rank=int(to.rank),
        cluster_id=int(to.cluster_id),
    )
    try:
        return direction_to(facts, band, on=on) != "down"
    except Refused:
        return False
