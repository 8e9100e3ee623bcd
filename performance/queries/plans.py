"""Whether anybody has a plan, without which nothing of the year is to be asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from performance.models import Plan


def where_plans_are(job: Callable[[date], int]) -> Callable[[date], int]:
    """The daily job, left out on a day on which nobody has a plan."""

    def on_the_day(on: date) -> int:
        return job(on) if Plan.objects.exists() else 0

    return on_the_day
