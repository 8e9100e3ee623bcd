"""A range adjustment, person by person (5 CFR 9701.322-325; R3 to R6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from casework.actor import Actor
from classification.models import Band
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import OrderKind, PayRate, PayRun
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.rules.range_change import RangeChange
from pay.services.denials import NewDenial, open_denials
from pay.services.late_adjustments import LatePosting, post_late, posted_for_later
from pay.services.orders import Decision, place_orders
from pay.services.range_outcomes import (
    RangeAdjustment,
    RangeOutcome,
    range_outcomes_of,
)
from pay.services.set_ranges import set_ranges
from performance.queries.completed_periods import completed_periods
from workforce.queries.absences import away_on


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
    adjusted is left alone and named in `exceptions`; of whom a step is posted for later, that is
    replayed.
    """
    locked = lock_and_settle(employee_ids, on=on, effective=effective)
    decision = Decision(actor=actor, authority=authority, run_id=run.pk if run else None)
    people, terms = load(locked, on=effective), terms_on(effective)
    at = (effective, step_of(Kind.RANGE_INCREASE, policy=terms.policy))
    later = posted_for_later(people.values(), at=at)
    found = RangeAdjustment()
    changed: list[RangeOutcome] = []
    outcomes = range_outcomes_of(
        people.values(),
        changes=changes,
        terms=terms,
        periods=completed_periods(effective),
        source=decision.source,
        found=found,
    )
    apart = set(later)

    def postings() -> Iterator[Posting]:
        for outcome in outcomes:
            if outcome.posting is not None and outcome.person.employee_id not in apart:
                changed.append(outcome)
                yield outcome.posting

    if run is None:
        actions = post_many(_with_orders(list(postings()), changes=changes, decision=decision))
    else:
        actions = post_many(postings(), at_most=len(people))
    open_denials(
        [
            _denial(outcome, action_id=action_id, effective=effective)
            for outcome, action_id in zip(changed, actions, strict=True)
            if outcome.opens_denial
        ],
        actor=actor,
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
            ordered=lambda posting: (
                posting
                if run is not None
                else _with_orders([posting], changes=changes, decision=decision)[0]
            ),
            denial=lambda outcome, action_id: (
                _denial(outcome, action_id=action_id, effective=effective)
                if outcome.opens_denial
                else None
            ),
        ),
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
    bands = Band.objects.filter(code__in=list(ranges)).values_list("pk", flat=True)
    # What was decided or promised for a date before is carried out on the ranges until then.
    lock_and_settle(people_in_bands(bands, on=effective), on=on, effective=effective)
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

    With those who leave one on that date, since an adjustment comes before the move (R39), and
    those of whom a rate in one is posted for later already. Who is away in uniformed service or on
    injury compensation is credited on return, and not among them (5 CFR 9701.342(f), (g)).
    """
    in_force = PayRate.objects.filter(starts__lte=on).order_by("employee_id", "-starts")
    latest = in_force.distinct("employee_id").values("pk")
    moved = PayRate.objects.filter(starts=on).values("employee_id")
    before = (
        PayRate.objects.filter(starts__lt=on, employee_id__in=moved)
        .order_by("employee_id", "-starts")
        .distinct("employee_id")
        .values("pk")
    )
    wanted = Q(pk__in=latest) | Q(pk__in=before) | Q(starts__gt=on)
    return list(
        PayRate.objects.filter(wanted, band_id__in=list(band_ids), basic__isnull=False)
        .exclude(employee_id__in=away_on(on))
        .order_by("employee_id")
        .values_list("employee_id", flat=True)
        .distinct()
    )
