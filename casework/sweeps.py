"""The daily work of every app, in one place that beat, the lab and the demonstration clock call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import structlog
from django.db import transaction

from casework.services.deadlines import sweep

log = structlog.get_logger(__name__)

#: What an app does on a day besides its deadlines; returns how much there was to do.
DailyWork: TypeAlias = Callable[[date], int]

_daily: dict[str, DailyWork] = {}


def register_daily(name: str, work: DailyWork) -> None:
    """Make a piece of daily work known; it may run many times a day and catches up after a gap."""
    _daily[name] = work


def run_daily(*, on: date) -> dict[str, int]:
    """Do what is due by the start of `on`: deadlines and promises whose last day ended, alerts.

    A piece of daily work that fails is logged, undone and tried again; it blocks no other.
    """
    counts = {str(key): int(count) for key, count in sweep(on=on).counts.items()}
    for name, work in _daily.items():
        try:
            with transaction.atomic():
                counts[name] = work(on)
        except Exception:
            log.exception("daily_work_failed", work=name)
            counts["failed"] = counts.get("failed", 0) + 1
    return counts
