"""Small makers of records for tests; each makes one thing and what it cannot do without."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from accounts.models import Organization, Role, RoleGrant, User
from classification.models import (
    Band,
    ClassificationDecision,
    OccupationalCluster,
    OccupationalSeries,
    Position,
)
from governance.models import Coverage
from governance.services.directives import first_directive
from pay.models import ExecutiveSchedule, RateRange
from regulation import clock
from workforce.models import Assignment, AssignmentKind, Employee, Supervision

_numbers = count(1)


def make_organization(code: str = "", *, parent: Organization | None = None) -> Organization:
    """One office."""
    code = code or f"O{next(_numbers)}"
    return Organization.objects.create(code=code, name=f"Office {code}", parent=parent)


def make_user(username: str = "", **fields: Any) -> User:
    """One log-in; its password is "password"."""
    username = username or f"user{next(_numbers)}"
    return User.objects.create_user(username=username, password="password", **fields)


def make_employee(
    family_name: str = "", *, user: bool = True, hired: date = date(2000, 1, 3), **fields: Any
) -> Employee:
    """One employee on board, with a log-in unless `user` is false."""
    number = next(_numbers)
    fields.setdefault("given_name", "Robin")
    fields.setdefault("coverage_category", "general")
    return Employee.objects.create(
        number=f"E{number:05}",
        family_name=family_name or f"Person {number}",
        user=make_user(f"person{number}") if user else None,
        hired=hired,
        **fields,
    )


def make_supervision(
    supervisor: Employee, employee: Employee, *, starts: date = date(2000, 1, 3), ends: Any = None
) -> Supervision:
    """`supervisor` over `employee` from a date; `ends` is the first day it no longer holds."""
    return Supervision.objects.create(
        supervisor=supervisor, employee=employee, period=(starts, ends)
    )


def grant_role(
    user: User,
    role: Role,
    *,
    organization: Organization | None = None,
    starts: date = date(2000, 1, 1),
) -> RoleGrant:
    """A role over an organization, or over the whole Department."""
    return RoleGrant.objects.create(user=user, role=role, organization=organization, starts=starts)


def cover(category: str = "general", subparts: str = "BCDF", *, effective: date) -> None:
    """Subparts that apply to a category from a date."""
    for subpart in subparts:
        Coverage.objects.create(category=category, subpart=subpart, effective=effective)


def make_policy(effective: date = date(2000, 1, 1)) -> None:
    """The first directive, with every parameter's default."""
    first_directive(effective=effective, signed_by="The Secretary")


def make_cluster(code: str = "LE") -> OccupationalCluster:
    """One cluster with one series of the same code's making."""
    cluster, _ = OccupationalCluster.objects.get_or_create(code=code, defaults={"title": code})
    return cluster


def make_band(
    code: str,
    *,
    minimum: int,
    maximum: int,
    cluster: str = "LE",
    level: str = "full_performance",
    rank: int = 2,
    starts: date = date(2000, 1, 1),
) -> Band:
    """One band of a cluster with its rate range from a date."""
    band = Band.objects.create(code=code, cluster=make_cluster(cluster), level=level, rank=rank)
    RateRange.objects.create(band=band, minimum=minimum, maximum=maximum, period=(starts, None))
    return band


def make_schedule(
    level_iii: int = 150_000, level_ii: int = 163_500, *, starts: date = date(2000, 1, 1)
) -> None:
    """Rates of the Executive Schedule from a date."""
    for level, rate in (("II", level_ii), ("III", level_iii)):
        ExecutiveSchedule.objects.create(level=level, rate=rate, starts=starts)


def make_series(cluster: OccupationalCluster, code: str = "") -> OccupationalSeries:
    """One series of a cluster."""
    code = code or f"{next(_numbers) % 10000:04}"
    return OccupationalSeries.objects.create(code=code, title=f"Series {code}", cluster=cluster)


def make_position(
    organization: Organization,
    *,
    series: OccupationalSeries | None = None,
    band: Band | None = None,
    supervisory: bool = False,
    effective: date = date(2000, 1, 3),
    decided_by: User | None = None,
) -> Position:
    """One described position; with series and band, classified by a decision in force."""
    number = next(_numbers)
    position = Position.objects.create(
        number=f"P{number:05}",
        title=f"Post {number}",
        description="Does the work of the office.",
        organization=organization,
        supervisory=supervisory,
    )
    if series is not None and band is not None:
        position.classify()
        position.save()
        ClassificationDecision.objects.create(
            position=position,
            series=series,
            band=band,
            effective=effective,
            decided_on=effective,
            decided_by=decided_by,
            deciding_official=str(decided_by or "The Department"),
            recorded_at=clock.now(),
        )
    return position


def make_assignment(
    employee: Employee,
    position: Position,
    *,
    kind: str = AssignmentKind.PERMANENT,
    area: str = "",
    starts: date = date(2000, 1, 3),
    ends: date | None = None,
) -> Assignment:
    """The employee in the position from a date; `ends` is the first day it no longer holds."""
    return Assignment.objects.create(
        employee=employee, position=position, kind=kind, area=area, period=(starts, ends)
    )
