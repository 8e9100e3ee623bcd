"""The shares of a run that workers claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pay.models import PayoutLine, PayRun, RunChunk, RunKind
from pay.services.runs.scope import people_of_run

#: Few enough that a worker that dies loses seconds, many enough that COPY pays.
PEOPLE_IN_A_CHUNK = 2_000


def write_chunks(run: PayRun) -> int:
    """Divide the people of a run: by id, and a payout by pool first. How many chunks there are."""
    shares: list[tuple[int | None, list[int]]]
    if run.kind == RunKind.RANGE_ADJUSTMENT:
        shares = [(None, ids) for ids in _batches(people_of_run(run))]
    else:
        shares = [(pool, ids) for pool, people in _members(run) for ids in _batches(people)]
    RunChunk.objects.bulk_create(
        RunChunk(run=run, ordinal=ordinal, pool_id=pool, employee_ids=ids)
        for ordinal, (pool, ids) in enumerate(shares, start=1)
    )
    return len(shares)


def _members(run: PayRun) -> Iterator[tuple[int, list[int]]]:
    lines = PayoutLine.objects.filter(run=run).order_by("pool_id", "employee_id")
    members: dict[int, list[int]] = {}
    for pool_id, employee_id in lines.values_list("pool_id", "employee_id"):
        members.setdefault(pool_id, []).append(employee_id)
    yield from members.items()


def _batches(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), PEOPLE_IN_A_CHUNK):
        yield list(ids[start : start + PEOPLE_IN_A_CHUNK])
