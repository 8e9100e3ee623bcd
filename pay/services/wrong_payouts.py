"""Payouts that a wrong rating decided, and what they should have gone by (R37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pay.models import PayoutLine
from pay.queries.members import members_on, pattern_on
from pay.queries.past_payouts import PAID, PastPayout, payouts_between
from pay.queries.people import fact_of, load_one
from pay.queries.terms import terms_on
from pay.rules.encoding import decode
from pay.rules.payout_rating import rating_for_payout
from pay.services.pool_proration import proration_factors
from performance.models import RatingOfRecord
from performance.queries.published import rating_facts
from regulation.refusals import Refused
from workforce.queries.absences import away_on

CITATION = "9701.342(a)(2)"


@dataclass(frozen=True, slots=True)
class WrongPayout:
    """One payout that used the rating: its terms, and points and proration as they should be."""

    past: PastPayout
    points: Decimal
    proration: Fraction

    @property
    def effective(self) -> date:
        """The date of the payout."""
        return self.past.effective


def payouts_on(rating: RatingOfRecord, *, last: date) -> list[WrongPayout]:
    """The payouts through `last` that rest on a rating, with the points of its level as it is now.

    5 CFR 9701.342(a)(2). The certified value of a point stays, and nobody else's payout is
    reopened. Nothing where parameter correction.includes_payout of the payout's date says no.
    Refused: `level_not_in_system`, `parameter_missing`.
    """
    if rating.issued_on is None or rating.level is None:
        return []
    found = []
    for past in payouts_between(rating.issued_on, last):
        proration = _proration(rating, past)
        terms = terms_on(past.effective)
        if proration is None or not terms.policy["correction.includes_payout"]:
            continue
        points = pattern_on(past.pool, on=past.effective).points.get(rating.level.code)
        if points is None:
            message = f"{rating.level.code} has no points in {past.pool.title}."
            raise Refused("level_not_in_system", CITATION, message)
        found.append(WrongPayout(past=past, points=points, proration=proration))
    return found


def _proration(rating: RatingOfRecord, past: PastPayout) -> Fraction | None:
    """The proration of the rating's employee, None where the payout did not use the rating."""
    line = PayoutLine.objects.filter(
        employee_id=rating.employee_id,
        pool=past.pool,
        run__effective=past.effective,
        run__state__in=PAID,
    ).first()
    if line is not None:
        used = line.rating_id == rating.pk
        return decode(line.proration, Fraction) if used else None
    if rating.employee_id not in members_on(past.pool, snapshot=past.period_end):
        return None
    # Who is away gets the payout upon return, by the rating of record that counts then.
    if rating.employee_id in set(away_on(past.effective)):
        return None
    ratings = rating_facts([rating.employee_id], on=past.effective)[rating.employee_id]
    facts = {fact_of(each): each.rating_id for each in ratings}
    try:
        own = rating_for_payout(
            facts, period_end=past.period_end, cutoff=past.effective, modal=None
        ).rating
    except Refused:
        return None
    if own is None or facts[own] != rating.pk:
        return None
    factors = proration_factors(
        [rating.employee_id], since=past.since, terms=terms_on(past.effective)
    )
    return factors.of(load_one(rating.employee_id, on=past.effective))
