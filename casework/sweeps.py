"""The daily work of every app, in one place that beat, the lab and the demonstration clock call."""

from __future__ import annotations

from datetime import date

from casework.services.deadlines import sweep


def run_daily(*, on: date) -> dict[str, int]:
    """Do what is due by the start of `on`: deadlines and promises whose last day ended, alerts."""
    return {str(key): int(count) for key, count in sweep(on=on).counts.items()}
