"""Steps that should have been and were not: a payout withheld, an adjustment of another band."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.models import ChunkState, PayRun, RunChunk, RunKind, RunState
from pay.pricing import rate_posting
from pay.queries.people import PersonPay, load_one
from pay.queries.standing import MOVES, Standing, standing_as, where_before
from pay.queries.terms import Terms, terms_on
from pay.rules import payout as payout_rule
from pay.services.adjusted_rates import from_source
from pay.services.cap_outcomes import cap_postings
from pay.services.grounds import NotDue, change_on, terms_before
from pay.services.pool_lines import payout_of
from pay.services.range_outcomes import postings_for_range_adjustment
from pay.services.supplement_outcomes import postings_for_supplement_adjustment
from pay.services.timeline import Timeline, Unposted
from pay.services.wrong_payouts import WrongPayout
from performance.queries.completed_periods import completed_periods
from regulation.refusals import Refused
from workforce.queries.absences import protected_absence

_RUNS = {
    Kind.RANGE_INCREASE: RunKind.RANGE_ADJUSTMENT,
    Kind.SUPPLEMENT_CHANGE: RunKind.SUPPLEMENT_ADJUSTMENT,
}


def unposted_step(event: Unposted, standing: Standing, *, timeline: Timeline) -> Posting | None:
    """What an adjustment comes to that was not posted to the person; None where it is nothing.

    5 CFR 9701.312, 9701.323, 9701.334. Who is away in service or on injury compensation is credited
    upon return. Refused: `run_locked` while a run carries the adjustment out, and what it refuses.
    """
    if standing.basic is None or protected_absence(timeline.employee_id, on=event.effective):
        return None
    terms = terms_on(event.effective)
    person = _person(event, standing, timeline=timeline, terms=terms)
    posting = _posting(event, person, terms=terms, timeline=timeline)
    if posting is None:
        return None
    if _waits_in_a_run(event, employee_id=timeline.employee_id):
        return None
    return from_source(posting, replace(timeline.source, run_id=None))


def _person(event: Unposted, standing: Standing, *, timeline: Timeline, terms: Terms) -> PersonPay:
    rank = step_of(event.kind, policy=terms.policy)
    person = load_one(timeline.employee_id, on=event.effective)
    later = [
        action
        for action in timeline.actions
        if action.effective == event.effective
        and action.step > rank
        and timeline.origin(action).kind in MOVES
    ]
    person = where_before(person, later, on=event.effective)
    person = standing_as(person, standing, on=event.effective, step=rank)
    return replace(person, last_posted=None, employed=True)


def _posting(
    event: Unposted, person: PersonPay, *, terms: Terms, timeline: Timeline
) -> Posting | None:
    periods = completed_periods(event.effective)
    if event.kind == Kind.CAP_CHANGE:
        return next(iter(cap_postings([person], terms=terms, source=timeline.source)), None)
    if event.kind == Kind.SUPPLEMENT_CHANGE:
        supplements = postings_for_supplement_adjustment(
            [person], before=terms_before(terms), terms=terms, periods=periods
        )
        return _only(
            [each.posting for each in supplements.outcomes],
            [refusal for _, refusal in supplements.exceptions],
        )
    band_id = person.band.id if person.band else None
    try:
        change = change_on(event.effective, band_id=band_id)
    except NotDue:
        return None
    ranges = postings_for_range_adjustment(
        [person],
        changes={band_id or 0: change},
        terms=terms,
        periods=periods,
        source=timeline.source,
    )
    return _only(
        [each.posting for each in ranges.outcomes], [refusal for _, refusal in ranges.exceptions]
    )


def _only(postings: list[Posting | None], refusals: list[Refused]) -> Posting | None:
    if refusals:
        raise refusals[0]
    return postings[0] if postings else None


def _waits_in_a_run(event: Unposted, *, employee_id: int) -> bool:
    """Whether a run that is being carried out will adjust the person itself."""
    kind = _RUNS.get(event.kind)
    running = PayRun.objects.filter(kind=kind, effective=event.effective, state=RunState.RUNNING)
    if kind is None or not running.exists():
        return False
    waiting = RunChunk.objects.filter(run__in=running, state=ChunkState.WAITING)
    if any(employee_id in chunk.employee_ids for chunk in waiting):
        return True
    message = f"A pay run of {event.effective} is being carried out; wait until it is done."
    raise Refused("run_locked", "", message)


def new_payout(wrong: WrongPayout, standing: Standing, *, timeline: Timeline) -> Posting | None:
    """The payout that the wrong rating gave no points for; None where it comes to nothing."""
    person = load_one(timeline.employee_id, on=wrong.effective)
    if standing.basic is None or person.band is None or not person.employed:
        return None
    terms: Terms = terms_on(wrong.effective).for_one()
    limits = terms.range_of(standing.band_id)
    past = wrong.past
    result = payout_of(
        standing.basic,
        retained=standing.retained,
        mode=past.mode,
        value=past.value,
        points=wrong.points,
        factor=wrong.proration,
        maximum=limits.maximum,
        policy=terms.policy,
    )
    if result.paid == 0:
        return None
    arguments: dict[str, Any] = {
        "rate" if standing.retained else "basic": standing.basic,
        "mode": past.mode,
        "value": _plain(past.value),
        "points": wrong.points,
        "proration": wrong.proration,
        "maximum": limits.maximum,
        "excess_lump": terms.policy["payout.excess_lump"] == "pay",
    }
    if standing.retained:
        arguments["retained_lump"] = terms.policy["retained.lump"]
    return rate_posting(
        replace(
            person,
            basic=standing.basic,
            retained=standing.retained,
            held=None if _unfrozen(timeline, on=wrong.effective) else person.held,
        ),
        kind=Kind.PERFORMANCE_PAYOUT if result.increase else Kind.LUMP_SUM_PAYOUT,
        rule=payout_rule.RETAINED_RULE if standing.retained else payout_rule.RULE,
        citation=payout_rule.RETAINED_CITATION if standing.retained else payout_rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=standing.retained,
        below_minimum=result.basic < limits.minimum,
        terms=terms,
        source=timeline.source,
        band_id=standing.band_id,
        lump_sum=Decimal(result.lump_sum),
    )


def _unfrozen(timeline: Timeline, *, on: date) -> bool:
    """Whether no supplement is frozen any more by then, that of another rating included."""
    others = any(
        case.kind == "supplement" and case.adjusted_on <= on for case in timeline.others.values()
    )
    return timeline.unfrozen is not None and timeline.unfrozen <= on and not others


def _plain(value: Decimal | None) -> Decimal | None:
    """The value of a point without the idle zeros of its column, cents at least."""
    if value is None:
        return None
    cents = value.quantize(Decimal("0.01"))
    return cents if cents == value else value.normalize()
