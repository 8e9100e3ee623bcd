"""Times a range adjustment and a payout of everybody, through the services and as the floor."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.db import connection, connections

from accounts.models import User
from bench.databases import copy_of, databases, use_database
from bench.department import EFFECTIVE, NEW_RANGES, ON, PERIOD_END, fill
from bench.floor import make_plain, time_floor
from casework.actor import Actor
from pay.models import ChunkState, PayPool, PayRun, RunChunk, RunKind, RunState
from pay.services.runs import execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan
from pay.services.runs.preview import preview_run
from performance.models import Cycle

AMOUNT = "1000000.00"
Result = TypeVar("Result")


def time_cycle(*, employees: int, workers: int, history: int) -> None:
    """Print what each step costs, and how often the floor it is."""
    with databases("cycle", "plain", "same") as (ours, plain, same):
        use_database(ours)
        print(
            f"{employees:,} people, {history} earlier rates each, {workers} worker(s)", flush=True
        )
        drafter, approver = fill(people=employees, history=history)
        _analyze()
        for name in (plain, same):
            copy_of(ours, name=name)
        use_database(plain)
        make_plain()
        floors = {name: _time_floors(name) for name in (plain, same)}
        use_database(ours)
        for kind, plan in (("range adjustment", _range_plan()), ("payout", _payout_plan())):
            seconds = _time_run(plan, title=kind, people=(drafter, approver), workers=workers)
            _report(kind, seconds, plain=floors[plain][kind], same=floors[same][kind])


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    owner.close()


def _time_floors(name: str) -> dict[str, float]:
    use_database(name)
    _analyze()
    cycle = Cycle.objects.get(ends=PERIOD_END).pk
    seconds = {}
    for kind, run_kind in (
        ("range adjustment", RunKind.RANGE_ADJUSTMENT),
        ("payout", RunKind.PAYOUT),
    ):
        run = PayRun.objects.create(
            kind=run_kind, title=kind, effective=EFFECTIVE, created_at="2025-01-13T12:00Z"
        )
        seconds[kind] = time_floor(
            run=run.pk, cycle=cycle, amount=AMOUNT, payout=run_kind == RunKind.PAYOUT
        )
    return seconds


def _range_plan() -> RangePlan:
    return RangePlan(ranges=NEW_RANGES)


def _payout_plan() -> PayoutPlan:
    codes = PayPool.objects.values_list("code", flat=True)
    return PayoutPlan(
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


def _time_run(
    plan: RangePlan | PayoutPlan, *, title: str, people: tuple[User, User], workers: int
) -> dict[str, float]:
    drafter, approver = (Actor(user=user) for user in people)
    seconds: dict[str, float] = {}

    def timed(name: str, do: Callable[[], Result]) -> Result:
        begun = time.perf_counter()
        result = do()
        seconds[name] = time.perf_counter() - begun
        return result

    run = draft_run(plan, title=title, effective=EFFECTIVE, actor=drafter, on=ON)
    run = timed("preview", lambda: preview_run(run, actor=drafter, on=ON))
    run = timed("approve", lambda: approve_run(run, actor=approver, on=ON))
    timed("start", lambda: execution.start_run(run, actor=drafter, on=ON))
    timed("chunks", lambda: _carry_out(run, workers=workers))
    timed("finish and verify", lambda: execution.finish_run(run, on=ON))
    state = PayRun.objects.values_list("state", flat=True).get(pk=run.pk)
    if state != RunState.VERIFIED:
        raise SystemExit(f"the {title} did not verify: it is {state}")
    return seconds


def _carry_out(run: PayRun, *, workers: int) -> None:
    if workers == 1:
        _claim_all(run.pk)
        return
    database = str(connection.settings_dict["NAME"])
    connections.close_all()
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=_in_a_process, args=(run.pk, database)) for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _in_a_process(run_id: int, database: str) -> None:
    use_database(database)
    _claim_all(run_id)
    connections.close_all()


def _claim_all(run_id: int) -> None:
    """Every chunk of the run, without the proof that its last one brings."""
    waiting = RunChunk.objects.filter(run_id=run_id, state=ChunkState.WAITING).order_by("ordinal")
    for chunk_id in list(waiting.values_list("pk", flat=True)):
        execution.carry_out_chunk(chunk_id, on=ON)


def _report(kind: str, seconds: dict[str, float], *, plain: float, same: float) -> None:
    # A payout's floor computes its lines too, which the services do at approval.
    counted = ["start", "chunks"] + ["approve"] * (kind == "payout")
    spent = sum(seconds[name] for name in counted)
    print(f"\n{kind}")
    for name, each in seconds.items():
        print(f"  {name:<20} {each:8.2f} s{'  counted' if name in counted else ''}")
    print(f"  {'counted':<20} {spent:8.2f} s")
    print(f"  {'floor, plain schema':<20} {plain:8.2f} s   ratio {spent / plain:.2f}")
    print(f"  {'floor, our schema':<20} {same:8.2f} s   ratio {spent / same:.2f}", flush=True)
