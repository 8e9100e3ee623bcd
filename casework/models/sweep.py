"""When the daily sweep last ran and what it did."""

from __future__ import annotations

from django.db import models


class Sweep(models.Model):
    """One run of the sweep for one business date."""

    on = models.DateField(db_index=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"sweep of {self.on}"
