"""Locality and special rate supplements (5 CFR 9701.331-333)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce


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
            ExclusionConstraint(
                name="one_supplement_of_a_key_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    (Coalesce("band", 0), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0), name="supplement_percent_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.percent} %"


class Need(models.TextChoices):
    CURRENT = "current", "Current"
    ANTICIPATED = "anticipated", "Anticipated"


class SpecialRate(models.Model):
    """What an implementing directive says of one special rate category (5 CFR 9701.333).

    Without one in force for category, bands and percentage, no special rate supplement is adjusted.
    """

    directive = models.ForeignKey("governance.Directive", on_delete=models.PROTECT)
    category = models.CharField(max_length=24)
    title = models.CharField(max_length=160)
    #: Which employees belong to the category, in words.
    membership = models.TextField()
    #: Codes of the bands; empty for all.
    bands = models.JSONField(default=list, blank=True)
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    need = models.CharField(max_length=12, choices=Need.choices)
    #: What recruitment or retention makes it necessary.
    finding = models.TextField()

    class Meta:
        ordering = ["category", "directive"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "category"], name="one_special_rate_of_a_directive"
            ),
            models.CheckConstraint(
                condition=~models.Q(finding="") & ~models.Q(membership=""),
                name="special_rate_has_its_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.category})"
