"""Occupational clusters (5 CFR 9701.211)."""

from __future__ import annotations

from django.db import models


class OccupationalCluster(models.Model):
    """One or more related occupations, with the criteria and rationale of their grouping."""

    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=160)
    rationale = models.TextField(blank=True)
    directive = models.ForeignKey(
        "governance.Directive", null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title
