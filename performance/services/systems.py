"""Setting up the Department's performance management system (5 CFR 9701.405, .409(a))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from performance.models import PerformanceSystem, RatingLevel, SystemCoverage
from performance.models.system import STANDARD_SYSTEM
from performance.rules.level_pattern import LevelShape, check_levels
from performance.services.system_defaults import (
    FIRST_PROCEDURES,
    FIRST_PURPOSES,
    FIRST_SPECIAL_RULES,
)

#: The four levels of MD 3181 (2006), best first.
STANDARD_LEVELS = (
    LevelShape("AE", "Achieved Excellence"),
    LevelShape("EE", "Exceeded Expectations"),
    LevelShape("ME", "Achieved Expectations", fully_successful=True),
    LevelShape("U", "Unacceptable", unacceptable=True),
)
#: Every period that the program knows begins after it.
FROM_THE_FIRST = date(1900, 1, 1)


@transaction.atomic
def ensure_system(
    code: str = STANDARD_SYSTEM,
    *,
    title: str = "Performance management system",
    levels: tuple[LevelShape, ...] = STANDARD_LEVELS,
) -> PerformanceSystem:
    """The system of that code; made, with its levels best first, where it is not there yet.

    The Department's own covers everybody whom no narrower group of another system covers.
    Raises Refused levels_invalid or two_level_needs_determination (5 CFR 9701.409(a)).
    """
    system = PerformanceSystem.objects.filter(code=code).first()
    if system is not None:
        return system
    check_levels(levels)
    system = PerformanceSystem.objects.create(
        code=code,
        title=title,
        procedures=FIRST_PROCEDURES,
        special_rules=FIRST_SPECIAL_RULES,
        appraisal_purposes=FIRST_PURPOSES,
    )
    write_levels(system, levels)
    if code == STANDARD_SYSTEM:
        SystemCoverage.objects.create(system=system, starts=FROM_THE_FIRST)
    return system


def write_levels(system: PerformanceSystem, levels: Sequence[LevelShape]) -> None:
    """The levels of a new system, given best first and checked before."""
    RatingLevel.objects.bulk_create(
        RatingLevel(
            system=system,
            code=level.code,
            title=level.title,
            rank=rank,
            unacceptable=level.unacceptable,
            fully_successful=level.fully_successful,
        )
        for rank, level in enumerate(levels, start=1)
    )
