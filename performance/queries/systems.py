"""Performance systems: whom each covers, and which one a person is in (5 CFR 9701.405(b)(1))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from classification.models import ClassificationDecision
from performance.models import Cycle, PerformanceSystem, SystemCoverage
from performance.rules.system_coverage import CoveredGroup, system_for
from workforce.models import Assignment, Employee


def covered_groups() -> list[CoveredGroup]:
    """Every group that a system covers from some date on."""
    return [
        CoveredGroup(system=code, starts=starts, band_level=band_level, category=category)
        for code, starts, band_level, category in SystemCoverage.objects.values_list(
            "system__code", "starts", "band_level", "category"
        )
    ]


def system_of(employee: Employee, *, cycle: Cycle, on: date) -> PerformanceSystem:
    """The system of an employee for a period, by the band held at its end, or today before it.

    5 CFR 9701.405(b)(1), .409(a)(2). Raises Refused coverage_unspecified, system_conflict.
    """
    code = system_for(
        covered_groups(),
        band_level=band_levels([employee.pk], on=min(on, cycle.ends)).get(employee.pk, ""),
        category=employee.coverage_category,
        period_start=cycle.starts,
    )
    return PerformanceSystem.objects.get(code=code)


def band_levels(employee_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """The level of the band that each holds on a date; nobody without a classified position.

    Two queries. A temporary promotion counts before the position of record.
    """
    positions = dict(
        Assignment.objects.filter(employee_id__in=list(employee_ids), period__contains=on)
        .order_by("employee_id", "-kind")
        .distinct("employee_id")
        .values_list("employee_id", "position_id")
    )
    levels = dict(
        ClassificationDecision.objects.filter(
            position_id__in=set(positions.values()), effective__lte=on
        )
        .order_by("position_id", "-id")
        .distinct("position_id")
        .values_list("position_id", "band__level")
    )
    return {
        employee: levels[position] for employee, position in positions.items() if position in levels
    }
