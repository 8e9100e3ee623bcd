"""The payout of a pool without a run: what a point was worth, for whoever missed it."""

from __future__ import annotations

from django.db import models


class PoolPayout(models.Model):
    """One payout of one pool that was paid at once; append-only. Of a run, the run itself says it.

    5 CFR 9701.342(f), (g): somebody who was away is credited by the value and the pattern of it.
    """

    pool = models.ForeignKey("pay.PayPool", on_delete=models.PROTECT, related_name="payouts")
    effective = models.DateField()
    #: Last day of the appraisal period that is paid for.
    period_end = models.DateField()
    mode = models.CharField(max_length=16)
    #: Dollars, or a percent of basic pay; empty where nobody had points.
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    #: First day of the time between payouts; empty where nobody is prorated.
    since = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["effective"])]

    def __str__(self) -> str:
        return f"{self.pool_id} on {self.effective}"
