"""Closing an appraisal period: who is not rated, and why (5 CFR 9701.405(b)(2))."""

from __future__ import annotations

from django.db import models


class NotRated(models.Model):
    """Why HR lists an employee without a rating of record for a period that closes."""

    cycle = models.ForeignKey(
        "performance.Cycle", on_delete=models.PROTECT, related_name="not_rated"
    )
    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="not_rated"
    )
    reason = models.TextField()
    on = models.DateField()
    listed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee"], name="listed_once_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.employee} is not rated for {self.cycle}"
