"""Celery entry points of pay; each may be delivered any number of times."""

from __future__ import annotations

from celery import shared_task

from regulation import clock


@shared_task(name="pay.tasks.run_chunk")
def run_chunk(chunk_id: int) -> None:
    """Carry out one chunk of a run, unless it is done or another worker holds it."""
    from pay.services.runs import execution

    execution.run_chunk(chunk_id, on=clock.today())


@shared_task(name="pay.tasks.pick_up_runs")
def pick_up_runs() -> None:
    """Hurry chunks that no task has done, and finish and verify what is left."""
    from pay.services.runs import execution

    execution.pick_up_runs(on=clock.today())


@shared_task(name="pay.tasks.verify_ledger")
def verify_ledger() -> None:
    """Replay the whole ledger and tell the pay specialists of each difference."""
    from pay.services import verification

    verification.report_differences(on=clock.today())
