"""A range adjustment, person by person (5 CFR 9701.322-325; R3 to R6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle, ninety_days
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import DenialState, OrderKind, PayRate, PayRun
from pay.pricing import Source, lifted, rate_posting
from pay.queries.people import PersonPay, fact_of, load
from pay.queries.terms import Terms, terms_on
from pay.rules import range_increase as rule
from pay.rules.eligibility import GateResult, market_gate
from pay.rules.range_change import RangeChange
from pay.rules.range_increase import RangeIncreaseResult, range_increase
from pay.services.denials import DENIED_CITATION, NewDenial, open_denials
from pay.services.orders import Decision, place_orders
from pay.services.set_ranges import set_ranges
from performance.queries.published import latest_completed_period_end
from regulation.refusals import Refused
from workforce.queries.absences import away_on


@dataclass(frozen=True, slots=True)
class RangeOutcome:
    """What the adjustment is for one person; without a posting nothing of the rate changes."""

    person: PersonPay
    gate: GateResult
    rating_id: int | None
    result: RangeIncreaseResult
    posting: Posting | None

    @property
    def opens_denial(self) -> bool:
        """Whether an increase is withheld."""
        return self.result.outcome == "denied" and self.result.withheld > 0


@dataclass(frozen=True, slots=True)
class RangeAdjustment:
    """Outcomes, and the people whom the adjustment leaves alone with the reason."""

    outcomes: list[RangeOutcome] = field(default_factory=list)
    exceptions: list[tuple[int, Refused]] = field(default_factory=list)


def postings_for_range_adjustment(
    people: Iterable[PersonPay],
    *,
    changes: Mapping[int, RangeChange],
    terms: Terms,
    period_end: date | None,
    source: Source,
) -> RangeAdjustment:
    """What an adjustment effective on the terms' date is for each of these people; writes nothing.

    `period_end` is that of the appraisal period completed most recently. People without a rate, or
    in a band that does not change, are passed over.
    """
    found = RangeAdjustment()
    for person in people:
        change = changes.get(person.band.id) if person.band else None
        if change is None or person.basic is None or not person.employed:
            continue
        try:
            found.outcomes.append(
                _outcome(person, change=change, terms=terms, period_end=period_end, source=source)
            )
        except Refused as refusal:
            found.exceptions.append((person.employee_id, refusal))
    return found


def _outcome(
    person: PersonPay,
    *,
    change: RangeChange,
    terms: Terms,
    period_end: date | None,
    source: Source,
) -> RangeOutcome:
    one = terms.for_one()
    step = step_of(Kind.RANGE_INCREASE, policy=one.policy)
    refuse_unready(person, effective=terms.on, step=step)
    basic, _ = person.paid()
    gate = gate_of(person, terms=one, period_end=period_end)
    arguments = {
        "basic": basic,
        "change": change,
        "retained": person.retained,
        "denied": gate.denied,
    }
    result = range_increase(basic, change=change, retained=person.retained, denied=gate.denied)
    withheld = gate.denied and result.withheld > 0
    posting = rate_posting(
        person if gate.denied else lifted(person, terms=one),
        kind=Kind.RANGE_INCREASE_DENIED if withheld else Kind.RANGE_INCREASE,
        rule=rule.RETAINED_RULE if person.retained else rule.RULE,
        citation=_citation(person, withheld=withheld),
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=result.below_minimum,
        terms=one,
        source=source,
        step=step,
    )
    changed = withheld or _rate(person) != (
        posting.basic_after, posting.adjusted, posting.uncapped, posting.retained,
        posting.below_minimum,
    )  # fmt: skip
    return RangeOutcome(
        person=person,
        gate=gate,
        rating_id=rating_behind(gate, person),
        result=result,
        posting=posting if changed else None,
    )


def _rate(person: PersonPay) -> tuple[int | None, int | None, int | None, bool, bool]:
    return (
        person.basic,
        person.adjusted,
        person.uncapped,
        person.retained,
        person.below_minimum,
    )


def _citation(person: PersonPay, *, withheld: bool) -> str:
    if withheld:
        return DENIED_CITATION
    return rule.RETAINED_CITATION if person.retained else rule.CITATION


def refuse_unready(person: PersonPay, *, effective: date, step: int) -> None:
    """Refuse what cannot be set for a person on a date.

    `not_covered` outside subpart C, `earlier_than_posted`, and `too_early` while 90 days that end
    before the date are still running (5 CFR 9701.325(b)).
    """
    if not person.covered:
        raise Refused(
            "not_covered",
            "9701.102(c)",
            f"Subpart C does not apply to {person.coverage_category} on {effective}.",
        )
    if person.last_posted is not None and (effective, step) < person.last_posted:
        raise Refused(
            "earlier_than_posted",
            "",
            f"Pay of {person.last_posted[0]} is posted already for {person.number}, so nothing "
            f"dated {effective} can come before it.",
        )
    refuse_before_day_90(person, effective=effective)


def refuse_before_day_90(person: PersonPay, *, effective: date) -> None:
    """Refuse, as `too_early`, a date beyond 90 days that still run (9701.325(b), 9701.337(b)).

    What day 90 brings comes first, and nobody knows it yet.
    """
    for denial in (*person.denials, *person.supplement_denials):
        running = denial.state == DenialState.OPEN and denial.due_on is not None
        if running and denial.due_on is not None and denial.due_on < effective:
            raise Refused(
                "too_early",
                ninety_days(denial.kind).default,
                f"The 90 days of {person.number} end on {denial.due_on}, before {effective}.",
            )


def gate_of(person: PersonPay, *, terms: Terms, period_end: date | None) -> GateResult:
    """Whether a market increase is denied on the terms' date (R4), by gate.additional_rating."""
    ratings = person.rating_facts
    if terms.policy["gate.additional_rating"] == "annual_only":
        ratings = tuple(rating for rating in ratings if rating.kind == "annual")
    return market_gate(ratings, on=terms.on, period_end=period_end)


