"""Absences that the rules of pay and performance look at."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models


class AbsenceKind(models.TextChoices):
    APPROVED_LEAVE = "approved_leave", "Approved leave"
    LEAVE_WITHOUT_PAY = "leave_without_pay", "Leave without pay"
    UNIFORMED_SERVICE = "uniformed_service", "Uniformed service"
    INJURY_COMPENSATION = "injury_compensation", "Injury compensation"


class Absence(models.Model):
    """One absence; its period is open while the employee is away."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="absences"
    )
    kind = models.CharField(max_length=24, choices=AbsenceKind.choices)
    period = DateRangeField()

    def __str__(self) -> str:
        return f"{self.employee}: {self.kind} {self.period}"
