"""Special skills, assignment and staffing payments on record (5 CFR 9701.361-363)."""

from __future__ import annotations

from django.db import models


class SpecialPaymentKind(models.TextChoices):
    SKILLS = "skills", "Special skills payment"
    ASSIGNMENT = "assignment", "Special assignment payment"
    STAFFING = "staffing", "Special staffing payment"


class PaymentSchedule(models.TextChoices):
    PAY_PERIOD = "pay_period", "Every pay period"
    LUMP_SUM = "lump_sum", "Once, as a lump sum"


class SpecialPayment(models.Model):
    """A payment beside basic pay from its first day through its last; never a rate of pay.

    `amount` is dollars and cents a pay period, or once. `ends` is the last day on which it accrues,
    empty while it runs. `replaces` is the one that it reduced.
    """

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="special_payments"
    )
    kind = models.CharField(max_length=12, choices=SpecialPaymentKind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    schedule = models.CharField(max_length=12, choices=PaymentSchedule.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    #: When somebody looks again at whether the conditions hold.
    review_on = models.DateField(null=True, blank=True)
    action = models.OneToOneField("pay.PayAction", on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT)
    ended_for = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["employee", "starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="special_payment_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="special_payment_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.amount} from {self.starts}"
