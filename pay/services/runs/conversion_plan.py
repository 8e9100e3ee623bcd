"""What a conversion run is to do, and what such a plan must satisfy (5 CFR 9701.371-372)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from accounts.models import Organization
from governance.queries.coverage import is_covered
from pay.models import PayRun, RunKind, RunState
from pay.queries.parallel_systems import parallel_categories
from regulation.refusals import Refused

UNFINISHED = (RunState.DRAFT, RunState.PREVIEWED, RunState.APPROVED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class ConversionPlan:
    """Who is converted: coverage categories, in some organizations by code or in all.

    `linkage` says how the initial ranges link to the ranges of the former pay system (5 CFR
    9701.372(a)).
    """

    categories: tuple[str, ...]
    linkage: str
    organizations: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `PayRun.plan` holds it."""
        return {
            "categories": sorted(self.categories),
            "organizations": sorted(self.organizations),
            "linkage": self.linkage,
        }

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> ConversionPlan:
        """Read back from `PayRun.plan`."""
        return cls(
            categories=tuple(plan["categories"]),
            organizations=tuple(plan["organizations"]),
            linkage=plan["linkage"],
        )


def check_conversion_plan(
    plan: ConversionPlan, *, effective: date, run: PayRun | None
) -> list[Organization]:
    """The organizations of a plan; an unlawful one is refused.

    5 CFR 9701.371(a), 9701.372(a), 9701.374. Refused: `invalid_input` for no category or an unknown
    organization, `not_covered` for a category that does not come under subpart C,
    `not_a_conversion` where it came under it before, `not_eligible` on a parallel pay system,
    `reason_required` without the linkage, `duplicate_open` beside another unfinished run.
    """
    if not plan.categories:
        raise Refused("invalid_input", "9701.371(a)", "Choose at least one coverage category.")
    for category in plan.categories:
        _check_category(category, effective=effective)
    if not plan.linkage.strip():
        message = "Say how the initial ranges link to the ranges of the former pay system."
        raise Refused("reason_required", "9701.372(a)", message)
    found = list(Organization.objects.filter(code__in=plan.organizations))
    unknown = sorted(set(plan.organizations) - {each.code for each in found})
    if unknown:
        message = f"There is no organization {', '.join(unknown)}."
        raise Refused("invalid_input", "9701.371(a)", message)
    _check_one_conversion(plan, effective=effective, run=run)
    return found


def _check_category(category: str, *, effective: date) -> None:
    if not is_covered(category, subpart="C", on=effective):
        message = f"Subpart C does not apply to {category} on {effective}."
        raise Refused("not_covered", "9701.102(c)", message)
    if is_covered(category, subpart="C", on=effective - timedelta(days=1)):
        message = f"Subpart C applied to {category} before {effective}: nobody converts then."
        raise Refused("not_a_conversion", "9701.371(a)", message)
    if category in parallel_categories(on=effective):
        message = f"A parallel pay system holds for {category}; modify it first."
        raise Refused("not_eligible", "9701.374", message)


def _check_one_conversion(plan: ConversionPlan, *, effective: date, run: PayRun | None) -> None:
    others = PayRun.objects.filter(
        kind=RunKind.CONVERSION, state__in=UNFINISHED, effective=effective
    )
    for other in others.exclude(pk=run.pk if run else 0):
        theirs = ConversionPlan.from_json(other.plan)
        shared = sorted(set(plan.categories) & set(theirs.categories))
        apart = (
            plan.organizations
            and theirs.organizations
            and not set(plan.organizations) & set(theirs.organizations)
        )
        if shared and not apart:
            message = f"“{other.title}” already converts {', '.join(shared)} on {effective}."
            raise Refused("duplicate_open", "9701.371(a)", message)


_POPULATION = """
SELECT employee.id
  FROM workforce_employee AS employee
  JOIN workforce_assignment AS held
    ON held.employee_id = employee.id AND held.kind = 'permanent' AND held.period @> %(on)s
  JOIN classification_position AS position ON position.id = held.position_id
  JOIN accounts_organization AS organization ON organization.id = position.organization_id
 WHERE employee.coverage_category = ANY(%(categories)s)
   AND employee.hired < %(on)s
   AND (employee.separated IS NULL OR employee.separated > %(on)s)
   AND (%(everywhere)s OR EXISTS (
         SELECT FROM unnest(%(paths)s::text[]) AS wanted(path)
          WHERE starts_with(organization.path, wanted.path)))
   AND NOT EXISTS (
         SELECT FROM (SELECT basic FROM pay_payrate
                       WHERE employee_id = employee.id AND starts <= %(on)s
                       ORDER BY starts DESC LIMIT 1) AS rate
          WHERE rate.basic IS NOT NULL)
 ORDER BY employee.id
"""


def population(
    plan: ConversionPlan, *, organizations: Sequence[Organization], effective: date
) -> list[int]:
    """Who of the categories holds a position of record and has no rate here yet, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            _POPULATION,
            {
                "on": effective,
                "categories": list(plan.categories),
                "everywhere": not plan.organizations,
                "paths": [each.path for each in organizations],
            },
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def population_of(run: PayRun) -> list[int]:
    """Whom a run would convert as the records stand now."""
    plan = ConversionPlan.from_json(run.plan)
    found = list(Organization.objects.filter(code__in=plan.organizations))
    return population(plan, organizations=found, effective=run.effective)


def batch_of(run: PayRun) -> str:
    """The batch under whose name a run's conversions stand in the ledger."""
    return f"run-{run.pk}"
