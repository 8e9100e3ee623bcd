"""A payout carried out by real workers that are killed: everybody is paid, and only once."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.models import Count, Sum

from casework.actor import Actor
from pay.models import (
    ChunkState,
    DeniedIncrease,
    PayAction,
    PayoutLine,
    PayRate,
    PayRun,
    RunChunk,
    RunState,
)
from pay.services.runs import chunks, execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.preview import preview_run
from tests.jobs.workers import Worker, on_database, own_queue, wait_until
from tests.pay.runs.department import EFFECTIVE, ON, Department, make_department
from tests.pay.runs.supplements import approved, locality, make_supplements, station

PEOPLE = 120
POOLS = {"P1": "100000.00", "P2": "77777.77"}


@pytest.fixture
def department(fresh_database: str) -> Department:
    """Committed, so that workers see it."""
    made = make_department()
    levels = ["AE", "EE", "ME", "ME", "U", ""]
    for number in range(PEOPLE):
        made.hire(
            f"Person {number:03}",
            basic=42_000 + 230 * number,
            level=levels[number % len(levels)],
            pool="P1" if number % 3 else "P2",
        )
    return made


@pytest.fixture
def queue() -> Iterator[str]:
    with own_queue(f"runs-{os.getpid()}-{time.monotonic_ns()}") as name:
        yield name


def start_payout(department: Department) -> PayRun:
    run = draft_run(
        department.payout_plan(POOLS),
        title="Payout",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    run = preview_run(run, actor=Actor(user=department.drafter), on=ON)
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    return execution.start_run(run, actor=Actor(user=department.drafter), on=ON)


def state(run: PayRun) -> str:
    return str(PayRun.objects.values_list("state", flat=True).get(pk=run.pk))


def _ends_with_beat(run: PayRun) -> bool:
    """Whether the run has ended; what is left is picked up now and then, as beat does.

    A chunk that a dead worker's connection still holds for a moment is skipped until then.
    """
    if state(run) != RunState.VERIFIED:
        execution.pick_up_runs(on=ON)
        time.sleep(1)
    return state(run) == RunState.VERIFIED


def chunks_done(run: PayRun) -> int:
    return RunChunk.objects.filter(run=run, state=ChunkState.DONE).count()


def assert_everybody_is_paid_once(run: PayRun) -> None:
    """By the certified lines: a row each or nothing due, rates moved once, pools to the cent."""
    owed = {line.employee_id: line for line in PayoutLine.objects.filter(run=run)}
    assert len(owed) == PEOPLE
    rows = PayAction.objects.filter(run=run)
    paid = {row.employee_id: (row.basic_after or 0) - (row.basic_before or 0) for row in rows}
    assert rows.count() == len(paid)
    for employee_id, line in owed.items():
        assert paid.get(employee_id, 0) == line.increase
        rate = PayRate.objects.filter(employee_id=employee_id, starts__lte=EFFECTIVE)
        assert rate.order_by("-starts")[0].basic == line.basic + line.increase
    doubled = rows.values("employee_id").annotate(times=Count("id")).filter(times__gt=1)
    assert not doubled.exists()
    done = PayRun.objects.get(pk=run.pk)
    assert done.state == RunState.VERIFIED, done.totals.get("proof")
    for code, amount in POOLS.items():
        members = [pk for pk, line in owed.items() if line.pool.code == code]
        of_pool = rows.filter(employee_id__in=members)
        lumps = of_pool.aggregate(total=Sum("lump_sum"))["total"] or Decimal(0)
        spent = sum(paid.get(pk, 0) for pk in members) + lumps
        assert spent + Decimal(done.totals["groups"][code]["left"]) == Decimal(amount)


def test_a_worker_killed_between_ledger_and_projection_leaves_nothing_half_done(
    department: Department,
    fresh_database: str,
    queue: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 40)
    url = on_database(os.environ["DATABASE_URL"], fresh_database)
    with psycopg.connect(url) as blocker:
        run = _approved_with_one_rate_held(department, blocker)
        first = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
        try:
            # The rows of the ledger are copied in; the projection waits for the held one.
            wait_until(_somebody_waits_for_a_lock, what="the worker's stop in the middle")
            assert state(run) == RunState.RUNNING
            before = chunks_done(run)
        finally:
            first.kill()
        blocker.rollback()
    wait_until(_nobody_else_is_connected, what="the dead worker's connection closing")
    waiting = RunChunk.objects.filter(run=run, state=ChunkState.WAITING)
    unpaid = [pk for chunk in waiting for pk in chunk.employee_ids]
    assert len(waiting) == RunChunk.objects.filter(run=run).count() - before > 0
    assert not PayAction.objects.filter(run=run, employee_id__in=unpaid).exists()
    second = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
    try:
        wait_until(lambda: _ends_with_beat(run), what="the run's end")
    finally:
        second.kill()
    assert_everybody_is_paid_once(run)


def _approved_with_one_rate_held(department: Department, blocker: psycopg.Connection) -> PayRun:
    """Start a run of which one person's new rate collides with an uncommitted one."""
    run = start_payout(department)
    second = RunChunk.objects.filter(run=run).order_by("ordinal")[1]
    line = PayoutLine.objects.filter(
        run=run, employee_id__in=second.employee_ids, increase__gt=0
    ).order_by("-employee_id")[0]
    blocker.execute(
        "INSERT INTO pay_payrate (employee_id, starts, supplement_kind, supplement_percent,"
        " retained, below_minimum, action_id) VALUES (%s, %s, '', 0, false, false, 0)",
        [line.employee_id, EFFECTIVE],
    )
    return run


