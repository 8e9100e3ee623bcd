"""What was decided about a person's pay; what the rules made of it is in the ledger (rule 2)."""

from __future__ import annotations

from django.db import models


class OrderKind(models.TextChoices):
    STARTING_PAY = "starting_pay", "Starting pay"
    CONVERSION = "conversion", "Conversion"
    RANGE_ADJUSTMENT = "range_adjustment", "Rate range adjustment"
    SUPPLEMENT_ADJUSTMENT = "supplement_adjustment", "Supplement adjustment"
    PAYOUT = "payout", "Performance payout"
    RELEASE = "release", "Release of a denied increase"
    DEFAULT = "minimum_by_default", "Minimum rate by default"
    PROMOTION = "promotion", "Promotion"
    REASSIGNMENT = "reassignment", "Reassignment"
    RETURN_TO_DUTY = "return_to_duty", "Return to duty"
    DEMOTION = "demotion", "Demotion"
    WITHIN_BAND_REDUCTION = "within_band_reduction", "Reduction within the band"
    WITHIN_BAND_INCREASE = "within_band_increase", "Special increase within the band"
    DEVELOPMENTAL = "developmental", "Developmental increase"
    CAREER_LADDER = "career_ladder", "Equivalent of a career ladder promotion"
    BEFORE_GS_MOVE = "before_gs_move", "Increase before a move to the General Schedule"
    SPECIAL_PAYMENT = "special_payment", "Special payment"
    CAP_CHANGE = "cap_change", "Change of the maximum rate"
    SEPARATION = "separation", "Separation"
    CORRECTION = "correction", "Correction of a wrong rating"
    CANCELLATION = "cancellation", "Cancellation of an action posted in error"


class PayOrder(models.Model):
    """One decision: kind, effective date, chosen figures, and on whose authority; append-only."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="pay_orders"
    )
    kind = models.CharField(max_length=24, choices=OrderKind.choices)
    effective = models.DateField()
    chosen = models.JSONField(default=dict)
    authority = models.CharField(max_length=160)
    run = models.ForeignKey(
        "pay.PayRun", null=True, blank=True, on_delete=models.PROTECT, db_constraint=False
    )
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "effective"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.employee_id} on {self.effective}"
