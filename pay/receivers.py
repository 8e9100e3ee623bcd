"""What pay hears of; it only writes a promise, and sets no rate."""

from __future__ import annotations

from typing import Any

from pay.services.releases import promise_release
from performance.models import RatingOfRecord


def on_rating_issued(sender: Any, *, rating: RatingOfRecord, **_: Any) -> None:
    """A rating of record is final: promise what it releases (5 CFR 9701.324, 9701.325(a)(1))."""
    promise_release(rating)
