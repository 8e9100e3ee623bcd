"""The rates that people of a scenario begin with."""

from __future__ import annotations

from datetime import date

from pay.ledger import Posting, post_many
from pay.pricing import Source
from pay.queries.people import load_one
from pay.queries.terms import terms_on
from pay.services.start_pay import starting_posting
from regulation.refusals import Refused
from scenarios.build import World, day_before
from scenarios.document import EmployeeDraft, Scenario
from scenarios.unplayable import Unplayable


def post_opening_rates(scenario: Scenario, world: World) -> set[int]:
    """Post the rate of everybody who is there at the start; the ids of the actions.

    They stand on the day before the start, or on the day of hire where that comes later.
    """
    by_date: dict[date, list[EmployeeDraft]] = {}
    for draft in scenario.employees:
        by_date.setdefault(max(draft.hired, day_before(scenario.start)), []).append(draft)
    ids: set[int] = set()
    for on, drafts in sorted(by_date.items()):
        ids.update(post_many([_posting(draft, world, on=on) for draft in drafts]))
    return ids


def _posting(draft: EmployeeDraft, world: World, *, on: date) -> Posting:
    employee = world.people[draft.code]
    try:
        return starting_posting(
            load_one(employee.pk, on=on),
            band_id=world.bands[draft.band].pk,
            basic=draft.basic,
            terms=terms_on(on),
            source=Source(authority="opening of the scenario"),
            retained=draft.retained,
        )
    except Refused as refusal:
        raise Unplayable(f"employees.{draft.code}: {refusal}") from refusal
