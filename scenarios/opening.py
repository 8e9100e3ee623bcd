"""The rates that people of a scenario begin with."""

from __future__ import annotations

from datetime import date

from pay.ledger import Posting, post_many
from pay.pricing import Source
from pay.queries.people import PersonPay, load
from pay.queries.terms import Terms, terms_on
from pay.services.start_pay import starting_posting
from regulation.refusals import Refused
from scenarios.build import World, day_before
from scenarios.document import EmployeeDraft, Scenario
from scenarios.unplayable import Unplayable


def arrivals(scenario: Scenario) -> dict[date, list[EmployeeDraft]]:
    """Who of the file's employees comes when: on the day before the start, or the day of hire."""
    by_date: dict[date, list[EmployeeDraft]] = {day_before(scenario.start): []}
    for draft in scenario.employees:
        by_date.setdefault(max(draft.hired, day_before(scenario.start)), []).append(draft)
    return by_date


def post_opening_rates(drafts: list[EmployeeDraft], world: World, *, on: date) -> set[int]:
    """Post the rates that people come with on a date; the ids of the actions."""
    if not drafts:
        return set()
    people = load([world.people[draft.code].pk for draft in drafts], on=on)
    try:
        terms = terms_on(on)
    except Refused as refusal:
        raise Unplayable(str(refusal)) from refusal
    return set(
        post_many(
            [
                _posting(draft, people[world.people[draft.code].pk], world, terms=terms.for_one())
                for draft in drafts
            ]
        )
    )


def _posting(draft: EmployeeDraft, person: PersonPay, world: World, *, terms: Terms) -> Posting:
    try:
        return starting_posting(
            person,
            band_id=world.bands[draft.band].pk,
            basic=draft.basic,
            terms=terms,
            source=Source(authority="opening of the scenario"),
            retained=draft.retained,
        )
    except Refused as refusal:
        raise Unplayable(f"line {draft.line}: employees.{draft.code}: {refusal}") from refusal
