"""Performance management systems and their levels (5 CFR 9701.405, .409(a))."""

from __future__ import annotations

from django.db import models

#: The code of the Department's system, where no other is named.
STANDARD_SYSTEM = "DHS"


class PerformanceSystem(models.Model):
    """A system: its levels and the directive behind it. No cap on any level can be written."""

    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=160)
    directive = models.ForeignKey(
        "governance.Directive", null=True, blank=True, on_delete=models.PROTECT
    )

    def __str__(self) -> str:
        return self.title


class RatingLevel(models.Model):
    """One summary level of a system; rank 1 is the best."""

    system = models.ForeignKey(
        "performance.PerformanceSystem", on_delete=models.CASCADE, related_name="levels"
    )
    code = models.CharField(max_length=4)
    title = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    unacceptable = models.BooleanField(default=False)
    fully_successful = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="one_level_of_a_code"),
            models.UniqueConstraint(
                fields=["system"],
                condition=models.Q(unacceptable=True),
                name="one_unacceptable_level",
            ),
            models.UniqueConstraint(
                fields=["system"],
                condition=models.Q(fully_successful=True),
                name="one_fully_successful_level",
            ),
        ]
        ordering = ["system", "rank"]

    def __str__(self) -> str:
        return self.title
