"""Refusals that several acts on ratings share."""

from __future__ import annotations

from performance.models import Cycle, RatingKind, RatingLevel, RatingOfRecord, RatingState
from regulation.refusals import Refused
from workforce.models import Employee


def level_named(cycle: Cycle, code: str) -> RatingLevel:
    """The level of that code in the period's system. Raises Refused level_not_in_system."""
    level = RatingLevel.objects.filter(system_id=cycle.system_id, code=code).first()
    if level is None:
        raise Refused(
            "level_not_in_system",
            "9701.409(a)",
            f"“{code}” is no level of the system that {cycle} belongs to.",
        )
    return level


def refuse_second_annual(employee: Employee, cycle: Cycle) -> None:
    """Refuse a second annual rating of a period: duplicate_rating (5 CFR 9701.404)."""
    if (
        RatingOfRecord.objects.filter(employee=employee, cycle=cycle, kind=RatingKind.ANNUAL)
        .exclude(state=RatingState.CANCELLED)
        .exists()
    ):
        raise Refused(
            "duplicate_rating",
            "9701.404",
            f"A rating of record for {cycle} is already standing. Use an additional rating.",
        )
