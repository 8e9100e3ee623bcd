"""Who supervises whom, from when to when: the only source of the supervisor's role."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class Supervision(models.Model):
    """One supervisor of one employee for a time."""

    supervisor = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="supervises"
    )
    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="supervised_by"
    )
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_supervisor_at_a_time",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("employee")),
                name="nobody_supervises_himself",
            ),
        ]
        indexes = [models.Index(fields=["supervisor"])]

    def __str__(self) -> str:
        return f"{self.supervisor} over {self.employee} {self.period}"