def rating_behind(gate: GateResult, person: PersonPay) -> int | None:
    """Id of the rating that a gate's result rests on."""
    for rating in reversed(person.ratings):
        if gate.rating is not None and fact_of(rating) == gate.rating:
            return rating.rating_id
    return None


@transaction.atomic
def apply_range_adjustment(
    employee_ids: Iterable[int],
    *,
    changes: Mapping[int, RangeChange],
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    run: PayRun | None = None,
) -> RangeAdjustment:
    """Post an adjustment for these people and open the cases of who is denied, in one commit.

    The ranges are set already (`set_ranges`). Locks people in order of id. Whoever cannot be
    adjusted is left alone and named in `exceptions`.
    """
    locked = lock_and_settle(employee_ids, on=on, effective=effective)
    decision = Decision(actor=actor, authority=authority, run_id=run.pk if run else None)
    found = postings_for_range_adjustment(
        load(locked, on=effective).values(),
        changes=changes,
        terms=terms_on(effective),
        period_end=latest_completed_period_end(effective),
        source=decision.source,
    )
    changed = [outcome for outcome in found.outcomes if outcome.posting is not None]
    postings = [outcome.posting for outcome in changed if outcome.posting is not None]
    if run is None:
        postings = _with_orders(postings, changes=changes, decision=decision)
    actions = post_many(postings)
    open_denials(
        [
            _denial(outcome, action_id=action_id, effective=effective)
            for outcome, action_id in zip(changed, actions, strict=True)
            if outcome.opens_denial
        ],
        actor=actor,
        on=on,
    )
    return found


def _with_orders(
    postings: list[Posting], *, changes: Mapping[int, RangeChange], decision: Decision
) -> list[Posting]:
    if not postings:
        return postings
    orders = place_orders(
        [posting.employee_id for posting in postings],
        kind=OrderKind.RANGE_ADJUSTMENT,
        effective=postings[0].effective,
        chosen={
            "ranges": {
                band_id: [change.new_minimum, change.new_maximum]
                for band_id, change in changes.items()
            }
        },
        decision=decision,
    )
    return [replace(posting, order_id=orders[posting.employee_id].order_id) for posting in postings]


def _denial(outcome: RangeOutcome, *, action_id: int, effective: date) -> NewDenial:
    return NewDenial(
        employee_id=outcome.person.employee_id,
        action_id=action_id,
        rating_id=outcome.rating_id,
        adjusted_on=effective,
        percentage=outcome.result.withheld,
        basic=outcome.result.basic,
        below_minimum=outcome.result.below_minimum,
    )


@transaction.atomic
def adjust_ranges(
    ranges: Mapping[str, tuple[int, int]],
    *,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
) -> RangeAdjustment:
    """Set ranges of bands, by code, and adjust everybody in them at once.

    For a run see `pay.services.runs`, which does the same in chunks. Refused: what `set_ranges`
    names.
    """
    changes = set_ranges(ranges, effective=effective)
    return apply_range_adjustment(
        people_in_bands(changes, on=effective),
        changes=changes,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
    )


def people_in_bands(band_ids: Iterable[int], *, on: date) -> list[int]:
    """Ids of the people whose rate in force on the date is in one of the bands, in order.

    Who is away in uniformed service or on injury compensation is credited on return, and not among
    them (5 CFR 9701.342(f), (g)).
    """
    in_force = PayRate.objects.filter(starts__lte=on).order_by("employee_id", "-starts")
    latest = in_force.distinct("employee_id").values("pk")
    return list(
        PayRate.objects.filter(pk__in=latest, band_id__in=list(band_ids), basic__isnull=False)
        .exclude(employee_id__in=away_on(on))
        .order_by("employee_id")
        .values_list("employee_id", flat=True)
    )
