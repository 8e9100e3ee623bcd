"""A step of many that lands before what is posted for a few of them (rule 2; R39).

Adjustments of ranges and supplements, payouts, changes of the cap. The few leave the set: each gets
the step as he stands on the date, and what is posted for later, a future-dated promotion for one,
is taken again after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Protocol, TypeVar

from django.db import transaction

from pay.ledger import Place, Posting
from pay.queries.people import PersonPay
from pay.services.denials import NewDenial, open_denials
from pay.services.orders import Decision
from pay.services.replay import post_at_its_place, replay_after
from regulation.refusals import Refused

#: After every step of the same date and rank.
_LAST = 2**62


class Outcome(Protocol):
    """What an adjustment is for one person."""

    @property
    def person(self) -> PersonPay:
        """Whose it is."""

    @property
    def posting(self) -> Posting | None:
        """The step, if it is one."""


@dataclass(frozen=True, slots=True)
class Due:
    """A step of one person that denies nothing: a payout, a change of the cap."""

    person: PersonPay
    posting: Posting


Of = TypeVar("Of", bound=Outcome)


@dataclass(frozen=True, slots=True)
class LatePosting(Generic[Of]):
    """How one outcome is posted: with its order, and the case of what it denies."""

    at: Place
    decision: Decision
    on: date
    ordered: Callable[[Posting], Posting] = field(default=lambda posting: posting)
    denial: Callable[[Of, int], NewDenial | None] = field(default=lambda outcome, action_id: None)


def posted_for_later(people: Iterable[PersonPay], *, at: Place) -> list[int]:
    """Ids of those who have a step after a date and rank."""
    return [
        person.employee_id
        for person in people
        if person.last_posted is not None and person.last_posted > at
    ]


def post_late(
    outcomes: list[Of],
    exceptions: list[tuple[int, Refused]],
    *,
    later: Iterable[int],
    how: LatePosting[Of],
) -> list[int]:
    """Post the outcomes of these people before their later steps, and replay those; the new ids.

    Also of whom the adjustment itself does not concern: a later step may rest on it. Whose later
    steps do not fit is left alone, and goes from `outcomes` to `exceptions`.
    """
    made: list[int] = []
    refused = {employee_id for employee_id, _ in exceptions}
    by_person = {outcome.person.employee_id: outcome for outcome in outcomes}
    for employee_id in later:
        if employee_id in refused:
            continue
        outcome = by_person.get(employee_id)
        try:
            with transaction.atomic():
                made += _post(employee_id, outcome, how=how)
        except Refused as refusal:
            exceptions.append((employee_id, refusal))
            if outcome is not None:
                outcomes.remove(outcome)
    return made


def _post(employee_id: int, outcome: Of | None, *, how: LatePosting[Of]) -> list[int]:
    made = []
    posting = outcome.posting if outcome is not None else None
    if posting is not None and outcome is not None:
        action = post_at_its_place(how.ordered(posting))
        made.append(action.pk)
        denial = how.denial(outcome, action.pk)
        if denial is not None:
            open_denials([denial], actor=how.decision.actor, on=how.on)
    return made + replay_after(
        employee_id,
        after=(*how.at, _LAST),
        source=how.decision.source,
        actor=how.decision.actor,
        on=how.on,
    )
