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
    #: Two levels outside Entry/Developmental: the extraordinary circumstances (.409(a)(3)).
    determination = models.TextField(blank=True)
    determined_by = models.CharField(max_length=120, blank=True)
    determined_on = models.DateField(null=True, blank=True)
    #: The first day of the first period to which it applies; None where nobody put it into force.
    starts = models.DateField(null=True, blank=True)
    #: The clause of the directive for each heading of 5 CFR 9701.405(b)(5).
    procedures = models.JSONField(default=dict, blank=True)
    #: Who rates, and whether an appraisal is owed, for each kind of 5 CFR 9701.405(b)(6).
    special_rules = models.JSONField(default=dict, blank=True)
    #: For what an appraisal of 5 CFR 9701.409(h) may be prepared.
    appraisal_purposes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class SystemCoverage(models.Model):
    """Whom a system covers from a date on (5 CFR 9701.405(b)(1)); the narrowest one holds."""

    system = models.ForeignKey(
        "performance.PerformanceSystem", on_delete=models.PROTECT, related_name="coverage"
    )
    starts = models.DateField()
    #: A band level of classification; blank for all.
    band_level = models.CharField(max_length=24, blank=True)
    #: A category of 5 CFR 9701.102(b); blank for all.
    category = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["starts", "band_level", "category"], name="one_system_of_a_group"
            )
        ]
        ordering = ["starts", "id"]

    def __str__(self) -> str:
        return f"{self.system} from {self.starts}"


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
