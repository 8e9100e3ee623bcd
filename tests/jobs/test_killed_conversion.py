"""A conversion carried out by real workers that are killed: everybody is converted, only once."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Count

from pay.models import ChunkState, PayAction, PayOrder, PayRun, RunChunk, RunException, RunState
from pay.queries.conversion_ledger import ledger_proof
from pay.services.runs import chunks, execution
from tests.jobs.workers import Worker, own_queue, wait_until
from tests.pay.runs.converting import Converting, make_converting
from tests.pay.runs.department import ON

PEOPLE = 60
#: Without a former rate, so that exceptions are written by killed chunks too.
UNKNOWN = 6


@pytest.fixture
def converting(fresh_database: str) -> Converting:
    """Committed, so that workers see it."""
    return make_converting()


@pytest.fixture
def queue() -> Iterator[str]:
    with own_queue(f"conversions-{os.getpid()}-{time.monotonic_ns()}") as name:
        yield name


def state(run: PayRun) -> str:
    return str(PayRun.objects.values_list("state", flat=True).get(pk=run.pk))


def chunks_done(run: PayRun) -> int:
    return RunChunk.objects.filter(run=run, state=ChunkState.DONE).count()


def _ends_with_beat(run: PayRun) -> bool:
    if state(run) != RunState.VERIFIED:
        execution.pick_up_runs(on=ON)
        time.sleep(1)
    return state(run) == RunState.VERIFIED


def test_workers_killed_again_and_again_convert_everybody_once_and_lose_no_pay(
    converting: Converting,
    fresh_database: str,
    queue: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 3)
    chance = random.Random(373)
    people = [converting.wait() for _ in range(PEOPLE)]
    converting.load(
        *(
            f"{person.number},GS,{40_000 + 731 * order},12.5,5,{42_000 + 731 * order},{order * 12}"
            for order, person in enumerate(people[UNKNOWN:])
        ),
        headings="number,system,basic,locality_percent,step,next_step,days_served",
    )
    run = execution.start_run(converting.approve(), actor=converting.drafter, on=ON)
    for _ in range(3):
        worker = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
        try:
            execution.pick_up_runs(on=ON)
            done = chunks_done(run)
            wait_until(lambda done=done: chunks_done(run) > done, what="a chunk")  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.15))
        finally:
            worker.kill()
        if state(run) != RunState.RUNNING:
            break
    last = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
    try:
        wait_until(lambda: _ends_with_beat(run), what="the run's end")
    finally:
        last.kill()
    converted = PayAction.objects.filter(run=run, kind="conversion")
    doubled = PayAction.objects.filter(run=run).values("employee_id", "kind")
    assert not doubled.annotate(times=Count("id")).filter(times__gt=1).exists()
    assert set(converted.values_list("employee_id", flat=True)) == {
        person.pk for person in people[UNKNOWN:]
    }
    assert PayOrder.objects.filter(run=run).count() == PEOPLE - UNKNOWN
    alone = RunException.objects.filter(run=run).values_list("employee_id", flat=True)
    assert set(alone) == {person.pk for person in people[:UNKNOWN]}
    proof = ledger_proof(run)
    totals = PayRun.objects.get(pk=run.pk).totals["all"]
    assert proof.holds
    assert (proof.people, proof.before) == (PEOPLE - UNKNOWN, totals["former_dollars"])
    assert proof.after == totals["adjusted_dollars"]
