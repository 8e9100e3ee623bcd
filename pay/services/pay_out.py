"""Certifying one pool and paying it at once (5 CFR 9701.342(d); R17, R18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.models import PayPool, PoolPayout
from pay.queries.members import members_on
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.rules.point_value import FIXED_MODES
from pay.services.certify_pool import CertifiedLine, CertifiedPool, Funds, certified_pool
from pay.services.orders import Decision
from pay.services.post_payouts import DueLine, post_payouts
from regulation.refusals import Refused


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
    found = post_payouts(
        (_due(line, certified=certified) for line in certified.lines),
        people=load([line.person.employee_id for line in certified.lines], on=effective),
        terms=terms,
        decision=Decision(actor=actor, authority=authority),
        on=on,
        chosen={"pool": pool.code, "mode": funds.mode, "value": certified.value},
    )
    return PaidPool(certified, (*certified.exceptions, *found.exceptions))


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
