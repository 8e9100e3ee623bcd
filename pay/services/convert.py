"""Conversion into the pay system (5 CFR 9701.371-373; R32 to R34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.act import act
from casework.services.history import record
from pay.deadlines import lock_and_settle
from pay.kinds import Kind
from pay.ledger import Posting, post_many
from pay.models import OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.pricing import Source, rate_posting, supplement_of
from pay.queries.conversions import ConversionLedger, InPlace, in_place, ledger_of, subject_of
from pay.queries.people import PersonPay, load
from pay.queries.terms import Terms, terms_on
from pay.rules import conversion as rule
from pay.rules.conversion import convert as least_rate
from pay.rules.conversion import refuse_reduction
from pay.rules.conversion_day import ConversionDay, FormerPay, plan_conversion_day
from pay.rules.encoding import encode
from pay.services.buy_in import FormerRate, buy_in_posting, former_rate
from pay.services.orders import Decision, place_each_order
from regulation.refusals import Refused
from workforce.models import AssignmentKind, Employee
from workforce.services.place import end_assignments

CITATION = "9701.371(a)"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What conversion is for one person: the day by R33, and the steps for the ledger."""

    employee_id: int
    former: FormerPay
    day: ConversionDay
    postings: tuple[Posting, ...]


def convert(
    employee: Employee,
    *,
    former: FormerPay,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """Convert one employee from the former system, in the order of R33; nobody loses a dollar.

    5 CFR 9701.371(a), 9701.373(a)-(e). `former` is pay in the position of record just before the
    day, and what the former system does on the day. A temporary promotion ends there. Refused:
    `not_covered`, `not_a_conversion`, `already_employed`, `record_incomplete` while an action of
    the day is not processed, `parameter_missing`, `above_executive_level`, `pay_reduction`,
    `own_record`, `not_authorized`, `recused`.
    """

    def do(fresh: Employee) -> None:
        found, refused = _convert({fresh.pk: former}, effective=effective, on=on)
        for refusal in refused.values():
            raise refusal
        _post(found, decision=Decision(actor=actor, authority=authority), batch="")

    act(
        employee,
        name="convert",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=CITATION,
        detail={"effective": effective.isoformat(), "authority": authority},
    )
    return PayAction.objects.get(employee=employee, kind=Kind.CONVERSION, corrects=None)


@transaction.atomic
def convert_batch(
    formers: Mapping[int, FormerPay],
    *,
    batch: str,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
) -> ConversionLedger:
    """Convert employees, by id, in one commit; the ledger of the batch proves what came of it.

    Whoever cannot be converted is left alone and named as an exception; sent again in the same
    batch once that is settled, he leaves the exceptions. Refused as a whole: `parameter_missing`
    without the directive's policy of conversion (5 CFR 9701.371(b), 9701.373(e)), and
    `invalid_input` for a batch without a name.
    """
    if not batch.strip() or len(subject_of(batch)) > 60:
        raise Refused("invalid_input", CITATION, "A batch has a name of at most 40 characters.")
    allowed, refused = _allowed(formers, actor=actor, on=on)
    found, more = _convert(allowed, effective=effective, on=on)
    refused |= more
    _post(found, decision=Decision(actor=actor, authority=authority), batch=batch)
    record(
        subject_of(batch),
        act="convert",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={
            "effective": effective.isoformat(),
            "authority": authority,
            "converted": len(found),
            "exceptions": [
                [employee_id, refusal.code, str(refusal)]
                for employee_id, refusal in sorted(refused.items())
            ],
        },
    )
    return ledger_of(batch)


def _allowed(
    formers: Mapping[int, FormerPay], *, actor: Actor, on: date
) -> tuple[dict[int, FormerPay], dict[int, Refused]]:
    """Those whose pay the actor may set."""
    allowed: dict[int, FormerPay] = {}
    refused: dict[int, Refused] = {}
    people = Employee.objects.in_bulk(list(formers))
    for employee_id, former in formers.items():
        try:
            if employee_id not in people:
                message = f"There is no employee {employee_id}."
                raise Refused("unknown_employee", CITATION, message)
            refuse_recused(actor.user, people[employee_id], on=on)
            may_set_pay(actor, people[employee_id], on=on)
        except Refused as refusal:
            refused[employee_id] = refusal
        else:
            allowed[employee_id] = former
    return allowed, refused


def _convert(
    formers: Mapping[int, FormerPay], *, effective: date, on: date
) -> tuple[list[Conversion], dict[int, Refused]]:
    """What conversion is for each, and who cannot be converted; writes nothing."""
    locked = lock_and_settle(formers, on=on, effective=effective)
    terms = terms_on(effective)
    buy_in = terms.policy["conversion.buyin"]
    people = load(locked, on=effective)
    places = in_place(people.values(), on=effective)
    found: list[Conversion] = []
    refused: dict[int, Refused] = {}
    for employee_id in locked:
        try:
            found.append(
                _conversion(
                    people[employee_id],
                    places.get(employee_id),
                    former=formers[employee_id],
                    buy_in=buy_in,
                    terms=terms.for_one(),
                )
            )
        except Refused as refusal:
            refused[employee_id] = refusal
    return found, refused


def _conversion(
    person: PersonPay, place: InPlace | None, *, former: FormerPay, buy_in: str, terms: Terms
) -> Conversion:
    band_id, moved = _refuse_no_conversion(person, place, former=former, on=terms.on)
    day = plan_conversion_day(former, buy_in=terms.policy["conversion.buyin"])
    before = former_rate(former, day=day)
    postings: list[Posting] = []
    if day.buy_in:
        postings.append(
            buy_in_posting(
                moved, former=former, before=before, mode=buy_in, band_id=band_id, terms=terms
            )
        )
    postings.append(
        _conversion_posting(moved, day=day, before=before, band_id=band_id, terms=terms)
    )
    return Conversion(
        employee_id=person.employee_id, former=former, day=day, postings=tuple(postings)
    )


def _refuse_no_conversion(
    person: PersonPay, place: InPlace | None, *, former: FormerPay, on: date
) -> tuple[int, PersonPay]:
    """The band of the position of record, and the person in it; who is not converted is refused."""
    if not person.covered:
        message = f"Subpart C does not apply to {person.coverage_category} on {on}."
        raise Refused("not_covered", "9701.102(c)", message)
    if person.basic is not None:
        message = f"{person.number} is paid {person.basic:,} under this system already."
        raise Refused("already_employed", CITATION, message)
    if place is None or place.covered_before or not place.held_before:
        message = (
            f"{person.number} did not become covered in place on {on}. Who moves into a covered "
            "position has pay set on appointment (9701.351)."
        )
        raise Refused("not_a_conversion", CITATION, message)
    if place.moved and not former.same_day:
        message = (
            f"{person.number} moved on {on}: say what the former system made of it, which comes "
            "first."
        )
        raise Refused("record_incomplete", "9701.373(c)", message)
    if place.band_id is None:
        message = f"The position of record of {person.number} is not classified on {on}."
        raise Refused("record_incomplete", "9701.221", message)
    of_record = replace(person, area=place.area, special_category=place.special_category)
    return place.band_id, of_record


def _conversion_posting(
    person: PersonPay, *, day: ConversionDay, before: FormerRate, band_id: int, terms: Terms
) -> Posting:
    limits = terms.range_of(band_id)
    arguments: dict[str, Any] = {
        "total": day.total,
        "percent": supplement_of(person, band_id=band_id, terms=terms).percent,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retained_mode": terms.policy["supp.retained_mode"],
        "cap": terms.schedule.cap(senior_executive=person.senior_executive),
        "former_basic": before.basic if before.special else None,
    }
    result = least_rate(**arguments)
    posting = rate_posting(
        replace(person, basic=before.basic),
        kind=Kind.CONVERSION,
        rule=rule.RULE,
        citation=rule.SPECIAL_RATE_CITATION if before.special else rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=False,
        terms=terms,
        source=Source(),
        band_id=band_id,
    )
    refuse_reduction(before=day.total, after=posting.adjusted or 0)
    return posting


def _post(found: Iterable[Conversion], *, decision: Decision, batch: str) -> None:
    """Orders, then every step; a temporary promotion of the former system ends that day."""
    conversions = list(found)
    if not conversions:
        return
    effective = conversions[0].postings[0].effective
    sources = place_each_order(
        {
            one.employee_id: {
                "batch": batch,
                "former": one.former,
                "total": one.day.total,
                "buy_in": one.day.buy_in,
                "steps": encode(one.day.steps),
            }
            for one in conversions
        },
        kind=OrderKind.CONVERSION,
        effective=effective,
        decision=decision,
    )
    _end_temporary_promotions([one.employee_id for one in conversions], on=effective)
    post_many(
        [
            replace(
                posting,
                order_id=sources[one.employee_id].order_id,
                actor_id=decision.source.actor_id,
                authority=decision.source.authority,
            )
            for one in conversions
            for posting in one.postings
        ]
    )


def _end_temporary_promotions(employee_ids: list[int], *, on: date) -> None:
    temporary = AssignmentKind.TEMPORARY_PROMOTION
    for employee in Employee.objects.filter(
        pk__in=employee_ids, assignments__kind=temporary, assignments__period__contains=on
    ).distinct():
        end_assignments(employee, on=on, kinds=[temporary])
