"""Certifying a pool: what each member's payout rests on and comes to (5 CFR 9701.342; R13-R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from governance.queries.policy import Policy
from pay.kinds import Kind, step_of
from pay.models import PayoutLine, PayPool, PayRun
from pay.queries.members import Pattern, absences_in, members_on, pattern_on, promoted_in
from pay.queries.people import PersonPay, fact_of, load
from pay.queries.terms import Terms
from pay.rules.eligibility import RatingFact
from pay.rules.modal_rating import ModalResult, modal_rating
from pay.rules.payout import PayoutResult, payout, payout_at_retained_rate
from pay.rules.payout_rating import PayoutRating, rating_for_payout
from pay.rules.point_pattern import check_member_band
from pay.rules.point_value import Share, check_pool_spending, point_value
from pay.rules.proration import Span, proration
from pay.services.range_outcomes import refuse_unready
from performance.published import PublishedRating
from performance.queries.published import rating_facts
from regulation.refusals import Refused
from workforce.queries.absences import away_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """What a pool is certified with: mode, its dollars, and in fixed modes the value of a point.

    `since` is the first day of the window between payouts; None prorates nobody.
    """

    mode: str
    amount: Decimal
    value: Decimal | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedLine:
    """One member: rating used, points, proration, the rate it starts from, and the result."""

    person: PersonPay
    level: str
    level_source: str
    rating_id: int | None
    points: Decimal
    proration: Fraction
    basic: int
    maximum: int
    result: PayoutResult

    @property
    def weight(self) -> Fraction:
        """Points times proration, exact."""
        return Fraction(self.points) * self.proration


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedPool:
    """A pool's payout: value of a point, lines, what is paid and left, and who is left alone.

    `points` is the exact sum of points times proration; `value` None where nobody has points.
    """

    pool: PayPool
    funds: Funds
    value: Decimal | None
    points: Fraction
    paid: Decimal
    left: Decimal
    modal: ModalResult | None
    warnings: tuple[str, ...]
    lines: tuple[CertifiedLine, ...]
    exceptions: tuple[tuple[int, Refused], ...]


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
) -> CertifiedPool:
    """Compute a pool's payout on the terms' date; writes nothing.

    Members are those of the period's last day; ratings those issued by `cutoff`; `pattern` None is
    the one in force. Who is away in uniformed service or on injury compensation is credited on
    return, and only votes (5 CFR 9701.342(f), (g)). Refused for the whole pool:
    `parameter_missing`, `no_ratings_in_pool`, `zero_points_required`, `pool_overspent`,
    `invalid_parameter`, `invalid_input`.
    """
    pattern = pattern or pattern_on(pool, on=terms.on)
    members_then = members_on(pool, snapshot=period_end)
    if not members_then:
        message = f"{pool.code} had no members on {period_end}, so nobody is rated in it."
        raise Refused("no_ratings_in_pool", "9701.342(b)(2)", message)
    away = set(away_on(terms.on))
    ids = [pk for pk in members_then if pk not in away]
    ratings = rating_facts(members_then, on=cutoff)
    facts = {pk: [fact_of(rating) for rating in found] for pk, found in ratings.items()}
    modal = None
    if any(_own(facts[pk], period_end=period_end, cutoff=cutoff) is None for pk in ids):
        modal = modal_of(
            facts, period_end=period_end, cutoff=cutoff, pattern=pattern, policy=terms.policy
        )
    factors = proration_factors(ids, since=funds.since, terms=terms)
    members, exceptions = [], []
    for person in load(ids, on=terms.on).values():
        if not person.employed or person.basic is None:
            continue
        try:
            members.append(
                _member(
                    person,
                    rating=rating_for_payout(
                        facts[person.employee_id], period_end=period_end, cutoff=cutoff, modal=modal
                    ),
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
        shares=[member.share for member in members],
        fixed=funds.value,
        weighted=terms.policy["pool.weight_by_proration"],
    )
    lines = tuple(
        _line(member, mode=funds.mode, value=value, ratings=ratings, policy=terms.policy)
        for member in members
    )
    left = check_pool_spending([line.result.paid for line in lines], pool=funds.amount)
    return CertifiedPool(
        pool=pool,
        funds=funds,
        value=value,
        points=sum((line.weight for line in lines), Fraction(0)),
        paid=funds.amount - left,
        left=left,
        modal=modal,
        warnings=pattern.warnings,
        lines=lines,
        exceptions=tuple(exceptions),
    )


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
    own = [_own(ratings, period_end=period_end, cutoff=cutoff) for ratings in facts.values()]
    return modal_rating(
        [rating.level for rating in own if rating is not None],
        best_first=pattern.best_first,
        tie=policy["modal.tie"],
        none_rated=policy["modal.no_ratings"],
    )


def _own(ratings: Sequence[RatingFact], *, period_end: date, cutoff: date) -> PayoutRating | None:
    try:
        return rating_for_payout(ratings, period_end=period_end, cutoff=cutoff, modal=None)
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class Factors:
    """Proration of each member in the window between payouts."""

    since: date | None
    until: date
    promoted: Mapping[int, date]
    absences: Mapping[int, list[Span]]
    threshold_days: int

    def of(self, person: PersonPay) -> Fraction:
        """Eligible days over days of the window, exact (R19)."""
        if self.since is None:
            return Fraction(1)
        return proration(
            window_start=self.since,
            window_end=self.until,
            hired=person.hired,
            promoted=self.promoted.get(person.employee_id),
            leave_without_pay=self.absences.get(person.employee_id, ()),
            threshold_days=self.threshold_days,
        )


def proration_factors(ids: Iterable[int], *, since: date | None, terms: Terms) -> Factors:
    """What proration reads of people for a payout on the terms' date; `since` None prorates nobody.

    5 CFR 9701.342(e). Refused `invalid_input`, `parameter_missing`.
    """
    until = terms.on - timedelta(days=1)
    threshold = terms.policy["proration.lwop_threshold_days"]
    if since is None:
        return Factors(None, until, {}, {}, threshold)
    if until < since:
        raise Refused(
            "invalid_input", "9701.342(e)(1)", "The time between payouts begins before the payout."
        )
    window = {"window_start": since, "window_end": until}
    return Factors(since, until, promoted_in(ids, **window), absences_in(ids, **window), threshold)


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


def payout_of(
    basic: int,
    *,
    retained: bool,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    factor: Fraction,
    maximum: int,
    policy: Policy,
) -> PayoutResult:
    """The payout of one rate, retained or not (R17, R18)."""
    if retained:
        return payout_at_retained_rate(
            basic,
            mode=mode,
            value=value,
            points=points,
            proration=factor,
            maximum=maximum,
            excess_lump=policy["payout.excess_lump"] == "pay",
            retained_lump=policy["retained.lump"],
        )
    return payout(
        basic,
        mode=mode,
        value=value,
        points=points,
        proration=factor,
        maximum=maximum,
        excess_lump=policy["payout.excess_lump"] == "pay",
    )


def store_lines(run: PayRun, certified: CertifiedPool) -> list[PayoutLine]:
    """Freeze the lines of a pool with its run, in place of those there before."""
    PayoutLine.objects.filter(run=run, pool=certified.pool).delete()
    return PayoutLine.objects.bulk_create(
        PayoutLine(
            run=run,
            pool=certified.pool,
            employee_id=line.person.employee_id,
            level=line.level,
            level_source=line.level_source,
            rating_id=line.rating_id,
            points=line.points,
            proration=f"{line.proration.numerator}/{line.proration.denominator}",
            basic=line.basic,
            band_maximum=line.maximum,
            retained=line.person.retained,
            amount=line.result.amount,
            increase=line.result.increase,
            lump_sum=line.result.lump_sum,
        )
        for line in certified.lines
    )