def _somebody_waits_for_a_lock() -> bool:
    return _count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0


def _nobody_else_is_connected() -> bool:
    return (
        _count(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        == 0
    )


def _count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchall()[0][0])


def test_workers_killed_again_and_again_pay_everybody_once(
    department: Department,
    fresh_database: str,
    queue: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 3)
    chance = random.Random(9701)
    run = start_payout(department)
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
    assert_everybody_is_paid_once(run)


def test_workers_killed_in_a_supplement_adjustment_pay_everybody_once(
    fresh_database: str, queue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 3)
    department = make_department()
    make_supplements()
    levels = ["ME", "EE", "", "U"]
    people = [
        station(department, f"Person {n:02}", basic=42_000 + 900 * n, level=levels[n % 4])
        for n in range(24)
    ]
    run = execution.start_run(
        approved(department, locality()), actor=Actor(user=department.drafter), on=ON
    )
    for wait in (0.0, 0.1):
        worker = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
        try:
            execution.pick_up_runs(on=ON)
            done = chunks_done(run)
            wait_until(lambda done=done: chunks_done(run) > done, what="a chunk")  # type: ignore[misc]
            time.sleep(wait)
        finally:
            worker.kill()
        if state(run) != RunState.RUNNING:
            break
    last = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
    try:
        wait_until(lambda: _ends_with_beat(run), what="the run's end")
    finally:
        last.kill()
    done_run = PayRun.objects.get(pk=run.pk)
    assert done_run.state == RunState.VERIFIED, done_run.totals.get("proof")
    rows = PayAction.objects.filter(run=run)
    assert rows.count() == len(people) == rows.values("employee_id").distinct().count()
    for number, person in enumerate(people):
        percent = Decimal("12.5") if levels[number % 4] == "U" else Decimal(16)
        rate = PayRate.objects.filter(employee=person).latest("starts")
        assert (rate.basic, rate.supplement_percent) == (42_000 + 900 * number, percent)
    assert DeniedIncrease.objects.count() == len(people) // 4


def test_two_workers_and_every_task_delivered_three_times_pay_everybody_once(
    department: Department,
    fresh_database: str,
    queue: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 4)
    run = start_payout(department)
    assert execution.hurry(run.pk) == execution.hurry(run.pk) == 30
    workers = [
        Worker(database=fresh_database, queue=queue, log=tmp_path / f"worker{number}.log")
        for number in range(2)
    ]
    try:
        wait_until(lambda: state(run) == RunState.VERIFIED, what="the run's end")
    finally:
        for worker in workers:
            worker.kill()
    assert_everybody_is_paid_once(run)
