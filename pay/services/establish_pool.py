"""Establishing a pay pool (5 CFR 9701.342(b)(1); R15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Organization, User
from casework.actor import Actor
from casework.services.history import record
from governance.models import Directive
from pay.models import PayPool, PointPattern
from pay.queries.members import pattern_of
from pay.services.runs.permissions import refuse_strangers
from regulation.refusals import Refused

CITATION = "9701.342(b)(1)"


@transaction.atomic
def establish_pool(
    code: str,
    *,
    title: str,
    manager: User | None,
    directive: Directive | None,
    points: Mapping[str, Any],
    effective: date,
    actor: Actor,
    on: date,
    organization: Organization | None = None,
) -> PayPool:
    """Establish a pool by a directive, with its manager and the points of each level.

    5 CFR 9701.342(b)(1), (c). Refused: `directive_required` without one issued and in effect on the
    date, `record_incomplete` without code, title or manager, `duplicate_open` for a code in use,
    `zero_points_required`, `invalid_parameter` for another pattern, `not_authorized`.
    """
    refuse_strangers(actor, organizations=[organization], on=on)
    if directive is None or not directive.issued or directive.effective > effective:
        message = f"A directive in effect on {effective} establishes a pay pool."
        raise Refused("directive_required", CITATION, message)
    if manager is None or not code.strip() or not title.strip():
        message = "A pay pool has a code, a title and a manager."
        raise Refused("record_incomplete", CITATION, message)
    if PayPool.objects.filter(code=code).exists():
        raise Refused("duplicate_open", CITATION, f"There is a pay pool {code} already.")
    pattern_of(points)
    pool = PayPool.objects.create(
        code=code,
        title=title,
        organization=organization,
        manager=manager,
        directive=directive,
        starts=effective,
    )
    plain = {level: str(value) for level, value in points.items()}
    PointPattern.objects.create(pool=pool, starts=effective, points=plain)
    record(
        f"pay_pool:{pool.pk}",
        act="establish_pool",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={"code": code, "directive": directive.number, "effective": effective.isoformat()},
    )
    return pool
