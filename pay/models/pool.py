"""Pay pools, who is in them, and what a point is worth in each level (5 CFR 9701.342(b), (c))."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class PayPool(models.Model):
    """A defined group whose payouts come from one sum of money."""

    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=160)
    organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.PROTECT
    )

    #: Who manages it, the directive that established it, and from when; empty for one taken over.
    manager = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    directive = models.ForeignKey(
        "governance.Directive", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class PoolMembership(models.Model):
    """An employee in a pool for a time; exactly one pool at a time."""

    pool = models.ForeignKey("pay.PayPool", on_delete=models.PROTECT, related_name="memberships")
    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="pool_memberships"
    )
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_pool_at_a_time",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.pool_id}"


class PointPattern(models.Model):
    """Points of each level of rating in one pool from a date on, as {"AE": "4", ...}."""

    pool = models.ForeignKey("pay.PayPool", on_delete=models.CASCADE, related_name="patterns")
    starts = models.DateField()
    points = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "starts"], name="one_pattern_from_a_date")
        ]
        ordering = ["pool", "starts"]

    def __str__(self) -> str:
        return f"{self.pool_id} from {self.starts}"
