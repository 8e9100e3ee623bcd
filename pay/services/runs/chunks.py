"""The shares of a run that workers claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from classification.models import Band
from pay.models import (
    PayoutLine,
    PayPool,
    PayRun,
    PoolMembership,
    RunChunk,
    RunException,
    RunKind,
)
from pay.services.adjust_ranges import people_in_bands
from pay.services.runs.conversion_plan import population_of
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.services.runs.supplement_posting import people_of_supplement

#: Few enough that a worker that dies loses seconds, many enough that COPY pays.
PEOPLE_IN_A_CHUNK = 2_000


#: The shares of a run: a pool or None, and the ids of people in order.
Shares: TypeAlias = Iterator[tuple[int | None, list[int]]]


def write_chunks(run: PayRun) -> int:
    """Divide the people of a run by id, and a payout by pool first; how many chunks there are."""
    chunks = [
        RunChunk(run=run, ordinal=ordinal, pool_id=pool, employee_ids=ids)
        for ordinal, (pool, ids) in enumerate(SHARES[run.kind](run), start=1)
    ]
    RunChunk.objects.bulk_create(chunks)
    return len(chunks)


def _of_bands(run: PayRun) -> Shares:
    return ((None, ids) for ids in batches(_people(run)))


def _of_pools(run: PayRun) -> Shares:
    return ((pool, ids) for pool, people in _members(run) for ids in batches(people))


#: How the people of a run of each kind are divided.
SHARES: dict[str, Callable[[PayRun], Shares]] = {
    RunKind.RANGE_ADJUSTMENT: _of_bands,
    RunKind.SUPPLEMENT_ADJUSTMENT: lambda run: (
        (None, ids) for ids in batches(people_of_supplement(run))
    ),
    RunKind.PAYOUT: _of_pools,
    RunKind.CONVERSION: lambda run: ((None, ids) for ids in batches(population_of(run))),
}


def _people(run: PayRun) -> list[int]:
    codes = list(RangePlan.from_json(run.plan).ranges)
    bands = Band.objects.filter(code__in=codes).values_list("pk", flat=True)
    return people_in_bands(bands, on=run.effective)


def _members(run: PayRun) -> Iterator[tuple[int, list[int]]]:
    """Each pool's people by id: who has a line, and whom the certification left alone."""
    lines = PayoutLine.objects.filter(run=run).values_list("pool_id", "employee_id")
    plan = PayoutPlan.from_json(run.plan)
    alone = PoolMembership.objects.filter(
        pool__code__in=list(plan.pools),
        period__contains=plan.period_end,
        employee_id__in=RunException.objects.filter(run=run).values("employee_id"),
    ).values_list("pool_id", "employee_id")
    members: dict[int, set[int]] = defaultdict(set)
    for pool_id, employee_id in [*lines, *alone]:
        members[pool_id].add(employee_id)
    for pool in PayPool.objects.filter(pk__in=list(members)).order_by("code"):
        yield pool.pk, sorted(members[pool.pk])


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids in order, as many at a time as a chunk holds."""
    for start in range(0, len(ids), PEOPLE_IN_A_CHUNK):
        yield list(ids[start : start + PEOPLE_IN_A_CHUNK])
