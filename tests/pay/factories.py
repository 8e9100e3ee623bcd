"""Makers of what pay is set from: positions in bands, paid employees, supplements, ratings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Organization
from casework.actor import Actor
from classification.models import Band, OccupationalSeries, Position
from pay.models import Supplement
from pay.services.start_pay import start_pay
from performance.models import RatingOfRecord
from performance.services.record_final_rating import record_final_rating
from tests.factories import (
    cover,
    make_employee,
    make_organization,
    make_policy,
    make_position,
    make_schedule,
)
from workforce.models import Assignment, Employee

SYSTEM = Actor.system("a test")


def make_ground() -> None:
    """Policy, coverage and the Executive Schedule, from 2000 on."""
    make_policy()
    cover(effective=date(2000, 1, 1))
    make_schedule()


def position_in(band: Band, *, organization: Organization | None = None) -> Position:
    """One position, classified into a band from long ago."""
    series, _ = OccupationalSeries.objects.get_or_create(
        code=f"{band.cluster_id:04}"[-4:], defaults={"title": "Series", "cluster": band.cluster}
    )
    return make_position(
        organization or make_organization(), series=series, band=band, effective=date(2000, 1, 1)
    )


def make_paid_employee(
    band: Band,
    basic: int,
    *,
    area: str = "",
    category: str = "",
    retained: bool = False,
    organization: Organization | None = None,
    user: bool = False,
    hired: date = date(2000, 1, 3),
    **fields: Any,
) -> Employee:
    """One employee in a position of a band, paid from the day he was hired."""
    employee = make_employee(user=user, hired=hired, **fields)
    Assignment.objects.create(
        employee=employee,
        position=position_in(band, organization=organization),
        area=area,
        special_category=category,
        period=(hired, None),
    )
    start_pay(
        employee,
        basic=basic,
        retained=retained,
        effective=hired,
        actor=SYSTEM,
        authority="Appointment",
        on=hired,
    )
    return employee


def make_locality(area: str, percent: str, *, starts: date = date(2000, 1, 1)) -> None:
    """A locality supplement for every band from a date."""
    Supplement.objects.create(
        kind="locality", key=area, percent=Decimal(percent), period=(starts, None)
    )


def rate(
    employee: Employee,
    level: str,
    *,
    issued: date,
    period_end: date,
    kind: str = "annual",
    shown_by: date | None = None,
) -> RatingOfRecord:
    """A final rating of record, put on record on the day it was issued."""
    return record_final_rating(
        employee,
        period_end=period_end,
        level_code=level,
        issued_on=issued,
        kind=kind,
        shown_by=shown_by,
        actor=SYSTEM,
    )
