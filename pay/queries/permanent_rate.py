"""What somebody would be paid had a temporary promotion never been (5 CFR 9701.354; R27).

The rate held before it is the start; range adjustments of the permanent band, and the payouts that
were paid meanwhile at their own value and points, are what came after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from classification.models import Position
from pay.models import PayAction, RateRange
from pay.queries.people import PersonPay
from pay.queries.terms import terms_on
from pay.rules.demotion import PermanentRate
from pay.rules.denied_increase import DAYS_TO_ACT
from pay.rules.eligibility import market_gate
from pay.rules.encoding import read_arguments
from pay.rules.missed_events import (
    MissedEvent,
    MissedPayout,
    MissedRangeAdjustment,
    Replayed,
    replayed_events,
)
from pay.rules.payout import payout, payout_at_retained_rate
from pay.rules.range_change import RangeChange
from pay.rules.range_increase import RangeIncreaseResult
from performance.queries.completed_periods import completed_periods
from regulation.pay_periods import pay_calendar
from regulation.refusals import Refused
from workforce.models import Assignment, AssignmentKind

CITATION = "9701.354"


@dataclass(frozen=True, slots=True)
class Permanent:
    """The position of record, its band, and the rate as if never promoted."""

    position: Position
    band_id: int
    rate: PermanentRate


def permanent_of(person: PersonPay, *, on: date, ended: bool = False) -> Permanent:
    """Where a person returns to from a temporary promotion on a date, and at what rate.

    `ended`: the return is on record, and worked out again. Refused: `not_eligible` where no
    temporary promotion is in force.
    """
    began = _began(person, on=on - timedelta(days=1) if ended else on)
    record = (
        Assignment.objects.filter(
            employee_id=person.employee_id, kind=AssignmentKind.PERMANENT, period__contains=on
        )
        .select_related("position")
        .first()
    )
    before = (
        PayAction.objects.filter(
            employee_id=person.employee_id,
            effective=began,
            kind="promotion",
            order__chosen__temporary=True,
        )
        .order_by("step", "place")
        .first()
        if began
        else None
    )
    if began is None or record is None or before is None or before.basic_before is None:
        raise Refused("not_eligible", CITATION, f"{person.number} holds no temporary promotion.")
    band_id = _band_before(before)
    before = _as_it_stands(before)
    if before.basic_before is None:
        raise Refused("record_incomplete", CITATION, "No rate before the promotion is on record.")
    basic, retained = before.basic_before, bool(before.inputs["retained"])
    events = _events(person, band_id=band_id, after=began, until=on, basic=basic, retained=retained)
    return Permanent(
        position=record.position,
        band_id=band_id,
        rate=PermanentRate(basic=basic, retained=retained, events=events),
    )


def _began(person: PersonPay, *, on: date) -> date | None:
    """The first day of the temporary promotion, through others that followed without a break."""
    held = Assignment.objects.filter(
        employee_id=person.employee_id, kind=AssignmentKind.TEMPORARY_PROMOTION
    )
    current = held.filter(period__contains=on).first()
    while current is not None:
        began: date = current.period.lower
        current = held.filter(period__endswith=began).first()
        if current is None:
            return began
    return None


def _as_it_stands(action: PayAction) -> PayAction:
    """The last correction of a step, or the step."""
    found = PayAction.objects.filter(employee_id=action.employee_id, place=action.place)
    return found.order_by("-pk").first() or action


def _band_before(promotion: PayAction) -> int:
    """The band of the rate that the promotion began from."""
    before = (
        PayAction.objects.filter(employee_id=promotion.employee_id, band__isnull=False)
        .exclude(effective__gt=promotion.effective)
        .exclude(pk=promotion.pk)
        .exclude(effective=promotion.effective, step__gt=promotion.step)
        .exclude(effective=promotion.effective, step=promotion.step, place__gt=promotion.place)
        .order_by("-effective", "-step", "-place", "-pk")
        .values_list("band_id", flat=True)
        .first()
    )
    if before is None:
        raise Refused("record_incomplete", CITATION, "No rate before the promotion is on record.")
    return int(before)


def _events(
    person: PersonPay, *, band_id: int, after: date, until: date, basic: int, retained: bool
) -> tuple[MissedEvent, ...]:
    ranges = list(
        RateRange.objects.filter(band_id=band_id, period__startswith__lte=until).order_by(
            "period__startswith"
        )
    )
    events: list[MissedEvent] = list(_adjustments(person, ranges=ranges, after=after, until=until))
    events += _payouts(person, ranges=ranges, after=after, until=until)
    return _without_lapsed(events, basic=basic, retained=retained, until=until)


def _adjustments(
    person: PersonPay, *, ranges: list[RateRange], after: date, until: date
) -> Iterator[MissedRangeAdjustment]:
    """Each adjustment through the gate of its own date; one that a later rating releases is dated
    as R7 dates the release."""
    for old, new in pairwise(ranges):
        day = new.period.lower
        if not after < day <= until:
            continue
        change = RangeChange(
            old_minimum=old.minimum,
            old_maximum=old.maximum,
            new_minimum=new.minimum,
            new_maximum=new.maximum,
        )
        denied = _denied(person, on=day)
        released = _released(person, after=day) if denied else None
        if released is not None and released <= until:
            yield MissedRangeAdjustment(effective=released, change=change, denied=False)
        else:
            yield MissedRangeAdjustment(effective=day, change=change, denied=denied)


def _denied(person: PersonPay, *, on: date) -> bool:
    ratings = person.rating_facts
    if terms_on(on).policy["gate.additional_rating"] == "annual_only":
        ratings = tuple(rating for rating in ratings if rating.kind == "annual")
    return market_gate(ratings, on=on, period_end=person.period_end(completed_periods(on))).denied


def _released(person: PersonPay, *, after: date) -> date | None:
    issued = [
        rating.issued_on
        for rating in person.ratings
        if rating.issued_on > after and not rating.unacceptable
    ]
    return pay_calendar().on_or_after(min(issued)) if issued else None


def _payouts(
    person: PersonPay, *, ranges: list[RateRange], after: date, until: date
) -> Iterator[MissedPayout]:
    """The payouts paid meanwhile, up to the permanent band's maximum."""
    paid = PayAction.objects.filter(
        employee_id=person.employee_id,
        kind__in=["performance_payout", "lump_sum_payout"],
        effective__gt=after,
        effective__lte=until,
    ).order_by("effective", "step", "place")
    for action in map(_as_it_stands, paid):
        if action.annuls:
            continue
        rule = payout_at_retained_rate if action.rule == "R18" else payout
        own = {name: value for name, value in action.inputs.items() if name != "payable"}
        given = read_arguments(rule, own)
        yield MissedPayout(
            effective=action.effective,
            mode=given["mode"],
            value=given["value"],
            points=given["points"],
            proration=given["proration"],
            maximum=_maximum(ranges, on=action.effective),
        )


