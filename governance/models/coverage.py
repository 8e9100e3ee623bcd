"""Which category of employees a subpart applies to, from when (5 CFR 9701.102(b))."""

from __future__ import annotations

from django.db import models


class Coverage(models.Model):
    """A subpart applied to a category from a date, until it is rescinded."""

    category = models.CharField(max_length=60)
    subpart = models.CharField(max_length=1)
    effective = models.DateField()
    rescinded = models.DateField(null=True, blank=True)
    coordination = models.ForeignKey(
        "governance.Coordination", null=True, blank=True, on_delete=models.PROTECT
    )
    determined_by = models.CharField(max_length=160, blank=True)
    employees_notified_on = models.DateField(null=True, blank=True)
    labor_notified_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "subpart", "effective"], name="one_coverage_from_a_date"
            )
        ]
        ordering = ["category", "subpart", "effective"]

    def __str__(self) -> str:
        return f"subpart {self.subpart} for {self.category} from {self.effective}"
