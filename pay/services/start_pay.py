"""Setting pay upon appointment (5 CFR 9701.351, 9701.352; R24), or as it stood at the beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
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
from pay.rules import previous_rate, retention, starting_pay
from pay.rules.previous_rate import nafi_rate
from pay.rules.retention import retained_or_in_range
from pay.rules.starting_pay import (
    NEW_APPOINTMENT,
    check_entry,
    check_previous_rate,
    starting_rate,
)
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
    citation: str = starting_pay.CITATION,
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
        rule = starting_pay.RULE
        arguments |= {"basic": basic}
        if highest_previous_rate is not None:
            arguments["highest_previous_rate"] = highest_previous_rate
        basic = starting_rate(**arguments).basic
    return _posting(
        person,
        rule=rule,
        citation=citation,
        arguments=arguments,
        basic=basic,
        retained=retained,
        band_id=band_id,
        terms=terms,
        source=source,
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
    entry: str = NEW_APPOINTMENT,
    prior_rate: int | None = None,
    reason: str = "",
) -> PayAction:
    """Set the first rate of an employee who holds a position; the band is the position's.

    5 CFR 9701.351. `entry` is how he comes: new_appointment, reappointment, transfer, or
    from_noncovered; the last two name the rate left, `prior_rate`. It is starting pay in each:
    neither a promotion nor a conversion. Above the minimum, whoever sets it names a reason of
    parameter starting_pay.reasons; a system act takes over what was decided before. Refused:
    `already_employed` with a rate in force, `not_employed` without a position, `not_covered`,
    `below_band_minimum`, `above_band_maximum`, `reason_required`, `record_incomplete`,
    `invalid_parameter` for another entry or a highest previous rate where none is used,
    `parameter_missing`, `own_record`, `not_authorized`,
    `recused`.
    """

    def posted(person: PersonPay, held: int, terms: Terms, source: Source) -> Posting:
        minimum = terms.range_of(held).minimum
        reasons = terms.policy["starting_pay.reasons"]
        citation = check_entry(
            entry,
            basic=basic,
            minimum=minimum,
            prior_rate=prior_rate,
            reason=reason,
            reasons=reasons,
            taken_over=actor.user is None or retained,
        )
        if highest_previous_rate is not None:
            check_previous_rate(entry, uses=terms.policy["previous_rate.uses"])
        return starting_posting(
            person,
            band_id=held,
            basic=basic,
            terms=terms,
            source=source,
            retained=retained,
            highest_previous_rate=highest_previous_rate,
            citation=citation,
        )

    return _begin(
        employee,
        posted=posted,
        chosen={
            "basic": basic,
            "retained": retained,
            "entry": entry,
            "prior_rate": prior_rate,
            "reason": reason,
        },
        band=band,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
        citation=starting_pay.CITATION,
    )


def start_pay_from_nafi(
    employee: Employee,
    *,
    hourly: Decimal,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
) -> PayAction:
    """Set the first rate of whoever held a Coast Guard NAFI position that is converted.

    5 CFR 9701.352. The existing hourly rate times 2,087 must be used, half up; raised to the
    minimum, and above the maximum retained where parameter nafi.retention says so. Refused:
    `invalid_input`, `above_band_maximum`, and what `start_pay` refuses of anybody.
    """

    def posted(person: PersonPay, held: int, terms: Terms, source: Source) -> Posting:
        limits = terms.range_of(held)
        arguments: dict[str, Any] = {
            "hourly": hourly,
            "minimum": limits.minimum,
            "maximum": limits.maximum,
            "retention_allowed": terms.policy["nafi.retention"],
        }
        result = nafi_rate(**arguments)
        return _posting(
            person,
            rule=previous_rate.NAFI_RULE,
            citation=previous_rate.CITATION,
            arguments=arguments,
            basic=result.basic,
            retained=result.retained,
            band_id=held,
            terms=terms,
            source=source,
        )

    return _begin(
        employee,
        posted=posted,
        chosen={"nafi_hourly": hourly},
        band=None,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
        citation=previous_rate.CITATION,
    )


def _begin(
    employee: Employee,
    *,
    posted: Callable[[PersonPay, int, Terms, Source], Posting],
    chosen: Mapping[str, Any],
    band: Band | None,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    citation: str,
) -> PayAction:
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        refuse_uncovered(fresh, subpart="C", on=effective)
        person = load_one(fresh.pk, on=effective)
        if person.basic is not None:
            raise Refused(
                "already_employed", citation, f"{fresh.name} is paid {person.basic:,} already."
            )
        held = (band or band_of_position(person, on=effective)).pk
        source = place_order(
            fresh.pk,
            kind=OrderKind.STARTING_PAY,
            effective=effective,
            chosen=chosen,
            decision=Decision(actor=actor, authority=authority),
        )
        made.append(post(posted(person, held, terms_on(effective).for_one(), source)))

    act(
        employee,
        name="start_pay",
        actor=actor,
        on=on,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=citation,
        detail={"effective": effective.isoformat(), "authority": authority},
    )
    return made[0]


def _posting(
    person: PersonPay,
    *,
    rule: str,
    citation: str,
    arguments: Mapping[str, Any],
    basic: int,
    retained: bool,
    band_id: int,
    terms: Terms,
    source: Source,
) -> Posting:
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
