"""What an employee away in uniformed service or on injury compensation missed of pay (R20).

Meanwhile no range adjustment and no payout reaches him: 5 CFR 9701.342(f) and (g) credit them upon
return, without arrears. So he is left out of both, though he stays a member of his pool whose
rating is a vote for its modal one. Ordinary leave without pay takes nobody out: ranges and payouts
go on, these prorated (342(e)(2)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pay.kinds import Kind
from pay.models import PayAction, PayPool, PoolMembership, RateRange
from pay.queries.members import members_on, pattern_on
from pay.queries.past_payouts import PastPayout, payouts_between
from pay.queries.people import BandFacts, PersonPay, fact_of, load_one
from pay.queries.ranges import changes_on
from pay.queries.terms import Terms, terms_on
from pay.rules.missed_events import MissedEvent, MissedPayout, MissedRangeAdjustment
from pay.services.pool_proration import proration_factors
from pay.services.pool_ratings import modal_of
from pay.services.range_outcomes import gate_of, rating_behind
from performance.queries.completed_periods import completed_periods
from performance.queries.published import rating_facts
from regulation.refusals import Refused
from workforce.queries.absences import protected_absence

CITATION = "9701.342(f)"
_ADJUSTED = (Kind.RANGE_INCREASE, Kind.RANGE_INCREASE_DENIED)
_PAID = (Kind.PERFORMANCE_PAYOUT, Kind.LUMP_SUM_PAYOUT)


@dataclass(frozen=True, slots=True)
class Missed:
    """One change that was not paid, and the rating that decided it, if one did."""

    event: MissedEvent
    rating_id: int | None


@dataclass(frozen=True, slots=True)
class _Absent:
    """Who is away since when: as he left, and what was posted to him all the same."""

    person: PersonPay
    band: BandFacts
    first: date
    last: date
    posted: frozenset[tuple[str, date]]
    #: Up to this date a minimum by default has taken the place of what came before.
    settled: date | None

    def missed(self, on: date, *, kinds: tuple[Kind, ...]) -> bool:
        """Whether a change of that date was not posted to him and is to be credited."""
        if self.settled is not None and on <= self.settled:
            return False
        return not any((str(kind), on) in self.posted for kind in kinds)

    def on(self, day: date) -> tuple[PersonPay, BandFacts]:
        """The person on a date; once separated, in the band that he left."""
        person = load_one(self.person.employee_id, on=day)
        return person, person.band or self.band


def missed_events(departed: PersonPay, *, first: date, last: date) -> list[Missed]:
    """Range adjustments and payouts from one date through another that did not reach a person.

    5 CFR 9701.342(f), (g), 9701.323, 9701.345. Range adjustments by the gate of their own date
    (R4); payouts by the value and pattern of their cycle, on the last rating issued by then, else
    the modal one of the pool (R13). Days of uniformed service and injury compensation prorate
    nothing, others do. Refused: `no_ratings_in_pool`, `level_not_in_system`, `parameter_missing`.
    """
    _, band = departed.paid()
    rows = PayAction.objects.filter(
        employee_id=departed.employee_id, effective__range=(first, last), annuls=False
    ).values_list("kind", "effective")
    posted = frozenset(rows)
    absent = _Absent(
        person=departed,
        band=band,
        first=first,
        last=last,
        posted=posted,
        settled=max((on for kind, on in posted if kind == Kind.MINIMUM_BY_DEFAULT), default=None),
    )
    return [*_range_adjustments(absent), *_payouts(absent)]


def refuse_uncredited(person: PersonPay, *, on: date) -> None:
    """Refuse, as `too_early`, to set another rate while an absence has changes to be credited.

    5 CFR 9701.342(f), (g). What was missed stands on the rate of departure, so it comes first.
    """
    absence = protected_absence(person.employee_id, on=on)
    if absence is None:
        return
    missed = missed_events(person, first=absence.period.lower, last=on)
    if missed:
        raise Refused(
            "too_early",
            CITATION,
            f"{person.number} is away, and a change of {missed[0].event.effective} is credited "
            "upon return. Record the return first.",
        )


def _range_adjustments(absent: _Absent) -> Iterator[Missed]:
    begun = RateRange.objects.filter(
        period__startswith__gte=absent.first, period__startswith__lte=absent.last
    )
    for band_id, period in begun.order_by("period").values_list("band_id", "period"):
        on = period.lower
        if not absent.missed(on, kinds=_ADJUSTED):
            continue
        person, band = absent.on(on)
        change = changes_on(on, band_ids=[band_id]).get(band_id)
        if band.id != band_id or change is None or not person.covered:
            continue
        gate = gate_of(person, terms=terms_on(on), periods=completed_periods(on))
        yield Missed(
            MissedRangeAdjustment(effective=on, change=change, denied=gate.denied),
            rating_behind(gate, person),
        )


def _payouts(absent: _Absent) -> Iterator[Missed]:
    for past in payouts_between(absent.first, absent.last):
        if not absent.missed(past.effective, kinds=_PAID):
            continue
        person, band = absent.on(past.effective)
        pool = pool_of(person.employee_id, on=past.period_end)
        if pool != past.pool or band.entry_developmental or not person.covered:
            continue
        yield _payout(person, band, past, terms=terms_on(past.effective))


def pool_of(employee_id: int, *, on: date) -> PayPool | None:
    """The pool of a person on a date, or the one last left before it."""
    found = (
        PoolMembership.objects.filter(employee_id=employee_id, period__startswith__lte=on)
        .select_related("pool")
        .order_by("-period__startswith")
        .first()
    )
    return found.pool if found else None


def _payout(person: PersonPay, band: BandFacts, past: PastPayout, *, terms: Terms) -> Missed:
    level, rating_id = _level(person, past, terms=terms)
    pattern = pattern_on(past.pool, on=past.effective)
    if level not in pattern.points:
        raise Refused("level_not_in_system", CITATION, f"{level} has no points in the pool.")
    return Missed(
        MissedPayout(
            effective=past.effective,
            mode=past.mode,
            value=past.value,
            points=Decimal(pattern.points[level]),
            proration=_factor(person, past, terms=terms),
            maximum=terms.range_of(band.id).maximum,
        ),
        rating_id,
    )


def _level(person: PersonPay, past: PastPayout, *, terms: Terms) -> tuple[str, int | None]:
    """The last rating that the Department gave by the payout, of whatever period, else the modal.

    5 CFR 9701.342(f), (g).
    """
    if person.ratings:
        last = max(person.ratings, key=lambda each: (each.issued_on, each.kind == "additional"))
        return last.level_code, last.rating_id
    others = [
        pk for pk in members_on(past.pool, snapshot=past.period_end) if pk != person.employee_id
    ]
    ratings = rating_facts(others, on=past.effective)
    modal = modal_of(
        {pk: [fact_of(rating) for rating in found] for pk, found in ratings.items()},
        period_end=past.period_end,
        cutoff=past.effective,
        pattern=pattern_on(past.pool, on=past.effective),
        policy=terms.policy,
    )
    return modal.level, None


def _factor(person: PersonPay, past: PastPayout, *, terms: Terms) -> Fraction:
    factors = proration_factors([person.employee_id], since=past.since, terms=terms)
    return factors.of(person)
