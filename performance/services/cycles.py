"""Opening appraisal periods (5 CFR 9701.404 "Appraisal period")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from performance.models import Cycle
from performance.models.system import STANDARD_SYSTEM
from performance.services.systems import ensure_system


def ensure_cycle(period_end: date, *, system_code: str = STANDARD_SYSTEM) -> Cycle:
    """The yearly period that ends on a date, last day included; made where it is not there yet."""
    system = ensure_system(system_code)
    found = Cycle.objects.filter(system=system, ends=period_end).first()
    if found is not None:
        return found
    return ensure_cycles([period_end], system_code=system_code)[0]


def ensure_cycles(
    period_ends: Iterable[date], *, system_code: str = STANDARD_SYSTEM
) -> tuple[Cycle, ...]:
    """The yearly periods that end on several dates, in their order; made where they are wanting."""
    system, ends = ensure_system(system_code), list(period_ends)
    Cycle.objects.bulk_create(
        (
            Cycle(
                system=system,
                title=f"Year ending {end:%B} {end.day}, {end.year}",
                starts=_a_year_before(end) + timedelta(days=1),
                ends=end,
            )
            for end in ends
        ),
        ignore_conflicts=True,
    )
    standing = {cycle.ends: cycle for cycle in Cycle.objects.filter(system=system, ends__in=ends)}
    return tuple(standing[end] for end in ends)


def _a_year_before(on: date) -> date:
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return date(on.year - 1, 2, 28)
