"""Which ratings count in a pool, and which is the modal one (5 CFR 9701.342(a)(2), R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from governance.queries.policy import Policy
from pay.queries.members import Pattern
from pay.rules.eligibility import RatingFact
from pay.rules.modal_rating import ModalResult, modal_rating
from pay.rules.payout_rating import PayoutRating, rating_for_payout
from regulation.refusals import Refused


def modal_of(
    facts: Mapping[int, Sequence[RatingFact]],
    *,
    period_end: date,
    cutoff: date,
    pattern: Pattern,
    policy: Policy,
) -> ModalResult:
    """The modal rating of a pool: one vote of each member with a rating of his own (R13).

    5 CFR 9701.342(a)(2), (f), (g). Refused: `no_ratings_in_pool`.
    """
    own = [own_rating(ratings, period_end=period_end, cutoff=cutoff) for ratings in facts.values()]
    return modal_of_ratings(own, pattern=pattern, policy=policy)


def modal_of_ratings(
    own: Iterable[PayoutRating | None], *, pattern: Pattern, policy: Policy
) -> ModalResult:
    """The same of each member's own rating, None of who has none."""
    return modal_rating(
        [rating.level for rating in own if rating is not None],
        best_first=pattern.best_first,
        tie=policy["modal.tie"],
        none_rated=policy["modal.no_ratings"],
    )


def own_rating(
    ratings: Sequence[RatingFact], *, period_end: date, cutoff: date
) -> PayoutRating | None:
    """The member's own rating for the payout, or None where only the pool's can count."""
    try:
        return rating_for_payout(ratings, period_end=period_end, cutoff=cutoff, modal=None)
    except Refused:
        return None
