"""A new point pattern of a pay pool, from a date on (5 CFR 9701.342(c))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from pay.models import PayPool, PayRun, PointPattern, RunKind, RunState
from pay.queries.members import pattern_of
from pay.services.runs.permissions import organizations_of_pools, refuse_strangers
from pay.services.runs.plans import PayoutPlan
from regulation.refusals import Refused

CITATION = "9701.342(c)(2)"
_CERTIFIED = (RunState.APPROVED, RunState.RUNNING, RunState.DONE, RunState.VERIFIED)


@transaction.atomic
def set_pattern(
    pool: PayPool, *, points: Mapping[str, Decimal], starts: date, actor: Actor, on: date
) -> list[str]:
    """Set what a rating is worth in a pool from a date on; the warnings about it.

    5 CFR 9701.342(c)(1)-(3). Refused: `not_authorized`, `invalid_parameter`,
    `zero_points_required`, `retroactive`, `duplicate_open` where a pattern begins that day,
    `run_locked` where a payout of the pool is certified for that day or later.
    """
    refuse_strangers(actor, organizations=organizations_of_pools([pool.code]), on=on)
    PayPool.objects.select_for_update(no_key=True).get(pk=pool.pk)
    checked = pattern_of(points)
    if starts < on:
        message = f"A pattern begins on {on} or later, not on {starts}."
        raise Refused("retroactive", CITATION, message)
    if PointPattern.objects.filter(pool=pool, starts=starts).exists():
        message = f"A pattern of {pool.title} already begins on {starts}."
        raise Refused("duplicate_open", CITATION, message)
    _refuse_certified(pool, starts=starts)
    PointPattern.objects.create(
        pool=pool, starts=starts, points={level: str(value) for level, value in points.items()}
    )
    record(
        f"pool:{pool.pk}",
        act="set_pattern",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={
            "starts": starts.isoformat(),
            "points": {level: str(value) for level, value in points.items()},
        },
    )
    return list(checked.warnings)


def _refuse_certified(pool: PayPool, *, starts: date) -> None:
    """A certified payout keeps the pattern it was certified with."""
    runs = PayRun.objects.filter(kind=RunKind.PAYOUT, state__in=_CERTIFIED, effective__gte=starts)
    for run in runs.defer("preview", "totals"):
        if pool.code in PayoutPlan.from_json(run.plan).pools:
            message = f"“{run.title}” is certified with the pattern in force on {run.effective}."
            raise Refused("run_locked", CITATION, message)
