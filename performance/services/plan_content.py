"""From what is written of an expectation to its row and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

from performance.models import Expectation, Plan
from performance.queries.competencies import competency_codes
from performance.rules.expectation import ExpectationContent, check_written
from regulation.refusals import Refused
from workforce.queries.relations import supervisor_of

_PLAIN = tuple(each.name for each in fields(ExpectationContent) if each.name != "aligned_with")


def content_of(expectation: Expectation) -> ExpectationContent:
    """What an expectation says."""
    return ExpectationContent(
        aligned_with=expectation.aligned_with_id,
        **{name: getattr(expectation, name) for name in _PLAIN},
    )


def columns_of(content: ExpectationContent) -> dict[str, Any]:
    """The columns of the row that says it."""
    return {
        "aligned_with_id": content.aligned_with,
        **{name: getattr(content, name) for name in _PLAIN},
    }


def check_content(content: ExpectationContent, *, plan: Plan, on: date) -> None:
    """Refuse what `check_written` refuses, and a goal aligned with one that is not above it."""
    check_written(content, competencies=competency_codes(plan.employee, on=on))
    if content.aligned_with is None:
        return
    supervisor = supervisor_of(plan.employee, on=on)
    above = Expectation.objects.filter(pk=content.aligned_with, plan__employee=supervisor)
    if supervisor is None or not above.exists():
        raise Refused(
            "invalid_input", "9701.406(a)", "Align it with an expectation of the supervisor’s plan."
        )


def rows_of(plan: Plan, ids: Collection[int]) -> list[Expectation]:
    """Expectations of the plan that were communicated. Raises Refused `invalid_input`."""
    rows = list(Expectation.objects.filter(plan=plan, pk__in=ids, communicated_on__isnull=False))
    if len(rows) != len(set(ids)):
        raise Refused(
            "invalid_input", "9701.406", "The plan holds no such communicated expectation."
        )
    return rows
