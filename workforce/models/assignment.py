"""Who holds which position, where, from when to when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class AssignmentKind(models.TextChoices):
    PERMANENT = "permanent", "Position of record"
    TEMPORARY_PROMOTION = "temporary_promotion", "Temporary promotion"


class Assignment(models.Model):
    """A position of record for a time, with the duty station that sets the locality area."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="assignments"
    )
    position = models.ForeignKey(
        "classification.Position", on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField(
        max_length=24, choices=AssignmentKind.choices, default=AssignmentKind.PERMANENT
    )
    #: Code of the locality area of the official duty station; empty where none applies.
    area = models.CharField(max_length=12, blank=True)
    #: Special rate category, where the employee is in one.
    special_category = models.CharField(max_length=24, blank=True)
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_position_of_record_at_a_time",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee} in {self.position.number} {self.period}"
