"""Refusals that several acts on ratings share."""

from __future__ import annotations

from datetime import date, timedelta

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


def check_period_complete(cycle: Cycle, *, on: date) -> None:
    """Refuse to issue on or before the period's last day: period_not_complete (.409(b)#1)."""
    if on <= cycle.ends:
        raise Refused(
            "period_not_complete",
            "9701.409(b)",
            f"The appraisal period ends {cycle.ends.isoformat()}. The rating can be issued from "
            f"{(cycle.ends + timedelta(days=1)).isoformat()} (9701.409(b)).",
        )


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
