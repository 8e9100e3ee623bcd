"""Corrections of one person's pay, told: what was wrong, from when, and what is owed (R37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pay.models import Correction
from pay.rules.back_pay import RULE, VERSION
from pay.rules.explain import explain
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """One correction with the arithmetic of its back pay, run again on its stored inputs."""

    correction: Correction
    lines: tuple[str, ...]

    @property
    def day_before(self) -> date:
        """The last day on which the other story was on record."""
        return self.correction.corrected_on - timedelta(days=1)


def corrections_of(employee: Employee, *, on: date) -> list[ToldCorrection]:
    """The corrections on record on a date that changed pay, newest first; one query."""
    rows = Correction.objects.filter(
        employee=employee, since__isnull=False, corrected_on__lte=on
    ).order_by("-id")
    return [ToldCorrection(row, explain(RULE, VERSION, row.inputs).lines) for row in rows]
