"""Paying out what was certified (5 CFR 9701.342(d); R17, R18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import OrderKind, PayPool, PoolPayout
from pay.pricing import Source, rate_posting
from pay.queries.members import members_on
from pay.queries.people import PersonPay, load
from pay.queries.terms import Terms, terms_on
from pay.rules import payout as rule
from pay.rules.encoding import decode
from pay.rules.point_value import FIXED_MODES
from pay.services.certify_pool import (
    CertifiedLine,
    CertifiedPool,
    Funds,
    certified_pool,
    payout_of,
)
from pay.services.orders import Decision, place_orders
from pay.services.range_outcomes import refuse_unready
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One payout to be posted: what certification froze, without the person."""

    employee_id: int
    mode: str
    value: Decimal | None
    points: Decimal
    proration: Fraction
    basic: int
    maximum: int
    retained: bool


class FrozenLine(Protocol):
    """What certification froze of a member, as it is read back."""

    @property
    def employee_id(self) -> int: ...
    @property
    def points(self) -> Decimal: ...
    @property
    def proration(self) -> str: ...
    @property
    def basic(self) -> int: ...
    @property
    def band_maximum(self) -> int: ...
    @property
    def retained(self) -> bool: ...


def due_line(line: FrozenLine, *, mode: str, value: Decimal | None) -> DueLine:
    """A stored line with the mode and the value of a point of its pool."""
    return DueLine(
        employee_id=line.employee_id,
        mode=mode,
        value=value,
        points=line.points,
        proration=_part(line.proration),
        basic=line.basic,
        maximum=line.band_maximum,
        retained=line.retained,
    )


@lru_cache(maxsize=4096)
def _part(text: str) -> Fraction:
    part: Fraction = decode(text, Fraction)
    return part


def _due(line: CertifiedLine, *, certified: CertifiedPool) -> DueLine:
    return DueLine(
        employee_id=line.person.employee_id,
        mode=certified.funds.mode,
        value=certified.value,
        points=line.points,
        proration=line.proration,
        basic=line.basic,
        maximum=line.maximum,
        retained=line.person.retained,
    )


@dataclass(frozen=True, slots=True)
class Payouts:
    """Postings, nothing for a payout of zero, and the people left alone with the reason."""

    postings: list[Posting]
    exceptions: list[tuple[int, Refused]]


def postings_for_payout(
    lines: Iterable[DueLine], *, people: Mapping[int, PersonPay], terms: Terms, source: Source
) -> Payouts:
    """The postings of certified lines on the terms' date; writes nothing.

    A payout is one posting that carries its lump sum. Whose pay changed since certification is left
    alone, as `stale_form`.
    """
    found = Payouts([], [])
    for line in lines:
        try:
            posting = _posting(line, person=people[line.employee_id], terms=terms, source=source)
        except Refused as refusal:
            found.exceptions.append((line.employee_id, refusal))
            continue
        if posting is not None:
            found.postings.append(posting)
    return found


def _posting(line: DueLine, *, person: PersonPay, terms: Terms, source: Source) -> Posting | None:
    one = terms.for_one()
    basic, band = person.paid()
    limits = one.range_of(band.id)
    maximum = limits.maximum
    if (basic, person.retained, maximum) != (line.basic, line.retained, line.maximum):
        raise Refused(
            "stale_form",
            "9701.342(d)(3)",
            f"The pay of {person.number} changed after its payout was certified.",
        )
    result = payout_of(
        basic,
        retained=person.retained,
        mode=line.mode,
        value=line.value,
        points=line.points,
        factor=line.proration,
        maximum=maximum,
        policy=one.policy,
    )
    if result.paid == 0:
        return None
    kind = Kind.PERFORMANCE_PAYOUT if result.increase else Kind.LUMP_SUM_PAYOUT
    step = step_of(kind, policy=one.policy)
    refuse_unready(person, effective=one.on, step=step)
    arguments: dict[str, Any] = {
        "mode": line.mode,
        "value": line.value,
        "points": line.points,
        "proration": line.proration,
        "maximum": maximum,
        "excess_lump": one.policy["payout.excess_lump"] == "pay",
    }
    if person.retained:
        arguments |= {"rate": basic, "retained_lump": one.policy["retained.lump"]}
    else:
        arguments |= {"basic": basic}
    return rate_posting(
        person,
        kind=kind,
        rule=rule.RETAINED_RULE if person.retained else rule.RULE,
        citation=rule.RETAINED_CITATION if person.retained else rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=person.retained,
        below_minimum=person.below_minimum and result.basic < limits.minimum,
        terms=one,
        source=source,
        step=step,
        lump_sum=Decimal(result.lump_sum),
    )


@dataclass(frozen=True, slots=True)
class PaidPool:
    """A pool that was paid out at once, and the people left alone."""

    certified: CertifiedPool
    exceptions: tuple[tuple[int, Refused], ...]


@transaction.atomic
def pay_out(
    pool: PayPool,
    *,
    funds: Funds,
    period_end: date,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
) -> PaidPool:
    """Certify one pool and pay it in one commit; `on` is the certification.

    For a run see `pay.services.runs`, which does the same in chunks. Refused whole: what
    `certified_pool` names.
    """
    lock_and_settle(members_on(pool, snapshot=period_end), on=on, effective=effective)
    terms = terms_on(effective)
    certified = certified_pool(pool, funds=funds, period_end=period_end, cutoff=on, terms=terms)
    PoolPayout.objects.create(
        pool=pool,
        effective=effective,
        period_end=period_end,
        mode=funds.mode,
        value=funds.value if funds.mode in FIXED_MODES else certified.value,
        since=funds.since,
    )
    decision = Decision(actor=actor, authority=authority)
    people = load([line.person.employee_id for line in certified.lines], on=effective)
    found = postings_for_payout(
        (_due(line, certified=certified) for line in certified.lines),
        people=people,
        terms=terms,
        source=decision.source,
    )
    orders = place_orders(
        [posting.employee_id for posting in found.postings],
        kind=OrderKind.PAYOUT,
        effective=effective,
        chosen={"pool": pool.code, "mode": funds.mode, "value": certified.value},
        decision=decision,
    )
    post_many(
        [
            replace(posting, order_id=orders[posting.employee_id].order_id)
            for posting in found.postings
        ]
    )
    return PaidPool(certified, (*certified.exceptions, *found.exceptions))
