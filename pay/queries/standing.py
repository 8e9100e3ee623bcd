"""A person as he stood at a place among his steps, before what is posted for later (R39)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from classification.models import Band
from governance.queries.policy import policy_on
from pay.kinds import Kind, step_of
from pay.models import DenialState, DeniedIncrease, PayAction
from pay.queries.history import standing_actions
from pay.queries.people import BandFacts, OpenDenial, PersonPay, held_with, load_one
from workforce.models import Employee

#: Date, rank on that date and place within the rank of a step.
FullPlace: TypeAlias = tuple[date, int, int]

MOVES = (Kind.PROMOTION, Kind.DEMOTION, Kind.REASSIGNMENT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the steps so far leave: whole dollars a year, percent of the supplement, band."""

    basic: int | None = None
    retained: bool = False
    percent: Decimal = Decimal(0)
    band_id: int | None = None
    kind: str = ""
    uncapped: int | None = None
    adjusted: int | None = None
    below_minimum: bool = False
    action: PayAction | None = None
    #: Basic pay on the last day before a separation, on which a return builds.
    departed: int | None = None

    @classmethod
    def after(cls, action: PayAction) -> Standing:
        """What a step leaves."""
        return cls(
            basic=action.basic_after,
            retained=action.retained,
            percent=action.supplement_percent,
            band_id=action.band_id,
            kind=action.supplement_kind,
            uncapped=action.uncapped,
            adjusted=action.adjusted,
            below_minimum=action.below_minimum,
            action=action,
            departed=action.basic_before if action.basic_after is None else None,
        )


def place_of(action: PayAction) -> FullPlace:
    """Where a step stands among those of a person."""
    return action.effective, action.step, action.place


def origin_of(action: PayAction) -> PayAction:
    """The step as it was first posted: its kind, and the order behind it."""
    if action.place == action.pk:
        return action
    return PayAction.objects.select_related("order").get(pk=action.place)


def as_of_place(people: Iterable[PersonPay], *, on: date, step: int) -> Iterator[PersonPay]:
    """The people as they stand for a step of a rank on a date, whatever is posted after it.

    Of people without a later step nothing is read.
    """
    for person in people:
        last = person.last_posted
        yield person if last is None or last <= (on, step) else _rewound(person, on=on, step=step)


def person_at(employee_id: int, *, on: date, step: int) -> PersonPay:
    """One person as he stands for a step of a rank on a date. Raises Refused unknown_employee."""
    (person,) = as_of_place([load_one(employee_id, on=on)], on=on, step=step)
    return person


def before_the_day(employee_id: int, *, on: date) -> PersonPay:
    """One person as he stands for what comes first on a date: what a rating or day 90 brings."""
    rank = step_of(Kind.RELEASED, policy=policy_on(on))
    return person_at(employee_id, on=on, step=rank)


def _rewound(person: PersonPay, *, on: date, step: int) -> PersonPay:
    actions = standing_actions(Employee.objects.get(pk=person.employee_id))
    before = [action for action in actions if (action.effective, action.step) <= (on, step)]
    later = [action for action in actions[len(before) :] if action.effective == on]
    last = before[-1] if before else None
    found = where_before(person, later, on=on)
    found = standing_as(found, Standing.after(last) if last else Standing(), on=on, step=step)
    return replace(
        found,
        last_posted=(last.effective, last.step) if last else None,
        rate_since=last.effective if last else None,
    )


def where_before(person: PersonPay, later: Sequence[PayAction], *, on: date) -> PersonPay:
    """The person where he was before moves that come later on the same date."""
    if not any(origin_of(action).kind in MOVES for action in later):
        return person
    left = load_one(person.employee_id, on=on - timedelta(days=1))
    return replace(
        person,
        assignment_id=left.assignment_id,
        position_id=left.position_id,
        area=left.area,
        special_category=left.special_category,
    )


def standing_as(person: PersonPay, standing: Standing, *, on: date, step: int) -> PersonPay:
    """The person with this rate in place of the one on record, and the denials open by then."""
    denials = denials_at(person.employee_id, on=on, step=step)
    supplements = tuple(each for each in denials if each.kind == "supplement")
    action = standing.action
    held = None
    if supplements and action is not None and standing.basic is not None:
        row = {
            "supplement_kind": standing.kind,
            "supplement_percent": standing.percent,
            "uncapped": standing.uncapped,
            "basic": standing.basic,
        }
        held = held_with(row, action.inputs)
    return replace(
        person,
        basic=standing.basic,
        adjusted=standing.adjusted,
        uncapped=standing.uncapped,
        supplement_kind=standing.kind,
        supplement_percent=standing.percent,
        retained=standing.retained,
        below_minimum=standing.below_minimum,
        band=band_facts(standing.band_id),
        denials=tuple(each for each in denials if each.kind == "range"),
        supplement_denials=supplements,
        held=held,
    )


def band_facts(band_id: int | None) -> BandFacts | None:
    """A band as the rules want it."""
    if band_id is None:
        return None
    band = Band.objects.get(pk=band_id)
    return BandFacts(
        id=band.pk,
        code=str(band.code),
        level=str(band.level),
        rank=band.rank,
        cluster_id=band.cluster_id,
    )


def denials_at(employee_id: int, *, on: date, step: int) -> tuple[OpenDenial, ...]:
    """The increases that were withheld at a place and not yet released, oldest first.

    A case that ended later was open then, and its 90 days ended as they did.
    """
    rows = DeniedIncrease.objects.filter(employee_id=employee_id).select_related("rating__level")
    return tuple(
        OpenDenial(
            id=row.pk,
            kind=row.kind,
            adjusted_on=row.adjusted_on,
            percentage=Fraction(row.percentage),
            basic_denied=row.basic_denied,
            below_minimum=row.below_minimum,
            due_on=row.due_on,
            state=str(row.state) if row.closed_on is None else _state_then(row, on=on),
        )
        for row in rows.order_by("adjusted_on", "kind")
        if (row.adjusted_on, 1 if row.kind == "range" else 2) <= (on, step)
        and (row.closed_on is None or row.closed_on > on or row.state == DenialState.DEFAULTED)
        and not _overturned(row)
    )


def _state_then(row: DeniedIncrease, *, on: date) -> str:
    if row.closed_on is not None and row.closed_on <= on:
        return str(row.state)
    return str(DenialState.ACTION_INITIATED)


def _overturned(row: DeniedIncrease) -> bool:
    level = row.rating.level if row.rating is not None else None
    return row.state == DenialState.CLOSED and level is not None and not level.unacceptable
