"""The correction of a wrong rating's consequences for pay, and what is owed by it (R37)."""

from __future__ import annotations

from django.db import models


class Correction(models.Model):
    """One overturned rating: the levels, the reference behind it, and the back pay; append-only.

    `since` is the first date on which pay changed, None where none did. `amount` is back pay in
    dollars and cents, without interest; `inputs` are those of the rule, which replay it (R37).
    `interest` is None where no interest rates are on record to figure it with.
    """

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="pay_corrections"
    )
    rating = models.ForeignKey(
        "performance.RatingOfRecord", on_delete=models.PROTECT, related_name="+"
    )
    level_before = models.CharField(max_length=4)
    level_after = models.CharField(max_length=4)
    reference = models.CharField(max_length=120)
    decided_on = models.DateField()
    corrected_on = models.DateField()
    since = models.DateField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    interest = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    inputs = models.JSONField(default=dict)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "corrected_on"])]

    def __str__(self) -> str:
        return f"correction of {self.corrected_on} for {self.employee_id}"


class InterestRate(models.Model):
    """The rate of 26 U.S.C. 6621(a)(1) from the first day of a quarter on; 8 is 8 % a year."""

    starts = models.DateField(unique=True)
    percent = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__gte=0), name="interest_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.percent} % from {self.starts}"
