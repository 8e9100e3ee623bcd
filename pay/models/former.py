"""What the former system paid and promised, and who stays on one (5 CFR 9701.371-374)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class FormerSystem(models.TextChoices):
    GS = "GS", "General Schedule"
    FWS = "FWS", "Federal Wage System"
    SL = "SL", "Senior Level"
    ST = "ST", "Scientific and Professional"
    SES = "SES", "Senior Executive Service"


class FormerRate(models.Model):
    """Pay in the position of record just before a day of conversion; whole dollars a year.

    `same_day` holds the former system's actions of that day as [kind, total], the total None while
    one is not processed; `temporary_total` is that of a temporary promotion. `law_enforcement`: an
    officer of 5 U.S.C. 5541(3).
    """

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="former_rates"
    )
    converts_on = models.DateField()
    system = models.CharField(max_length=4, choices=FormerSystem.choices)
    basic = models.PositiveIntegerField()
    locality_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    special_rate = models.PositiveIntegerField(null=True)
    step = models.PositiveSmallIntegerField(null=True)
    next_step = models.PositiveIntegerField(null=True)
    days_served = models.PositiveIntegerField(default=0)
    retained = models.BooleanField(default=False)
    acceptable = models.BooleanField(default=True)
    law_enforcement = models.BooleanField(default=False)
    temporary_total = models.PositiveIntegerField(null=True)
    same_day = models.JSONField(default=list)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "converts_on"], name="one_former_rate_of_a_conversion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.basic} of {self.employee_id} before {self.converts_on}"


class ProgressionPlan(models.Model):
    """A progression plan set for an Entry/Developmental band, from its effective date on."""

    band = models.ForeignKey("classification.Band", on_delete=models.PROTECT, related_name="+")
    effective = models.DateField()
    authority = models.CharField(max_length=160)

    class Meta:
        ordering = ["band", "effective"]
        constraints = [
            models.UniqueConstraint(fields=["band", "effective"], name="one_plan_of_a_band")
        ]

    def __str__(self) -> str:
        return f"progression plan of {self.band_id} from {self.effective}"


class LadderState(models.TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


class LadderPromotion(Case):
    """A promotion that a former career ladder had in store, owed as an equal increase (373(f)).

    `before` and `after` are the ladder's rates, in whole dollars; `requirements_met` says that what
    the ladder required of the employee is certified.
    """

    subject_kind = "ladder_promotion"

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="ladder_promotions"
    )
    due_on = models.DateField()
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    requirements_met = models.BooleanField(default=False)
    authority = models.CharField(max_length=160)
    state = FSMField(
        max_length=12, choices=LadderState.choices, default=LadderState.SCHEDULED, protected=True
    )

    class Meta:
        ordering = ["employee", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "due_on"], name="one_ladder_promotion_of_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(after__gt=models.F("before"), before__gt=0),
                name="ladder_promotion_rises",
            ),
        ]

    def __str__(self) -> str:
        return f"ladder promotion of {self.employee_id} on {self.due_on}"

    @property
    def employee_key(self) -> int:
        return int(self.employee_id)

    @property
    def awaits_certification(self) -> bool:
        """Whether somebody has yet to say that what the ladder required is met."""
        return not self.requirements_met and self.state == LadderState.SCHEDULED

    @transition(field=state, source=LadderState.SCHEDULED, target=LadderState.PAID)
    def pay(self) -> None:
        """Its equivalent was paid."""

    @transition(field=state, source=LadderState.SCHEDULED, target=LadderState.CANCELLED)
    def cancel(self) -> None:
        """A progression plan governs, or it is not owed."""


class ParallelPaySystem(models.Model):
    """A coverage category that stays on a parallel pay system, as the Federal Air Marshal Service.

    5 CFR 9701.374: until it is modified after coordination with OPM, none of it is converted.
    `until` is the first day on which the system no longer stands in the way.
    """

    category = models.CharField(max_length=60, unique=True)
    since = models.DateField()
    authority = models.CharField(max_length=160)
    until = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=160, blank=True)
    coordination = models.ForeignKey(
        "governance.Coordination", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"parallel pay system of {self.category} since {self.since}"
