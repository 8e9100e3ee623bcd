"""Hours paid by pay period, as payroll reports them; back pay is figured from them (R37)."""

from __future__ import annotations

from django.db import models


class HoursPaid(models.Model):
    """Hours of one employee in one biweekly pay period, by its first day.

    `hours` are paid at the hourly rate; `premium_hours` are hours of premium pay at their multiple,
    so that 4 hours at time and a half are 6.
    """

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="hours_paid"
    )
    period_starts = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    premium_hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "period_starts"], name="hours_paid_once_a_period"
            ),
            models.CheckConstraint(
                condition=models.Q(hours__gte=0) & models.Q(premium_hours__gte=0),
                name="hours_paid_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.hours} hours from {self.period_starts}"
