"""Postings that change the supplement alone: the minimum adjusted rate, and a release (R12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pay.kinds import Kind
from pay.ledger import Posting
from pay.pricing import Source, lifted, rate_posting, supplement_of
from pay.queries.people import PersonPay
from pay.queries.terms import Terms
from pay.rules import minimum_adjusted as rule
from pay.rules import payable_rate
from pay.rules.encoding import encode
from pay.rules.minimum_adjusted import lift_to_minimum_adjusted


def default_posting(person: PersonPay, *, terms: Terms) -> Posting:
    """The minimum adjusted rate of the band, by a supplement in dollars (5 CFR 9701.337(b))."""
    posting = _posting(
        lifted(person, terms=terms),
        kind=Kind.MINIMUM_BY_DEFAULT,
        citation=rule.CITATION,
        terms=terms,
    )
    if person.retained or person.held is None or person.held.kept:
        return posting
    return _as_lifted(person, posting, frozen=person.held.percent, terms=terms)


def release_posting(person: PersonPay, *, below_minimum: bool, terms: Terms) -> Posting:
    """The published supplement, whatever was denied (5 CFR 9701.336, 9701.337(a)(1))."""
    released = replace(person, held=None)
    posting = _posting(
        released,
        kind=Kind.RELEASED,
        citation=rule.RELEASE_BELOW_CITATION if below_minimum else rule.RELEASE_CITATION,
        terms=terms,
    )
    if person.retained:
        return posting
    return _as_lifted(released, posting, frozen=posting.supplement_percent, terms=terms)


def changes_nothing(person: PersonPay, posting: Posting) -> bool:
    """Whether a posting leaves the rate as it is, under the cap and without it."""
    return (person.adjusted, person.uncapped, person.supplement_percent) == (
        posting.adjusted,
        posting.uncapped,
        posting.supplement_percent,
    )


def from_source(posting: Posting, source: Source) -> Posting:
    """The same posting with where it comes from."""
    return replace(
        posting,
        order_id=source.order_id,
        run_id=source.run_id,
        actor_id=source.actor_id,
        authority=source.authority,
    )


def _posting(person: PersonPay, *, kind: Kind, citation: str, terms: Terms) -> Posting:
    basic, _ = person.paid()
    posting = rate_posting(
        person,
        kind=kind,
        rule=payable_rate.RULE,
        citation=citation,
        arguments={},
        basic=basic,
        retained=person.retained,
        below_minimum=person.below_minimum,
        terms=terms,
        source=Source(),
    )
    figures: Mapping[str, Any] = posting.inputs["payable"]
    return replace(posting, inputs={**figures, "basic": basic})


def _as_lifted(person: PersonPay, posting: Posting, *, frozen: Any, terms: Terms) -> Posting:
    """The posting by R12, which tells the minimum adjusted rate beside what is paid."""
    basic, band = person.paid()
    arguments = {
        "basic": basic,
        "frozen": frozen,
        "minimum": terms.range_of(band.id).minimum,
        "published": supplement_of(person, band_id=band.id, terms=terms).percent,
        "cap": posting.cap,
    }
    rate = lift_to_minimum_adjusted(**arguments)
    return replace(
        posting,
        rule=rule.RULE,
        inputs=encode(arguments),
        uncapped=rate.uncapped,
        adjusted=rate.adjusted,
        supplement=rate.supplement,
        supplement_percent=rate.supplement_percent,
    )
