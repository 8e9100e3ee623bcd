"""What the payout of a pool rests on for each member, frozen when the run is approved."""

from __future__ import annotations

from django.db import models


class PayoutLine(models.Model):
    """One member of a pool in one payout: rating used, points, proration, basic pay, result."""

    run = models.ForeignKey(
        "pay.PayRun",
        on_delete=models.CASCADE,
        related_name="lines",
        db_constraint=False,
        db_index=False,
    )
    pool = models.ForeignKey(
        "pay.PayPool", on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    employee = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT)
    level = models.CharField(max_length=4)
    #: "rating" or "modal"
    level_source = models.CharField(max_length=8)
    rating = models.ForeignKey(
        "performance.RatingOfRecord",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    points = models.DecimalField(max_digits=6, decimal_places=2)
    #: Exact, as "280/364".
    proration = models.CharField(max_length=24)
    basic = models.IntegerField()
    band_maximum = models.IntegerField()
    retained = models.BooleanField(default=False)
    amount = models.IntegerField()
    increase = models.IntegerField()
    lump_sum = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "employee"], name="one_line_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.amount}"
