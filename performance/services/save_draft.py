"""Saving a draft, by hand or by itself."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import RatingOfRecord
from performance.permissions import may_rate
from performance.queries.rating_file import rating_file
from performance.services.draft_content import DraftContent, write_content


def save_draft(
    rating: RatingOfRecord, *, content: DraftContent, actor: Actor, on: date, version: int
) -> RatingOfRecord:
    """Keep what the rating official has written so far; nothing is checked for completeness.

    Raises Refused stale_form, recused, rating_final, self_rating, not_rating_official,
    invalid_transition, level_not_in_system, expectation_not_communicated.
    """

    def write(fresh: RatingOfRecord) -> None:
        fresh.edit()
        write_content(fresh, content, rating_file(fresh, on=on))

    return act(
        rating,
        name="save_draft",
        actor=actor,
        on=on,
        do=write,
        may=may_rate,
        version=version,
        citation="9701.409(b)",
    )
