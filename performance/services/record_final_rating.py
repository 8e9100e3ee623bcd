"""Putting on record a rating that became final elsewhere: a legacy import, the lab."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from casework.settlement import lock_person
from performance.models import RatingKind, RatingOfRecord
from performance.models.system import STANDARD_SYSTEM
from performance.queries.standing import standing_rating
from performance.rules.finality import check_period_complete
from performance.services.cycles import ensure_cycle
from performance.services.guards import (
    check_not_lowered,
    level_named,
    refuse_second_annual,
)
from performance.services.supersede import supersede_standing
from performance.signals import rating_issued
from regulation import clock
from workforce.models import Employee


@transaction.atomic
def record_final_rating(
    employee: Employee,
    *,
    period_end: date,
    level_code: str,
    issued_on: date,
    actor: Actor,
    kind: str = RatingKind.ANNUAL,
    shown_by: date | None = None,
    source: str = "history",
    system_code: str = STANDARD_SYSTEM,
) -> RatingOfRecord:
    """Record a final rating of record; no plan is made, and only what dates can tell is checked.

    5 CFR 9701.409(b), (c), (f). An additional rating supersedes the standing one from its date of
    issue. Raises Refused level_not_in_system, period_not_complete, duplicate_rating,
    absence_lowering.
    """
    lock_person(employee.pk)
    cycle = ensure_cycle(period_end, system_code=system_code)
    level = level_named(cycle, level_code)
    standing = None
    if kind == RatingKind.ANNUAL:
        check_period_complete(period_end=cycle.ends, on=issued_on)
        refuse_second_annual(employee, cycle)
    else:
        standing = standing_rating(employee, on=issued_on)
        check_not_lowered(employee, level=level, standing=standing, on=issued_on)
    rating = RatingOfRecord.objects.create(
        employee=employee,
        cycle=cycle,
        kind=kind,
        level=level,
        rater_level=level,
        standing=standing,
        shown_by=shown_by or issued_on,
        source=source,
    )
    rating = act(
        rating,
        name="record_final_rating",
        actor=actor,
        on=issued_on,
        do=lambda fresh: fresh.take_over(on=issued_on, at=clock.now()),
        citation="9701.409(c)",
        detail={"source": source, "level": level.code},
    )
    supersede_standing(rating, on=issued_on)
    rating_issued.send(sender=RatingOfRecord, rating=rating)
    return rating
