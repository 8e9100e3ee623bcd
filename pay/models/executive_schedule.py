"""Rates of the Executive Schedule that cap pay (5 U.S.C. 5313, 5314; 5 CFR 9701.312)."""

from __future__ import annotations

from django.db import models


class ExecutiveSchedule(models.Model):
    """Annual rate of one level from a date on; whole dollars."""

    level = models.CharField(max_length=3, choices=[("II", "II"), ("III", "III")])
    rate = models.PositiveIntegerField()
    starts = models.DateField()
    #: Level II: whether the certification of 5 U.S.C. 5307(d) is in force (5 CFR 9701.312(b)).
    certified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "starts"], name="one_rate_of_a_level_from_a_date"
            )
        ]
        ordering = ["level", "starts"]

    def __str__(self) -> str:
        return f"level {self.level}: {self.rate:,} from {self.starts}"
