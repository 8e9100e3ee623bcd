"""The rating on which a performance payout is figured (R14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pay.rules.eligibility import RatingFact, counting_ratings
from pay.rules.modal_rating import ModalResult
from regulation.refusals import Refused

RULE = "R14"
VERSION = 1
CITATION = "9701.342(a)(2)"


@dataclass(frozen=True, slots=True)
class PayoutRating:
    """The level used, whether it is the employee's own or the pool's, and the own rating."""

    level: str
    source: Literal["rating", "modal"]
    rating: RatingFact | None


def rating_for_payout(
    ratings: Iterable[RatingFact], *, period_end: date, cutoff: date, modal: ModalResult | None
) -> PayoutRating:
    """The latest rating for or after the period that was issued by the cutoff, else the modal one.

    5 CFR 9701.342(a)(2), 9701.409(b). Refused `no_ratings_in_pool` where both are wanting.
    """
    counting = counting_ratings(ratings, period_end=period_end, issued_by=cutoff)
    if counting:
        return PayoutRating(level=counting[-1].level, source="rating", rating=counting[-1])
    if modal is None:
        message = "The employee has no rating of record for the period and the pool no modal one."
        raise Refused("no_ratings_in_pool", CITATION, message)
    return PayoutRating(level=modal.level, source="modal", rating=None)
