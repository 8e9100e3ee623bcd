"""Occupational series (5 CFR 9701.204 "Occupational series")."""

from __future__ import annotations

from django.db import models


class OccupationalSeries(models.Model):
    """A family of similar positions, by the number that OPM or DHS gave it."""

    code = models.CharField(max_length=4, unique=True)
    title = models.CharField(max_length=160)
    cluster = models.ForeignKey(
        "classification.OccupationalCluster", on_delete=models.PROTECT, related_name="series"
    )

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "occupational series"

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
