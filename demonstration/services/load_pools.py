"""Loads pay pools with 4-2-1-0 point patterns and their members."""

from __future__ import annotations

from demonstration.rules.department import Department
from demonstration.rules.pooling import POINTS, sort_into_pools
from demonstration.services.load_policy import CONVERTED_ON, Reference
from demonstration.services.load_workforce import Workforce, in_place_since
from demonstration.services.set_based import copy_in, since
from pay.models import PayPool, PointPattern, PoolMembership


def load_pools(department: Department, *, reference: Reference, loaded: Workforce) -> None:
    """One pool a person from the day the bands began, or from his hiring."""
    people = {employee.number: employee for employee in department.employees}
    for drawn in sort_into_pools(department):
        pool = PayPool.objects.create(
            code=drawn.code,
            title=drawn.title,
            organization_id=reference.organizations[drawn.organization],
        )
        PointPattern.objects.create(pool=pool, starts=CONVERTED_ON, points=POINTS)
        copy_in(
            PoolMembership,
            columns=("pool_id", "employee_id", "period"),
            rows=(
                (pool.pk, loaded.employees[number], since(in_place_since(people[number])))
                for number in drawn.members
            ),
        )
