"""A supplement adjustment, person by person (5 CFR 9701.334-337; R11, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import DenialState, OrderKind
from pay.models.supplement import SupplementKind
from pay.pricing import Source, least_adjusted, rate_posting, supplement_of
from pay.queries.people import HeldSupplement, PersonPay, load
from pay.queries.supplements import published
from pay.queries.terms import Terms, terms_on
from pay.rules import supplement_change as rule
from pay.rules.encoding import encode
from pay.rules.maximum_rate import payable_adjusted
from pay.rules.supplement import SelectedSupplement, uncapped_adjusted
from pay.rules.supplement_change import SupplementChange
from pay.rules.supplement_change import adjust_supplement as changed_supplement
from pay.services.adjust_ranges import gate_of, rating_behind, refuse_unready
from pay.services.denials import NewDenial, open_denials
from pay.services.orders import Decision, place_orders
from pay.services.set_supplement import set_supplement
from performance.queries.published import latest_completed_period_end
from regulation.refusals import Refused
from workforce.models import Assignment
from workforce.queries.absences import away_on

#: A denial that has defaulted is over: what the next adjustment brings is owed (R11).
STILL_DENIED = (DenialState.OPEN, DenialState.ACTION_INITIATED, DenialState.NEEDS_DECISION)


@dataclass(frozen=True, slots=True)
class SupplementOutcome:
    """What the adjustment is for one person; without a posting nothing of the rate changes."""

    person: PersonPay
    rating_id: int | None
    change: SupplementChange
    points: Decimal
    below_minimum: bool
    posting: Posting | None

    @property
    def opens_denial(self) -> bool:
        """Whether an increase is withheld."""
        return self.change.outcome == "denied"


@dataclass(frozen=True, slots=True)
class SupplementAdjustment:
    """Outcomes, and the people whom the adjustment leaves alone with the reason."""

    outcomes: list[SupplementOutcome] = field(default_factory=list)
    exceptions: list[tuple[int, Refused]] = field(default_factory=list)


@transaction.atomic
def adjust_supplement(
    kind: str,
    *,
    key: str,
    percent: Decimal,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    bands: Sequence[str] = (),
) -> SupplementAdjustment:
    """Publish a supplement from a date on, and change that of everybody whose it is.

    5 CFR 9701.334, 9701.335, 9701.337(a). A rise is given where the rating gate passes; denied, the
    percentage is frozen and a case opens. A cut is for every rating. Basic pay is never touched.
    Whoever cannot be adjusted is left alone and named in `exceptions`. Refused: what
    `set_supplement` refuses.
    """
    # What a rating releases on the same date comes first, at the percentage published until then.
    locked = lock_and_settle(_people(kind, key, on=effective), on=on, effective=effective)
    before = published(on=effective)
    set_supplement(kind, key=key, percent=percent, effective=effective, bands=bands)
    decision = Decision(actor=actor, authority=authority)
    terms = terms_on(effective)
    found = postings_for_supplement_adjustment(
        load(locked, on=effective).values(),
        before=replace(terms, supplements=before),
        terms=terms,
        period_end=latest_completed_period_end(effective),
    )
    changed = [outcome for outcome in found.outcomes if outcome.posting is not None]
    orders = place_orders(
        [outcome.person.employee_id for outcome in changed],
        kind=OrderKind.SUPPLEMENT_ADJUSTMENT,
        effective=effective,
        chosen={"kind": kind, "key": key, "bands": list(bands), "percent": percent},
        decision=decision,
    )
    actions = post_many(
        [
            replace(
                outcome.posting,
                order_id=orders[outcome.person.employee_id].order_id,
                actor_id=decision.source.actor_id,
                authority=decision.source.authority,
            )
            for outcome in changed
            if outcome.posting is not None
        ]
    )
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


def _people(kind: str, key: str, *, on: date) -> list[int]:
    """Ids of those whose duty station or special category it is on the date.

    Whoever is away in uniformed service or on injury compensation gets what is published upon
    return (R20), so an adjustment passes him over.
    """
    place = {"area": key} if kind == SupplementKind.LOCALITY else {"special_category": key}
    held = Assignment.objects.filter(period__contains=on, **place).exclude(
        employee_id__in=away_on(on)
    )
    return sorted(set(held.values_list("employee_id", flat=True)))


def postings_for_supplement_adjustment(
    people: Iterable[PersonPay],
    *,
    before: Terms,
    terms: Terms,
    period_end: date | None,
) -> SupplementAdjustment:
    """What an adjustment effective on the terms' date is for each of these people; writes nothing.

    `before` are the terms with the supplements published until then. Whoever the adjustment does
    not concern, since another supplement is the larger one, is passed over.
    """
    found = SupplementAdjustment()
    for person in people:
        if person.band is None or person.basic is None or not person.employed:
            continue
        one = terms.for_one()
        until = replace(before, policy=one.policy)
        old = supplement_of(person, band_id=person.band.id, terms=until)
        new = supplement_of(person, band_id=person.band.id, terms=one)
        if old == new:
            continue
        try:
            found.outcomes.append(
                _outcome(person, old=old, new=new, terms=one, period_end=period_end)
            )
        except Refused as refusal:
            found.exceptions.append((person.employee_id, refusal))
    return found


def _outcome(
    person: PersonPay,
    *,
    old: SelectedSupplement,
    new: SelectedSupplement,
    terms: Terms,
    period_end: date | None,
) -> SupplementOutcome:
    step = step_of(Kind.SUPPLEMENT_CHANGE, policy=terms.policy)
    refuse_unready(person, effective=terms.on, step=step)
    gate = gate_of(person, terms=terms, period_end=period_end)
    basic, _ = person.paid()
    before = person.held or HeldSupplement(person.supplement_kind, person.supplement_percent)
    arguments = {
        "paid": before.percent,
        "old": old.percent,
        "new": new.percent,
        "denied": gate.denied,
        "denial_open": any(each.state in STILL_DENIED for each in person.supplement_denials),
    }
    change = changed_supplement(**arguments)  # type: ignore[arg-type]
    denied = change.outcome == "denied"
    least = least_adjusted(person, terms=terms)
    rises = change.outcome == "increased"
    # Where the gate passes, both minimums hold, even while an older increase is denied.
    lifts = rises and bool(person.supplement_denials or person.below_minimum)
    held = HeldSupplement(
        kind=person.supplement_kind if denied else new.kind,
        percent=change.supplement_percent,
        # Dollars of a lift to the minimum adjusted rate, as far as the published percentage goes.
        kept=min(before.kept, uncapped_adjusted(basic, percent=new.percent) - basic),
        least=least if lifts else 0,
    )
    posting = rate_posting(
        replace(person, held=held),
        kind=Kind.SUPPLEMENT_INCREASE_DENIED if denied else Kind.SUPPLEMENT_CHANGE,
        rule=rule.RULE,
        citation=rule.DENIED_CITATION
        if denied
        else (rule.CITATION if new.percent > old.percent else rule.CUT_CITATION),
        arguments=arguments,
        basic=basic,
        retained=person.retained,
        below_minimum=person.below_minimum,
        terms=terms,
        source=Source(),
        step=step,
    )
    posting = replace(
        posting,
        inputs={
            **posting.inputs,
            "payable": {**posting.inputs["payable"], "basic": encode(basic)},
        },
    )
    cap = terms.schedule.cap(senior_executive=person.senior_executive)
    return SupplementOutcome(
        person=person,
        rating_id=rating_behind(gate, person),
        change=change,
        points=new.percent - old.percent,
        below_minimum=denied
        and posting.adjusted is not None
        and posting.adjusted < payable_adjusted(least, cap=cap),
        posting=posting if denied or _differs(person, posting) else None,
    )


def _differs(person: PersonPay, posting: Posting) -> bool:
    return (
        person.adjusted,
        person.uncapped,
        person.supplement_percent,
        person.supplement_kind,
    ) != (
        posting.adjusted,
        posting.uncapped,
        posting.supplement_percent,
        posting.supplement_kind,
    )


def _denial(outcome: SupplementOutcome, *, action_id: int, effective: date) -> NewDenial:
    basic, _ = outcome.person.paid()
    return NewDenial(
        employee_id=outcome.person.employee_id,
        action_id=action_id,
        rating_id=outcome.rating_id,
        adjusted_on=effective,
        percentage=Fraction(outcome.points) / 100,
        basic=basic,
        below_minimum=outcome.below_minimum,
        kind="supplement",
    )
