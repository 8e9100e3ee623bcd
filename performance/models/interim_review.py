"""Interim performance reviews (5 CFR 9701.407(b))."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class InterimReviewState(models.TextChoices):
    DRAFT = "draft", "Draft"
    HELD = "held", "Held"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    NOT_ACKNOWLEDGED = "not_acknowledged", "Not acknowledged"


class Progress(models.TextChoices):
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    NOT_MEETING = "not_meeting", "Not meeting"


class InterimReview(EmployeeCase):
    """A review held inside the period; it carries no summary level, because it is no rating."""

    subject_kind = "interim_review"

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="interim_reviews"
    )
    state = FSMField(
        max_length=20,
        choices=InterimReviewState.choices,
        default=InterimReviewState.DRAFT,
        protected=True,
    )
    held_on = models.DateField()
    held_by = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    #: Whether the employee has the tools and resources that the work needs, and what is lacking.
    tools_adequate = models.BooleanField(null=True, blank=True)
    tools_note = models.TextField(blank=True)
    development = models.TextField(blank=True)
    employee_comments = models.TextField(blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    #: Why the employee did not acknowledge it.
    not_acknowledged_note = models.TextField(blank=True)

    class Meta:
        ordering = ["plan", "held_on", "id"]

    def __str__(self) -> str:
        return f"interim review of {self.held_on}"

    @transition(field=state, source=InterimReviewState.DRAFT, target=InterimReviewState.DRAFT)
    def edit(self) -> None:
        """The supervisor goes on preparing it."""

    @transition(field=state, source=InterimReviewState.DRAFT, target=InterimReviewState.HELD)
    def hold(self) -> None:
        """It was held; the employee reads it."""

    @transition(field=state, source=InterimReviewState.HELD, target=InterimReviewState.ACKNOWLEDGED)
    def acknowledge(self, *, on: object, comments: str) -> None:
        """The employee has read it."""
        self.acknowledged_on = on  # type: ignore[assignment]
        self.employee_comments = comments

    @transition(
        field=state, source=InterimReviewState.HELD, target=InterimReviewState.NOT_ACKNOWLEDGED
    )
    def note_refusal(self, *, on: object, note: str) -> None:
        """The employee would not acknowledge it, or could not; the note says which."""
        self.acknowledged_on = on  # type: ignore[assignment]
        self.not_acknowledged_note = note


class InterimProgress(models.Model):
    """How one expectation stands at the review."""

    review = models.ForeignKey(
        "performance.InterimReview", on_delete=models.CASCADE, related_name="progress"
    )
    expectation = models.ForeignKey("performance.Expectation", on_delete=models.PROTECT)
    progress = models.CharField(max_length=12, choices=Progress.choices)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "expectation"], name="one_progress_of_an_expectation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expectation}: {self.get_progress_display()}"
