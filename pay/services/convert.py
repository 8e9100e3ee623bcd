"""Conversion into the pay system (5 CFR 9701.371-373; R32 to R34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.act import act
from casework.services.history import record
from pay.deadlines import lock_and_settle
from pay.kinds import Kind
from pay.ledger import post_many
from pay.models import OrderKind, PayAction
from pay.permissions import may_set_pay
from pay.queries.conversions import ConversionLedger, ledger_of, subject_of
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.rules.conversion_day import FormerPay
from pay.rules.encoding import encode
from pay.services.conversions import CITATION, Conversion, conversions_of
from pay.services.orders import Decision, place_each_order
from regulation.refusals import Refused
from workforce.models import AssignmentKind, Employee
from workforce.services.place import end_assignments


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
        found, refused = _convert(
            [fresh.pk], formers={fresh.pk: former}, effective=effective, on=on
        )
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
    found, more = _convert(allowed, formers=allowed, effective=effective, on=on)
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
    employee_ids: Iterable[int], *, formers: Mapping[int, FormerPay], effective: date, on: date
) -> tuple[list[Conversion], dict[int, Refused]]:
    """What conversion is for each once he is locked, and who cannot be converted."""
    locked = lock_and_settle(employee_ids, on=on, effective=effective)
    return conversions_of(load(locked, on=effective), formers=formers, terms=terms_on(effective))


def convert_share(
    employee_ids: Sequence[int],
    *,
    formers: Mapping[int, FormerPay],
    batch: str,
    effective: date,
    decision: Decision,
    on: date,
) -> tuple[list[Conversion], dict[int, Refused]]:
    """Convert a share of a run's people, in the caller's commit, and say who is left alone.

    Whoever has no former rate on record is refused `record_incomplete` (5 CFR 9701.373(a)).
    """
    found, refused = _convert(employee_ids, formers=formers, effective=effective, on=on)
    _post(found, decision=decision, batch=batch)
    return found, refused


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
                run_id=decision.run_id,
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
