"""Appraisals that are no rating of record, and what gives rise to them.

5 CFR 9701.405(b)(6), .409(h).
"""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class CircumstanceKind(models.TextChoices):
    """Special circumstances of 5 CFR 9701.405(b)(6)."""

    DETAIL = "detail", "Detail"
    TRANSFER = "transfer", "Transfer"
    TEMPORARY_PROMOTION = "temporary_promotion", "Temporary promotion"
    CHANGE_OF_SUPERVISOR = "change_of_supervisor", "Change of supervisor"
    LONG_ABSENCE = "long_absence", "Long approved absence"
    NEW_HIRE = "new_hire", "New hire"
    UNIFORMED_SERVICE = "uniformed_service", "Uniformed service"
    INJURY_COMPENSATION = "injury_compensation", "Workers' compensation"


class SpecialCircumstance(EmployeeCase):
    """One circumstance of one employee: its dates, who rates, and whether an appraisal is owed."""

    subject_kind = "special_circumstance"

    kind = models.CharField(max_length=24, choices=CircumstanceKind.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    rated_by = models.ForeignKey(
        "workforce.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appraisal_owed = models.BooleanField(default=False)
    #: Who owes the appraisal: the supervisor of the time that ends.
    appraised_by = models.ForeignKey(
        "workforce.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["employee", "-starts", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts}"


class AppraisalPurpose(models.TextChoices):
    DETAIL = "detail", "End of a detail"
    TRANSFER = "transfer", "Transfer"
    DEPARTING_SUPERVISOR = "departing_supervisor", "Departing supervisor"


class AppraisalState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    GIVEN = "given", "Given to the employee"


class Appraisal(EmployeeCase):
    """An additional appraisal under 5 CFR 9701.409(h); never a rating of record."""

    subject_kind = "appraisal"

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="appraisals"
    )
    state = FSMField(
        max_length=8, choices=AppraisalState.choices, default=AppraisalState.DRAFT, protected=True
    )
    purpose = models.CharField(max_length=24, choices=AppraisalPurpose.choices)
    circumstance = models.ForeignKey(
        "performance.SpecialCircumstance",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appraisals",
    )
    prepared_by = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="+"
    )
    covers_from = models.DateField()
    covers_to = models.DateField()
    progress = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["employee", "-covers_to", "-id"]

    def __str__(self) -> str:
        return f"appraisal of {self.employee}, {self.covers_from} to {self.covers_to}"

    @transition(field=state, source=AppraisalState.DRAFT, target=AppraisalState.DRAFT)
    def edit(self) -> None:
        """The supervisor goes on writing."""

    @transition(field=state, source=AppraisalState.DRAFT, target=AppraisalState.SIGNED)
    def sign(self, *, at: object) -> None:
        """The supervisor signs it."""
        self.signed_at = at  # type: ignore[assignment]

    @transition(field=state, source=AppraisalState.SIGNED, target=AppraisalState.GIVEN)
    def give(self, *, on: object) -> None:
        """The employee has it."""
        self.given_on = on  # type: ignore[assignment]


class AppraisalItem(models.Model):
    """A level suggested for one expectation: an input to a rating, and nothing more."""

    appraisal = models.ForeignKey(
        "performance.Appraisal", on_delete=models.CASCADE, related_name="items"
    )
    expectation = models.ForeignKey("performance.Expectation", on_delete=models.PROTECT)
    suggested = models.ForeignKey(
        "performance.RatingLevel", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "expectation"], name="one_suggestion_of_an_expectation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expectation}"
