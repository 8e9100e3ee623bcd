"""Dealing with poor performance (5 CFR 9701.408(b))."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class PoorPerformanceState(models.TextChoices):
    OPENED = "opened", "Opened"
    CONSIDERED = "considered", "Options considered"
    CHOSEN = "chosen", "Action chosen"
    ACTED = "acted", "Acted on"
    CLOSED = "closed", "Closed"


class PoorPerformanceOutcome(models.TextChoices):
    NONE = "", "Not closed"
    IMPROVED = "improved", "Performance improved"
    ADVERSE_ACTION = "adverse_action", "Adverse action"
    OTHER = "other", "Other"


class RemedyKind(models.TextChoices):
    """The options that 5 CFR 9701.408(b)(1) names; the list is not closed."""

    TRAINING = "training", "Remedial training"
    IMPROVEMENT_PERIOD = "improvement_period", "Improvement period"
    REASSIGNMENT = "reassignment", "Reassignment"
    ORAL_WARNING = "oral_warning", "Oral warning"
    COUNSELING = "counseling", "Letter of counseling"
    REPRIMAND = "reprimand", "Written reprimand"
    ADVERSE_ACTION = "adverse_action", "Adverse action"
    OTHER = "other", "Other"


class PoorPerformanceRecord(EmployeeCase):
    """What was found unacceptable during the period, and what was done about it."""

    subject_kind = "poor_performance"

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="poor_performance_records"
    )
    state = FSMField(
        max_length=12,
        choices=PoorPerformanceState.choices,
        default=PoorPerformanceState.OPENED,
        protected=True,
    )
    determined_on = models.DateField()
    determined_by = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="+"
    )
    #: Expectations that were not met: communicated ones only. Conduct needs none.
    not_met = models.ManyToManyField("performance.Expectation", blank=True, related_name="+")
    conduct = models.BooleanField(
        default=False, help_text="Conduct, which is always expected (5 CFR 9701.406(b))."
    )
    work_from = models.DateField()
    work_to = models.DateField()
    facts = models.TextField()
    nature_and_gravity = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    circumstances = models.TextField(blank=True)
    outcome = models.CharField(
        max_length=16,
        choices=PoorPerformanceOutcome.choices,
        default=PoorPerformanceOutcome.NONE,
        blank=True,
    )
    outcome_note = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["employee", "-determined_on", "-id"]

    def __str__(self) -> str:
        return f"poor performance of {self.employee}, {self.determined_on}"

    @transition(
        field=state, source=PoorPerformanceState.OPENED, target=PoorPerformanceState.CONSIDERED
    )
    def consider(self) -> None:
        """Every option was considered."""

    @transition(
        field=state, source=PoorPerformanceState.CONSIDERED, target=PoorPerformanceState.CHOSEN
    )
    def choose(self) -> None:
        """At least one action was chosen."""

    @transition(field=state, source=PoorPerformanceState.CHOSEN, target=PoorPerformanceState.ACTED)
    def act(self) -> None:
        """What was chosen was done."""

    @transition(
        field=state,
        source=[PoorPerformanceState.CHOSEN, PoorPerformanceState.ACTED],
        target=PoorPerformanceState.CLOSED,
    )
    def close(self, *, outcome: str, note: str, on: object) -> None:
        """What came of it."""
        self.outcome = outcome
        self.outcome_note = note
        self.closed_on = on  # type: ignore[assignment]


class Remedy(models.Model):
    """One option: considered suitable or not, chosen or not, and when it was done."""

    record = models.ForeignKey(
        "performance.PoorPerformanceRecord", on_delete=models.CASCADE, related_name="remedies"
    )
    kind = models.CharField(max_length=20, choices=RemedyKind.choices)
    #: What it is; "Other" only.
    title = models.CharField(max_length=120, blank=True)
    suitable = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)
    chosen_for = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["record", "id"]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())
