"""What a payout would come to under another budget, mode or point pattern; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from pay.models import PayPool, PayRun, PointPattern, RunKind, RunState
from pay.queries.members import Pattern, pattern_of
from pay.queries.pools import PoolFacts
from pay.queries.terms import Terms, terms_on
from pay.rules.payout_summary import Payment
from pay.rules.point_pattern import divide_fund
from pay.services.certify_pool import CertifiedPool, Funds, certified_pool
from pay.services.runs.plans import PayoutPlan
from pay.services.runs.snapshot import read_only_snapshot
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Question:
    """A payout that nobody decided: pools, their money together in dollars and cents, points.

    `value` is the value of a point in the fixed modes; `since` None prorates nobody.
    """

    pools: tuple[PoolFacts, ...]
    effective: date
    period_end: date
    mode: str
    budget: Decimal
    value: Decimal | None
    since: date | None
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Answer:
    """One pool's payout with the pattern tried and with the present one, or why there is none."""

    pool: PayPool
    amount: Decimal
    tried: CertifiedPool | Refused
    present: CertifiedPool | Refused


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Every pool's answer, the present points where all pools share them, and the smallest group.

    `smallest` is parameter report.smallest_group on the payout's date, in people.
    """

    answers: tuple[Answer, ...]
    pattern: Pattern
    present_points: Mapping[str, Decimal]
    smallest: int


def what_if(question: Question, *, cutoff: date) -> WhatIf:
    """Answer on one snapshot that cannot write; ratings count that are issued by `cutoff`.

    Refused: what `pattern_of` refuses, and `parameter_missing` for report.smallest_group. What a
    pool alone is refused stands in its answer.
    """
    with read_only_snapshot():
        terms = terms_on(question.effective)
        pattern = pattern_of(question.points)
        present = points_in_force([each.pool for each in question.pools], on=question.effective)
        return WhatIf(
            answers=tuple(
                _answers(question, cutoff=cutoff, terms=terms, pattern=pattern, present=present)
            ),
            pattern=pattern,
            present_points=_shared(present.values()),
            smallest=terms.policy["report.smallest_group"],
        )


def _answers(
    question: Question,
    *,
    cutoff: date,
    terms: Terms,
    pattern: Pattern,
    present: Mapping[int, Mapping[str, Decimal]],
) -> Iterator[Answer]:
    amounts = divide_fund(
        question.budget, basic_pay={each.pool.code: each.basic_pay for each in question.pools}
    )
    for each in question.pools:
        funds = Funds(
            mode=question.mode,
            # A single pool has the whole budget, cents included.
            amount=question.budget
            if len(question.pools) == 1
            else amounts.get(each.pool.code, Decimal(0)),
            value=question.value,
            since=question.since,
        )

        certify = partial(
            _certified,
            each.pool,
            funds=funds,
            period_end=question.period_end,
            cutoff=cutoff,
            terms=terms,
        )
        tried = certify(pattern=pattern)
        same = present.get(each.pool.pk) == pattern.points
        yield Answer(
            pool=each.pool,
            amount=funds.amount,
            tried=tried,
            present=tried if same else certify(pattern=None),
        )


def _certified(pool: PayPool, **rest: Any) -> CertifiedPool | Refused:
    try:
        return certified_pool(pool, **rest)
    except Refused as refusal:
        return refusal


def points_in_force(pools: Iterable[PayPool], *, on: date) -> dict[int, dict[str, Decimal]]:
    """The points of each pool's pattern on a date, by the pool's id; one query."""
    rows = (
        PointPattern.objects.filter(pool__in=list(pools), starts__lte=on)
        .order_by("starts")
        .values_list("pool_id", "points")
    )
    return {
        pool: {code: Decimal(str(value)) for code, value in points.items()} for pool, points in rows
    }


def _shared(patterns: Iterable[Mapping[str, Decimal]]) -> Mapping[str, Decimal]:
    """The points that all patterns have in common; empty where they differ."""
    found = list(patterns)
    return found[0] if found and all(each == found[0] for each in found) else {}


def payments_of(certified: CertifiedPool) -> Iterator[Payment]:
    """What each member would get."""
    for line in certified.lines:
        yield Payment(
            level=line.level,
            paid=line.result.paid,
            lump_sum=line.result.lump_sum,
            at_maximum=line.result.basic >= line.maximum,
        )


def last_payout_plan() -> PayoutPlan | None:
    """The plan of the last payout that was not given up: where a committee starts from."""
    plan = (
        PayRun.objects.filter(kind=RunKind.PAYOUT)
        .exclude(state=RunState.CANCELLED)
        .order_by("-effective", "-pk")
        .values_list("plan", flat=True)
        .first()
    )
    return PayoutPlan.from_json(plan) if plan else None
