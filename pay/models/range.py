"""Band rate ranges (5 CFR 9701.304 "Band rate range", .321)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class RateRange(models.Model):
    """Minimum and maximum annual rates of basic pay of a band for a time; whole dollars."""

    band = models.ForeignKey(
        "classification.Band", on_delete=models.PROTECT, related_name="rate_ranges"
    )
    minimum = models.PositiveIntegerField()
    maximum = models.PositiveIntegerField()
    period = DateRangeField()
    #: What stands for the band in a reduction in force (5 CFR 9701.357(e)); empty until it is set.
    representative_rate = models.PositiveIntegerField(null=True, blank=True)
    #: The run that set it; empty for the initial ranges.
    run = models.ForeignKey(
        "pay.PayRun", null=True, blank=True, on_delete=models.PROTECT, related_name="ranges"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_range_of_a_band_at_a_time",
                expressions=[
                    ("band", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(minimum__gt=0) & models.Q(minimum__lt=models.F("maximum")),
                name="range_minimum_below_maximum",
            ),
            models.CheckConstraint(
                condition=models.Q(representative_rate__isnull=True)
                | models.Q(
                    representative_rate__gte=models.F("minimum"),
                    representative_rate__lte=models.F("maximum"),
                ),
                name="representative_rate_in_the_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band.code} {self.minimum:,} to {self.maximum:,}"
