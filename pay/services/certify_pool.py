"""Certifying a pool: what each member's payout rests on and comes to (5 CFR 9701.342; R13-R19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.queries.policy import Policy
from pay.kinds import Kind, step_of
from pay.models import PayPool
from pay.queries.members import Pattern, members_on, pattern_on
from pay.queries.people import PersonPay, fact_of, load
from pay.queries.standing import as_of_place
from pay.queries.terms import Terms
from pay.rules.payout_rating import PayoutRating, rating_for_payout
from pay.rules.point_pattern import check_member_band
from pay.rules.point_value import Share, check_pool_spending, point_value
from pay.services.pool_lines import CertifiedLine, CertifiedPool, Funds, payout_of, store_lines
from pay.services.pool_proration import Factors, proration_factors
from pay.services.pool_ratings import modal_of, modal_of_ratings, own_rating
from pay.services.range_outcomes import refuse_unready
from performance.published import PublishedRating
from performance.queries.published import rating_facts
from regulation.refusals import Refused
from workforce.queries.absences import away_on

__all__ = [
    "CertifiedLine",
    "CertifiedPool",
    "Factors",
    "Funds",
    "certified_pool",
    "modal_of",
    "payout_of",
    "proration_factors",
    "store_lines",
]

#: What has one reading so far, and still must be carried by a directive.
_ONE_READING = ("pool.snapshot", "pool.rating_cutoff", "payout.basis", "payout.rounding")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A member before the value of a point is known."""

    person: PersonPay
    basic: int
    maximum: int
    rating: PayoutRating
    points: Decimal
    proration: Fraction

    @property
    def share(self) -> Share:
        base = self.maximum if self.person.retained else self.basic
        return Share(points=self.points, proration=self.proration, base=base)


def certified_pool(
    pool: PayPool,
    *,
    funds: Funds,
    period_end: date,
    cutoff: date,
    terms: Terms,
    pattern: Pattern | None = None,
    members: Sequence[int] | None = None,
) -> CertifiedPool:
    """Compute a pool's payout on the terms' date; writes nothing.

    `members` None are those of the period's last day; ratings those issued by `cutoff`; `pattern`
    None is the one in force. Who is away in uniformed service or on injury compensation is credited
    on return, and only votes (5 CFR 9701.342(f), (g)). Everybody as he stands for the payout,
    whatever is posted for later (R39). Refused for the whole pool:
    `parameter_missing`, `no_ratings_in_pool`, `zero_points_required`, `pool_overspent`,
    `invalid_parameter`, `invalid_input`.
    """
    terms.policy.require(*_ONE_READING)
    pattern = pattern or pattern_on(pool, on=terms.on)
    members_then = members_on(pool, snapshot=period_end) if members is None else members
    if not members_then:
        message = f"{pool.code} had no members on {period_end}, so nobody is rated in it."
        raise Refused("no_ratings_in_pool", "9701.342(b)(2)", message)
    away = set(away_on(terms.on))
    ids = [pk for pk in members_then if pk not in away]
    ratings = rating_facts(members_then, on=cutoff)
    facts = {pk: [fact_of(rating) for rating in found] for pk, found in ratings.items()}
    own = {
        pk: own_rating(found, period_end=period_end, cutoff=cutoff) for pk, found in facts.items()
    }
    modal = None
    if any(own[pk] is None for pk in ids):
        modal = modal_of_ratings(own.values(), pattern=pattern, policy=terms.policy)
    factors = proration_factors(ids, since=funds.since, terms=terms)
    counted, exceptions = [], []
    step = step_of(Kind.PERFORMANCE_PAYOUT, policy=terms.policy)
    for person in as_of_place(load(ids, on=terms.on).values(), on=terms.on, step=step):
        if not person.employed or person.basic is None:
            continue
        try:
            counted.append(
                _member(
                    person,
                    rating=own[person.employee_id]
                    or rating_for_payout((), period_end=period_end, cutoff=cutoff, modal=modal),
                    pattern=pattern,
                    factor=factors.of(person),
                    terms=terms,
                )
            )
        except Refused as refusal:
            exceptions.append((person.employee_id, refusal))
    value = point_value(
        funds.mode,
        pool=funds.amount,
        shares=[member.share for member in counted],
        fixed=funds.value,
        weighted=terms.policy["pool.weight_by_proration"],
    )
    lines = tuple(
        _line(member, mode=funds.mode, value=value, ratings=ratings, policy=terms.policy)
        for member in counted
    )
    left = check_pool_spending([line.result.paid for line in lines], pool=funds.amount)
    return CertifiedPool(
        pool=pool,
        funds=funds,
        value=value,
        points=_sum_of_weights(lines),
        paid=funds.amount - left,
        left=left,
        modal=modal,
        warnings=pattern.warnings,
        lines=lines,
        exceptions=tuple(exceptions),
    )


def _sum_of_weights(lines: Iterable[CertifiedLine]) -> Fraction:
    times = Counter(line.weight for line in lines)
    return sum((weight * count for weight, count in times.items()), Fraction(0))


def _member(
    person: PersonPay, *, rating: PayoutRating, pattern: Pattern, factor: Fraction, terms: Terms
) -> _Member:
    refuse_unready(
        person, effective=terms.on, step=step_of(Kind.PERFORMANCE_PAYOUT, policy=terms.policy)
    )
    basic, band = person.paid()
    check_member_band(entry_developmental=band.entry_developmental)
    if rating.level not in pattern.points:
        raise Refused(
            "level_not_in_system", "9701.342(c)(1)", f"{rating.level} has no points in this pool."
        )
    return _Member(
        person=person,
        basic=basic,
        maximum=terms.range_of(band.id).maximum,
        rating=rating,
        points=pattern.points[rating.level],
        proration=factor,
    )


def _line(
    member: _Member,
    *,
    mode: str,
    value: Decimal | None,
    ratings: Mapping[int, Sequence[PublishedRating]],
    policy: Policy,
) -> CertifiedLine:
    person, own = member.person, member.rating.rating
    return CertifiedLine(
        person=person,
        level=member.rating.level,
        level_source=member.rating.source,
        rating_id=next(
            (each.rating_id for each in ratings[person.employee_id] if fact_of(each) == own), None
        ),
        points=member.points,
        proration=member.proration,
        basic=member.basic,
        maximum=member.maximum,
        result=payout_of(
            member.basic,
            retained=person.retained,
            mode=mode,
            value=value,
            points=member.points,
            factor=member.proration,
            maximum=member.maximum,
            policy=policy,
        ),
    )
