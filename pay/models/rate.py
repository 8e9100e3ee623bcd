"""The projection of the ledger: the rate in force from a date on, one narrow row a change."""

from __future__ import annotations

from django.db import models


class PayRate(models.Model):
    """What an employee is paid from `starts` until the next row; `basic` null after separation."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="pay_rates", db_index=False
    )
    starts = models.DateField()
    band = models.ForeignKey(
        "classification.Band",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
    )
    basic = models.IntegerField(null=True)
    uncapped = models.IntegerField(null=True)
    adjusted = models.IntegerField(null=True)
    supplement_kind = models.CharField(max_length=8, blank=True)
    supplement_percent = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    retained = models.BooleanField(default=False)
    below_minimum = models.BooleanField(default=False)
    action = models.ForeignKey(
        "pay.PayAction", on_delete=models.PROTECT, db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "starts"], name="one_rate_from_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.basic} from {self.starts}"
