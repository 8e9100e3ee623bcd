"""General expectations: those of one employee on a plan, and those that HR keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.queries.roles import organizations_of
from performance.models import GeneralExpectation, Plan
from performance.rules.general_expectation import Standing, joined_on, standing_of
from workforce.models import Assignment


@dataclass(frozen=True, slots=True)
class GeneralRow:
    """One version as a member's plan shows it."""

    item: GeneralExpectation
    standing: Standing


def general_expectations_of(plan: Plan, *, on: date) -> list[GeneralRow]:
    """What applies to everybody where the employee worked in the period, with his own dates.

    5 CFR 9701.406(a). As of a date, or the period's last day after it; two queries.
    """
    day = min(on, plan.cycle.ends)
    assignments = list(
        Assignment.objects.filter(
            employee=plan.employee_id, period__startswith__lte=day
        ).values_list("period", "position__organization__path")
    )
    above = {prefix for _, path in assignments for prefix in _prefixes(path)}
    items = (
        GeneralExpectation.objects.filter(organization__path__in=above, available_on__lte=day)
        .select_related("organization", "revised_by")
        .order_by("title", "available_on", "pk")
    )
    rows = []
    for item in items:
        within = [
            (period.lower, period.upper)
            for period, path in assignments
            if path.startswith(item.organization.path)
        ]
        joined = joined_on(within, on=day)
        revision = getattr(item, "revised_by", None)
        revised = revision.available_on if revision and revision.available_on <= day else None
        if joined is None or (revised is not None and revised <= plan.cycle.starts):
            continue
        standing = standing_of(available_on=item.available_on, revised_on=revised, joined=joined)
        if standing is not None:
            rows.append(GeneralRow(item=item, standing=standing))
    return rows


def kept_by(user: User, *, on: date) -> QuerySet[GeneralExpectation]:
    """Versions that nothing revises, of the organizations of an HR specialist."""
    return GeneralExpectation.objects.filter(
        organization__in=organizations_of(user, Role.HR_SPECIALIST, on=on), revised_by=None
    ).select_related("organization", "replaces")


def _prefixes(path: str) -> list[str]:
    """The paths of an organization and of all above it."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:number]) + "/" for number in range(1, len(parts) + 1)]
