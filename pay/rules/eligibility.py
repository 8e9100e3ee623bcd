"""Who may receive a range or supplement increase: the one gate of both adjustments (R4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

RULE = "R4"
VERSION = 1
CITATION = "9701.323"

NO_RATING = "no rating for the most recently completed period, 9701.323(b) and 9701.335(b)"
UNACCEPTABLE = "unacceptable rating of record, 9701.323(c) and 9701.335(c)"
ABOVE_UNACCEPTABLE = "rating of record above unacceptable, 9701.323(a) and 9701.335(a)"

RatingKind: TypeAlias = Literal["annual", "additional"]


@dataclass(frozen=True, slots=True)
class RatingFact:
    """A final rating of record, as pay reads it; a draft or a 409(h) appraisal is never one."""

    level: str
    unacceptable: bool
    kind: RatingKind
    period_end: date
    issued: date


@dataclass(frozen=True, slots=True)
class GateResult:
    """Whether a market increase is denied, on what basis, and on which rating."""

    denied: bool
    basis: str
    rating: RatingFact | None


def counting_ratings(
    ratings: Iterable[RatingFact], *, period_end: date, issued_by: date
) -> list[RatingFact]:
    """Ratings of the period, and additional ones issued after it, that were issued by a date.

    5 CFR 9701.323(a), 9701.335(a), 9701.342(a)(2), 9701.409(b). Oldest first; of one day's, the
    additional rating is the more current.
    """
    found = [
        rating
        for rating in ratings
        if rating.issued <= issued_by
        and (
            rating.period_end == period_end
            if rating.kind == "annual"
            else rating.issued > period_end
        )
    ]
    return sorted(found, key=lambda rating: (rating.issued, rating.kind == "additional"))


def market_gate(ratings: Iterable[RatingFact], *, on: date, period_end: date | None) -> GateResult:
    """Decide, once, on the adjustment's effective date, whether its increase is denied.

    5 CFR 9701.323(a)-(c), 9701.335(a)-(c). `period_end` is that of the latest appraisal period
    ended before `on`, or None. An additional rating supersedes the annual one of the period;
    without an annual one the employee passes.
    """
    if period_end is None:
        return GateResult(denied=False, basis=NO_RATING, rating=None)
    counting = counting_ratings(ratings, period_end=period_end, issued_by=on)
    if not any(rating.kind == "annual" for rating in counting):
        return GateResult(denied=False, basis=NO_RATING, rating=None)
    latest = counting[-1]
    basis = UNACCEPTABLE if latest.unacceptable else ABOVE_UNACCEPTABLE
    return GateResult(denied=latest.unacceptable, basis=basis, rating=latest)
