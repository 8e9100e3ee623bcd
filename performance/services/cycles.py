"""Opening appraisal periods (5 CFR 9701.404 "Appraisal period")."""

from __future__ import annotations

from datetime import date, timedelta

from performance.models import Cycle
from performance.models.system import STANDARD_SYSTEM
from performance.services.systems import ensure_system


def ensure_cycle(period_end: date, *, system_code: str = STANDARD_SYSTEM) -> Cycle:
    """The yearly period that ends on a date, last day included; made where it is not there yet."""
    cycle, _ = Cycle.objects.get_or_create(
        system=ensure_system(system_code),
        ends=period_end,
        defaults={
            "title": f"Year ending {period_end:%B} {period_end.day}, {period_end.year}",
            "starts": _a_year_before(period_end) + timedelta(days=1),
        },
    )
    return cycle


def _a_year_before(on: date) -> date:
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return date(on.year - 1, 2, 28)
