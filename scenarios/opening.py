"""The rates that people of a scenario begin with."""

from __future__ import annotations

from datetime import date

from pay.kinds import Kind
from pay.ledger import Posting, post_many
from pay.pricing import Source, rate_posting
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.rules import retention, starting_pay
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
    person = load([world.people[draft.code].pk], on=on)[world.people[draft.code].pk]
    terms = terms_on(on)
    band = world.bands[draft.band]
    limits = terms.range_of(band.pk)
    within = {"minimum": limits.minimum, "maximum": limits.maximum}
    try:
        if draft.retained:
            kept = retention.retained_or_in_range(draft.basic, **within, eligible=True)
            rule, arguments = retention.RULE, {"former": draft.basic, **within, "eligible": True}
            basic, retained, citation = kept.basic, kept.retained, retention.CITATION
        else:
            began = starting_pay.starting_rate(draft.basic, **within)
            rule, arguments = starting_pay.RULE, {"basic": draft.basic, **within}
            basic, retained, citation = began.basic, began.retained, starting_pay.CITATION
        return rate_posting(
            person,
            kind=Kind.STARTING_PAY,
            rule=rule,
            citation=citation,
            arguments=arguments,
            basic=basic,
            retained=retained,
            below_minimum=False,
            terms=terms,
            source=Source(authority="opening of the scenario"),
            band_id=band.pk,
        )
    except Refused as refusal:
        raise Unplayable(f"employees.{draft.code}: {refusal}") from refusal
