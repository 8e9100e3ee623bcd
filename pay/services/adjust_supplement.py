"""A supplement adjustment, person by person (5 CFR 9701.334-337; R11, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import OrderKind, PayRate, PayRun
from pay.models.supplement import SupplementKind
from pay.queries.people import load
from pay.queries.supplements import Published, published
from pay.queries.terms import terms_on
from pay.services.adjusted_rates import from_source
from pay.services.denials import NewDenial, open_denials
from pay.services.late_adjustments import LatePosting, post_late, posted_for_later
from pay.services.orders import Decision, place_orders
from pay.services.set_supplement import set_supplement
from pay.services.supplement_outcomes import (
    SupplementAdjustment,
    SupplementOutcome,
    postings_for_supplement_adjustment,
)
from performance.queries.completed_periods import completed_periods
from workforce.models import Assignment
from workforce.queries.absences import away_on


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
    Whoever cannot be adjusted is left alone and named in `exceptions`. For a run see
    `pay.services.runs`, which does the same in chunks. Refused: what `set_supplement` refuses.
    """
    # What a rating releases on the same date comes first, at the percentage published until then.
    ids = people_with_supplement(kind, key=key, on=effective)
    locked = lock_and_settle(ids, on=on, effective=effective)
    before = published(on=effective)
    set_supplement(kind, key=key, percent=percent, effective=effective, bands=bands)
    return _post(
        locked,
        before=before,
        effective=effective,
        decision=Decision(actor=actor, authority=authority),
        on=on,
        chosen={"kind": kind, "key": key, "bands": list(bands), "percent": percent},
    )


@transaction.atomic
def apply_supplement_adjustment(
    employee_ids: Iterable[int],
    *,
    before: Published,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    run: PayRun,
) -> SupplementAdjustment:
    """Post an adjustment for a run's people and open the cases of who is denied, in one commit.

    The supplement is published already (`set_supplement`); `before` is what was published until
    then. Locks people in order of id. Whoever cannot be adjusted is named in `exceptions`.
    """
    return _post(
        lock_and_settle(employee_ids, on=on, effective=effective),
        before=before,
        effective=effective,
        decision=Decision(actor=actor, authority=authority, run_id=run.pk),
        on=on,
    )


def _post(
    locked: Iterable[int],
    *,
    before: Published,
    effective: date,
    decision: Decision,
    on: date,
    chosen: dict[str, object] | None = None,
) -> SupplementAdjustment:
    """Compute, post, and open what is denied; `chosen` is ordered for each outside a run."""
    people, terms = load(locked, on=effective), terms_on(effective)
    at = (effective, step_of(Kind.SUPPLEMENT_CHANGE, policy=terms.policy))
    later = posted_for_later(people.values(), at=at)
    found = postings_for_supplement_adjustment(
        people.values(),
        before=replace(terms, supplements=before),
        terms=terms,
        periods=completed_periods(effective),
    )
    changed = [
        outcome
        for outcome in found.outcomes
        if outcome.posting is not None and outcome.person.employee_id not in later
    ]
    postings = [outcome.posting for outcome in changed if outcome.posting is not None]
    actions = post_many(_from_decision(postings, effective=effective, decision=decision, of=chosen))
    open_denials(
        [
            _denial(outcome, action_id=action_id, effective=effective)
            for outcome, action_id in zip(changed, actions, strict=True)
            if outcome.opens_denial
        ],
        actor=decision.actor,
        on=on,
    )
    post_late(
        found.outcomes,
        found.exceptions,
        later=later,
        how=LatePosting(
            at=at,
            decision=decision,
            on=on,
            ordered=lambda posting: _from_decision(
                [posting], effective=effective, decision=decision, of=chosen
            )[0],
            denial=lambda outcome, action_id: (
                _denial(outcome, action_id=action_id, effective=effective)
                if outcome.opens_denial
                else None
            ),
        ),
    )
    return found


def _from_decision(
    postings: Sequence[Posting],
    *,
    effective: date,
    decision: Decision,
    of: dict[str, object] | None,
) -> list[Posting]:
    if of is None:
        return [from_source(posting, decision.source) for posting in postings]
    orders = place_orders(
        [posting.employee_id for posting in postings],
        kind=OrderKind.SUPPLEMENT_ADJUSTMENT,
        effective=effective,
        chosen=of,
        decision=decision,
    )
    return [from_source(posting, orders[posting.employee_id]) for posting in postings]


def people_with_supplement(
    kind: str, *, key: str, on: date, bands: Sequence[str] = ()
) -> list[int]:
    """Ids of the people paid on the date whose duty station or special category it is, in order.

    Of these bands, by code, or of all. Whoever is away in uniformed service or on injury
    compensation gets what is published upon return (R20), so an adjustment passes him over.
    """
    place = {"area": key} if kind == SupplementKind.LOCALITY else {"special_category": key}
    there = Assignment.objects.filter(period__contains=on, **place).exclude(
        employee_id__in=away_on(on)
    )
    in_force = PayRate.objects.filter(starts__lte=on).order_by("employee_id", "-starts")
    latest = in_force.distinct("employee_id").values("pk")
    paid = PayRate.objects.filter(pk__in=latest, basic__isnull=False)
    if bands:
        paid = paid.filter(band__code__in=list(bands))
    wanted = paid.filter(employee_id__in=there.values("employee_id"))
    return list(wanted.order_by("employee_id").values_list("employee_id", flat=True))


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
