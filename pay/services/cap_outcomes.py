"""What a change of the highest rate allowed is for each person; writes nothing (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.pricing import Source, priced, rate_posting
from pay.queries.people import PersonPay
from pay.queries.terms import Terms
from pay.rules import maximum_rate as rule
from pay.rules.encoding import encode


def cap_postings(people: Iterable[PersonPay], *, terms: Terms, source: Source) -> Iterator[Posting]:
    """What a change of the cap is for each of these people; nothing where the rate stays."""
    for person in people:
        if person.basic is None or person.band is None or not person.employed:
            continue
        one = terms.for_one()
        price = priced(
            person,
            basic=person.basic,
            retained=person.retained,
            band_id=person.band.id,
            terms=one,
        )
        if (price.rate.adjusted, price.rate.uncapped) == (person.adjusted, person.uncapped):
            continue
        posting = rate_posting(
            person,
            kind=Kind.CAP_CHANGE,
            rule=rule.RULE,
            citation=rule.CITATION,
            arguments={},
            basic=person.basic,
            retained=person.retained,
            below_minimum=person.below_minimum,
            terms=one,
            source=source,
            step=_step(person, terms=one),
        )
        arguments = {"basic": person.basic, "retained": person.retained, **price.payable}
        yield replace(posting, inputs=encode(arguments))


def _step(person: PersonPay, *, terms: Terms) -> int:
    """After whatever of the same day is posted already."""
    posted = person.last_posted
    if posted is not None and posted[0] == terms.on:
        return posted[1]
    return step_of(Kind.CAP_CHANGE, policy=terms.policy)
