"""What adverse actions hear of: a corrected rating may have been the ground of a proposal."""

from __future__ import annotations

from datetime import date
from typing import Any

from adverse_actions.services.look_again import look_again
from performance.models import RatingOfRecord


def on_rating_corrected(
    sender: Any, *, rating: RatingOfRecord, level_before: str, on: date, **_: Any
) -> None:
    """A rating was wrong: HR looks again at what rests on it; nothing is decided here."""
    look_again(rating, level_before=level_before, on=on)
