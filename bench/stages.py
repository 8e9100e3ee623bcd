"""The stages of a run as the product takes them, in processes of their own, and what each costs."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import django
import psycopg
from django.urls import get_resolver

AMOUNT = "1000000.00"
_SPAWN = multiprocessing.get_context("spawn")
Result = TypeVar("Result")


@dataclass(slots=True)
class Measured:
    """Seconds of each stage, those that count, statements sent, and the most memory held."""

    stages: dict[str, float] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    queries: int = 0
    peak_rss_mb: float = 0.0

    @property
    def seconds(self) -> float:
        """The seconds of the stages that the floor does too."""
        return sum(self.stages[name] for name in self.counted)


def measure(database: str, *, workers: int) -> dict[str, Measured]:
    """A range adjustment and a payout in a database of this name."""
    return {
        "range_adjustment": _run("range_adjustment", database, workers=workers),
        "payout": _run("payout", database, workers=workers),
    }


def _run(kind: str, database: str, *, workers: int) -> Measured:
    # Certifying a payout makes its lines, which the floor makes too. Preview and proof it has not.
    first = ("approve", "start") if kind == "payout" else ("start",)
    measured = Measured(counted=(*first, "chunks"))
    run_id = 0
    for stages in (("preview",), ("approve", "start"), ("chunks",), ("finish and verify",)):
        of_workers = workers if stages == ("chunks",) else 1
        results = _in_processes(of_workers, _stages, (kind, stages, run_id, database))
        for name in stages:
            measured.stages[name] = max(each["seconds"][name] for each in results)
            if name in measured.counted:
                measured.queries += sum(each["queries"][name] for each in results)
        if set(stages) & set(measured.counted):
            rss = max(each["rss"] for each in results)
            measured.peak_rss_mb = max(measured.peak_rss_mb, rss)
        run_id = results[0]["run"]
    return measured


def _in_processes(count: int, do: Callable[..., Any], arguments: tuple[Any, ...]) -> list[Any]:
    with _SPAWN.Pool(count) as pool:
        return pool.starmap(do, [arguments] * count, chunksize=1)


def _stages(kind: str, stages: tuple[str, ...], run_id: int, database: str) -> dict[str, Any]:
    """Do some stages in this fresh process, and say what they cost."""
    django.setup()
    from django.db import connection

    from bench.databases import use_database
    from pay.models import PayRun

    # A worker has loaded these long before.
    for name in ("approval", "execution", "preview"):
        import_module(f"pay.services.runs.{name}")
    get_resolver().url_patterns  # noqa: B018

    use_database(database)
    connection.ensure_connection()
    run = PayRun.objects.get(pk=run_id) if run_id else _drafted(kind)
    seconds, queries = {}, {}
    for stage in stages:
        with _counting() as count:
            begun = time.perf_counter()
            run = _do(stage, run) or run
            seconds[stage] = time.perf_counter() - begun
        queries[stage] = count[0]
    peak = _peak_rss_mb()
    connection.close()
    return {"run": run.pk, "seconds": seconds, "queries": queries, "rss": peak}


def _peak_rss_mb() -> float:
    """The most memory that this process held.

    Linux hands `ru_maxrss` on through fork and exec, so that a small child tells its parent's peak;
    `VmHWM` is its own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _drafted(kind: str) -> Any:
    from accounts.models import User
    from bench.department import EFFECTIVE, NEW_RANGES, ON, PERIOD_END
    from casework.actor import Actor
    from pay.models import PayPool
    from pay.services.runs.drafting import draft_run
    from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan

    plan: RangePlan | PayoutPlan = RangePlan(ranges=NEW_RANGES)
    if kind == "payout":
        codes = PayPool.objects.values_list("code", flat=True)
        plan = PayoutPlan(
            period_end=PERIOD_END,
            mode="share_dollar",
            since=None,
            pools={code: PoolFunds(amount=Decimal(AMOUNT)) for code in codes},
            fund=Fund(
                amount=Decimal(AMOUNT) * len(codes),
                official="Benchmark",
                within_grade=Decimal(0),
                promotions=Decimal(0),
                note="Synthetic.",
            ),
        )
    drafter = Actor(user=User.objects.get(username="drafter"))
    return draft_run(plan, title=kind, effective=EFFECTIVE, actor=drafter, on=ON)


def _do(stage: str, run: Any) -> Any:
    from accounts.models import User
    from bench.department import ON
    from casework.actor import Actor
    from pay.models import ChunkState, PayRun, RunChunk, RunState
    from pay.services.runs import execution
    from pay.services.runs.approval import approve_run
    from pay.services.runs.preview import preview_run

    drafter, approver = (
        Actor(user=User.objects.get(username=name)) for name in ("drafter", "approver")
    )
    if stage == "preview":
        return preview_run(run, actor=drafter, on=ON)
    if stage == "approve":
        return approve_run(run, actor=approver, on=ON)
    if stage == "start":
        return execution.start_run(run, actor=drafter, on=ON)
    if stage == "chunks":
        # What the task `pay.tasks.run_chunk` calls, without the proof that the last one brings.
        chunks = RunChunk.objects.filter(run=run, state=ChunkState.WAITING).order_by("ordinal")
        for chunk_id in list(chunks.values_list("pk", flat=True)):
            execution.carry_out_chunk(chunk_id, on=ON)
        return None
    execution.finish_run(run, on=ON)
    state = PayRun.objects.values_list("state", flat=True).get(pk=run.pk)
    if state != RunState.VERIFIED:
        totals = PayRun.objects.values_list("totals", flat=True).get(pk=run.pk)
        failed = [proof for proof in totals.get("proof", ()) if not proof["holds"]]
        raise SystemExit(f"the {run.kind} did not verify: it is {state}; {failed}")
    return None


@contextmanager
def _counting() -> Iterator[list[int]]:
    """How many statements are sent, COPY and server-side cursors among them."""
    count = [0]
    names = ("execute", "executemany", "copy", "stream")
    kept: list[tuple[Any, str, Any]] = [
        (kind, name, vars(kind)[name])
        for kind in (psycopg.Cursor, psycopg.ServerCursor)
        for name in names
        if name in vars(kind)
    ]
    for kind, name, method in kept:
        setattr(kind, name, _counted(method, count))
    try:
        yield count
    finally:
        for kind, name, method in kept:
            setattr(kind, name, method)


def _counted(method: Callable[..., Result], count: list[int]) -> Callable[..., Result]:
    def counted(*arguments: Any, **named: Any) -> Result:
        count[0] += 1
        return method(*arguments, **named)

    return counted
