"""The rating official notes whether an award was considered (5 CFR 9701.405(c)(3))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import must_be_rating_official
from performance.queries.awards import above_fully_successful
from performance.services.guards import require
from regulation.refusals import Refused

CITATION = "9701.405(c)(3)"


def note_award(
    rating: RatingOfRecord,
    *,
    considered: bool,
    note: str,
    actor: Actor,
    on: date,
    version: int,
) -> RatingOfRecord:
    """Put on record that an award was considered or not, and why; no award is decided here.

    5 CFR 9701.405(c)(3). For a level above fully successful. Raises Refused stale_form, recused,
    self_rating, not_rating_official, invalid_transition, reason_required, no_effect.
    """
    note = require(note, "why an award was considered, or why not")

    def write(fresh: RatingOfRecord) -> None:
        if not above_fully_successful(fresh):
            raise Refused(
                "no_effect", CITATION, "The note is for levels above the fully successful one."
            )
        fresh.note_award(considered=considered, note=note)

    return act(
        rating,
        name="note_award",
        actor=actor,
        on=on,
        do=write,
        may=must_be_rating_official,
        version=version,
        citation=CITATION,
        detail={"considered": "yes" if considered else "no"},
    )
