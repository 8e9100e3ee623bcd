"""The ledger: every change of a rate and every lump sum, append-only, with two dates (rule 3)."""

from __future__ import annotations

from django.db import models


class PayAction(models.Model):
    """One step of a person's pay: the rule that made it, its inputs, the figures before and after.

    Annual rates are whole dollars; `lump_sum` and `amount` are dollars and cents; percents are
    percents.
    """

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="pay_actions", db_index=False
    )
    order = models.ForeignKey(
        "pay.PayOrder", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    run = models.ForeignKey(
        "pay.PayRun", null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    effective = models.DateField()
    #: Rank among the actions of one date (R39).
    step = models.PositiveSmallIntegerField()
    #: Id of the first action of its chain of corrections: where it stands within its step.
    place = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    rule = models.CharField(max_length=8)
    rule_version = models.PositiveSmallIntegerField(default=1)
    citation = models.CharField(max_length=40)
    inputs = models.JSONField(default=dict)
    #: The parameters that the rule read, with the directive behind each.
    policy = models.JSONField(default=dict)
    band = models.ForeignKey(
        "classification.Band",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    basic_before = models.IntegerField(null=True)
    basic_after = models.IntegerField(null=True)
    uncapped = models.IntegerField(null=True)
    adjusted = models.IntegerField(null=True)
    supplement_kind = models.CharField(max_length=8, blank=True)
    supplement_percent = models.DecimalField(max_digits=7, decimal_places=4, default=0)
    supplement = models.IntegerField(default=0)
    retained = models.BooleanField(default=False)
    lump_sum = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    #: A special payment, which is never basic pay (5 CFR 9701.361-363).
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    #: Set where basic_after is below the band minimum because an increase is denied.
    below_minimum = models.BooleanField(default=False)
    actor = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    authority = models.CharField(max_length=160, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    annuls = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["employee", "effective", "step", "place"])]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "employee", "kind"],
                condition=models.Q(run__isnull=False, corrects__isnull=True),
                name="one_payment_of_a_run",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.employee_id} on {self.effective}"