def _maximum(ranges: list[RateRange], *, on: date) -> int:
    return int([each for each in ranges if each.period.lower <= on][-1].maximum)


def _without_lapsed(
    events: list[MissedEvent], *, basic: int, retained: bool, until: date
) -> tuple[MissedEvent, ...]:
    """Without the denials whose 90 days would have ended in the minimum (5 CFR 9701.325(b)).

    Of these the rest is not owed, and the minimum is what `demote` gives in the end.
    """
    lapsed = [
        step.event
        for step in replayed_events(basic, retained=retained, events=events)
        if _below(step) and pay_calendar().on_or_after(_day_90(step)) <= until
    ]
    return tuple(event for event in events if event not in lapsed)


def _below(step: Replayed) -> bool:
    event = step.event
    return (
        isinstance(event, MissedRangeAdjustment)
        and event.denied
        and not step.was_retained
        and step.basic < event.change.new_minimum
    )


def _day_90(step: Replayed) -> date:
    return step.event.effective + timedelta(days=DAYS_TO_ACT)


@dataclass(frozen=True, slots=True)
class StandingDenial:
    """An increase of the permanent band that is still withheld: the exact percentage, the rate."""

    adjusted_on: date
    percentage: Fraction
    basic: int
    below_minimum: bool


def standing_denials(permanent: Permanent) -> tuple[StandingDenial, ...]:
    """What the time of a temporary promotion leaves withheld, oldest first (R7, R8)."""
    rate = permanent.rate
    steps = replayed_events(rate.basic, retained=rate.retained, events=rate.events)
    return tuple(
        StandingDenial(
            adjusted_on=step.event.effective,
            percentage=step.outcome.withheld,
            basic=step.basic,
            below_minimum=step.outcome.below_minimum,
        )
        for step in steps
        if isinstance(step.outcome, RangeIncreaseResult) and step.outcome.withheld
    )
