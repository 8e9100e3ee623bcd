"""Locality and special rate supplements (5 CFR 9701.331-333)."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models


class LocalityArea(models.Model):
    """A locality pay area, by its code in the published tables."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=160)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SupplementKind(models.TextChoices):
    LOCALITY = "locality", "Locality rate supplement"
    SPECIAL = "special", "Special rate supplement"


class Supplement(models.Model):
    """A published percent of basic pay, for an area or a special category, for one band or all."""

    kind = models.CharField(max_length=8, choices=SupplementKind.choices)
    #: The locality area's code, or the special rate category's.
    key = models.CharField(max_length=24)
    band = models.ForeignKey(
        "classification.Band", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    period = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=0), name="supplement_percent_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.percent} %"
