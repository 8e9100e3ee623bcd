"""Appraisal periods (5 CFR 9701.404 "Appraisal period")."""

from __future__ import annotations

from django.db import models


class CycleState(models.TextChoices):
    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    RATING = "rating", "Rating"
    CLOSED = "closed", "Closed"


class Cycle(models.Model):
    """One appraisal period of one system."""

    system = models.ForeignKey("performance.PerformanceSystem", on_delete=models.PROTECT)
    title = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, choices=CycleState.choices, default=CycleState.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "ends"], name="one_cycle_of_an_end"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="cycle_ends_after_it_starts"
            ),
        ]
        ordering = ["-ends"]

    def __str__(self) -> str:
        return self.title
