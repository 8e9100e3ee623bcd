"""Which final rating stands on a date (5 CFR 9701.404 "Rating of record", .409(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from performance.published import PublishedRating


def rating_that_counts(
    ratings: Iterable[PublishedRating], *, on: date, period_end: date | None
) -> PublishedRating | None:
    """The latest rating issued on or before a date for the most recently completed period.

    5 CFR 9701.342(a)(2), 9701.409(b). `period_end` is that period's last day, None where none has
    ended. An additional rating counts when it was issued after that day; of two ratings of one day
    the additional is the more current.
    """
    if period_end is None:
        return None
    counting = [
        rating
        for rating in ratings
        if rating.issued_on <= on
        and (
            rating.period_end == period_end
            if rating.kind == "annual"
            else rating.issued_on > period_end
        )
    ]
    return max(
        counting,
        key=lambda rating: (rating.issued_on, rating.kind == "additional", rating.rating_id),
        default=None,
    )
