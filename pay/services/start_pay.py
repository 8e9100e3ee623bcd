"""Setting pay upon appointment (5 CFR 9701.351; R24), or as it stood when the program began."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from casework.services.act import act
from classification.models import Band
from pay.bands import band_of_position
from pay.kinds import Kind
from pay.ledger import Posting, post
from pay.models import OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.pricing import Source, rate_posting
from pay.queries.people import PersonPay, load_one
from pay.queries.terms import Terms, terms_on
from pay.rules import retention, starting_pay
from pay.rules.retention import retained_or_in_range
from pay.rules.starting_pay import starting_rate
from pay.services.orders import Decision, place_order
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.coverage import refuse_uncovered


def starting_posting(
    person: PersonPay,
    *,
    band_id: int,
    basic: int,
    terms: Terms,
    source: Source,
    retained: bool = False,
    highest_previous_rate: int | None = None,
) -> Posting:
    """The posting of a first rate in a band; `retained` where one above it was lawful already.

    Whole dollars a year. Refused: `below_band_minimum`, `above_band_maximum`,
    `above_executive_level`.
    """
    limits = terms.range_of(band_id)
    arguments: dict[str, Any] = {"minimum": limits.minimum, "maximum": limits.maximum}
    if retained:
        rule, citation = retention.RULE, "9701.356(a)"
        arguments |= {"former": basic, "eligible": True}
        result = retained_or_in_range(**arguments)
        basic, retained = result.basic, result.retained
    else:
        rule, citation = starting_pay.RULE, starting_pay.CITATION
        arguments |= {"basic": basic}
        if highest_previous_rate is not None:
            arguments["highest_previous_rate"] = highest_previous_rate
        basic = starting_rate(**arguments).basic
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
        source=source,
        band_id=band_id,
    )


def start_pay(
    employee: Employee,
    *,
    basic: int,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    retained: bool = False,
    band: Band | None = None,
    highest_previous_rate: int | None = None,
) -> PayAction:
    """Set the first rate of an employee who holds a position; the band is the position's.

    5 CFR 9701.351. Refused: `already_employed` with a rate in force, `not_employed` without a
    position, `not_covered`, `below_band_minimum`, `above_band_maximum`, `own_record`,
    `not_authorized`, `recused`.
    """
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        refuse_uncovered(fresh, subpart="C", on=effective)
        person = load_one(fresh.pk, on=effective)
        if person.basic is not None:
            raise Refused(
                "already_employed", "9701.351", f"{fresh.name} is paid {person.basic:,} already."
            )
        source = place_order(
            fresh.pk,
            kind=OrderKind.STARTING_PAY,
            effective=effective,
            chosen={"basic": basic, "retained": retained},
            decision=Decision(actor=actor, authority=authority),
        )
        made.append(
            post(
                starting_posting(
                    person,
                    band_id=(band or band_of_position(person, on=effective)).pk,
                    basic=basic,
                    terms=terms_on(effective),
                    source=source,
                    retained=retained,
                    highest_previous_rate=highest_previous_rate,
                )
            )
        )

    act(
        employee,
        name="start_pay",
        actor=actor,
        on=on,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation="9701.351",
        detail={"basic": basic, "effective": effective.isoformat()},
    )
    return made[0]
