"""Setting up the Department's performance management system (5 CFR 9701.405, .409(a))."""

from __future__ import annotations

from django.db import transaction

from performance.models import PerformanceSystem, RatingLevel
from performance.models.system import STANDARD_SYSTEM
from performance.rules.level_pattern import LevelShape, check_levels

#: The four levels of MD 3181 (2006), best first.
STANDARD_LEVELS = (
    LevelShape("AE", "Achieved Excellence"),
    LevelShape("EE", "Exceeded Expectations"),
    LevelShape("ME", "Achieved Expectations", fully_successful=True),
    LevelShape("U", "Unacceptable", unacceptable=True),
)


@transaction.atomic
def ensure_system(
    code: str = STANDARD_SYSTEM,
    *,
    title: str = "Performance management system",
    levels: tuple[LevelShape, ...] = STANDARD_LEVELS,
) -> PerformanceSystem:
    """The system of that code; made, with its levels best first, where it is not there yet.

    Raises Refused levels_invalid or two_level_needs_determination (5 CFR 9701.409(a)).
    """
    system = PerformanceSystem.objects.filter(code=code).first()
    if system is not None:
        return system
    check_levels(levels)
    system = PerformanceSystem.objects.create(code=code, title=title)
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
    return system
