"""Bands: levels of work inside a cluster (5 CFR 9701.212)."""

from __future__ import annotations

from django.db import models


class BandLevel(models.TextChoices):
    ENTRY_DEVELOPMENTAL = "entry_developmental", "Entry/Developmental"
    FULL_PERFORMANCE = "full_performance", "Full Performance"
    SENIOR_EXPERT = "senior_expert", "Senior Expert"
    SUPERVISORY = "supervisory", "Supervisory"


class Band(models.Model):
    """A band of a cluster; `rank` orders the bands of one cluster from low to high."""

    code = models.CharField(max_length=24, unique=True)
    cluster = models.ForeignKey(
        "classification.OccupationalCluster", on_delete=models.PROTECT, related_name="bands"
    )
    level = models.CharField(max_length=24, choices=BandLevel.choices)
    rank = models.PositiveSmallIntegerField()
    definition = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "rank"], name="one_band_of_a_rank")
        ]
        ordering = ["cluster", "rank"]

    def __str__(self) -> str:
        return f"{self.cluster.title}, {self.get_level_display()}"
