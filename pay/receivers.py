"""What pay hears of: an issued rating is a promise, a corrected one is carried out at once.

A cancelled one is a question to HR.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from pay.services.cancelled_ratings import ask_what_is_owed
from pay.services.correction import correct_pay
from pay.services.releases import promise_release
from performance.models import RatingOfRecord


def on_rating_issued(sender: Any, *, rating: RatingOfRecord, **_: Any) -> None:
    """A rating of record is final: promise what it releases (5 CFR 9701.324, 9701.325(a)(1))."""
    promise_release(rating)


def on_rating_corrected(
    sender: Any,
    *,
    rating: RatingOfRecord,
    level_before: str,
    reference: str,
    decided: date,
    actor: Actor,
    on: date,
    **_: Any,
) -> None:
    """A rating was wrong: pay is rebuilt in the same transaction, or neither is corrected (R37)."""
    correct_pay(
        rating,
        level_before=level_before,
        reference=reference,
        decided=decided,
        actor=actor,
        on=on,
    )


def on_rating_cancelled(sender: Any, *, rating: RatingOfRecord, on: date, **_: Any) -> None:
    """A rating is void: somebody decides on what it withheld (5 CFR 9701.323, preamble)."""
    ask_what_is_owed(rating, on=on)
