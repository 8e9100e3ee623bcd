"""Pay pools with what a drafter wants to see beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from pay.models import PayPool, PayRun, PointPattern, RunKind, RunState
from performance.models import RatingLevel


@dataclass(frozen=True, slots=True)
class PoolFacts:
    """A pool, its members on the snapshot date, their basic pay in dollars, and its pattern."""

    pool: PayPool
    members: int
    basic_pay: int
    pattern: str


_MEMBERS = """
SELECT member.pool_id, count(*), coalesce(sum(rate.basic), 0)
  FROM pay_poolmembership AS member
  LEFT JOIN LATERAL (SELECT basic FROM pay_payrate
                      WHERE employee_id = member.employee_id AND starts <= %s
                      ORDER BY starts DESC LIMIT 1) AS rate ON true
 WHERE member.period @> %s
 GROUP BY member.pool_id
"""


def pool_facts(*, snapshot: date, effective: date) -> list[PoolFacts]:
    """Every pool, with those who are its members on the snapshot date; four queries."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [effective, snapshot])
        members = {pool: (people, int(basic)) for pool, people, basic in cursor.fetchall()}
    patterns: dict[int, PointPattern] = {}
    for pattern in PointPattern.objects.filter(starts__lte=effective).order_by("starts"):
        patterns[pattern.pool_id] = pattern
    levels = list(
        dict.fromkeys(RatingLevel.objects.order_by("rank").values_list("code", flat=True))
    )
    return [
        PoolFacts(
            pool=pool,
            members=members.get(pool.pk, (0, 0))[0],
            basic_pay=members.get(pool.pk, (0, 0))[1],
            pattern=_in_words(patterns.get(pool.pk), levels=levels),
        )
        for pool in PayPool.objects.order_by("code")
    ]


def _in_words(pattern: PointPattern | None, *, levels: list[str]) -> str:
    if pattern is None:
        return "no pattern"
    return ", ".join(
        f"{level} {pattern.points[level]}" for level in levels if level in pattern.points
    )


def previous_payout(*, before: date) -> date | None:
    """When the last payout before a date took effect, or None."""
    return (
        PayRun.objects.filter(
            kind=RunKind.PAYOUT,
            effective__lt=before,
            state__in=[RunState.RUNNING, RunState.DONE, RunState.VERIFIED],
        )
        .order_by("-effective")
        .values_list("effective", flat=True)
        .first()
    )
