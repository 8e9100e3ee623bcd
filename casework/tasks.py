"""The daily sweep, under Celery beat."""

from __future__ import annotations

from celery import shared_task

from regulation import clock


@shared_task(name="casework.tasks.sweep")
def sweep() -> None:
    """Settle what lapsed before today; safe to run at any time and twice at once."""
    from casework.sweeps import run_daily

    run_daily(on=clock.today())
