"""Requests for reconsideration of a classification (5 CFR 9701.222)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class RequestState(models.TextChoices):
    FILED_DHS = "filed_dhs", "Filed with DHS"
    UNDER_DHS_REVIEW = "under_dhs_review", "Under review by DHS"
    DHS_DECIDED = "dhs_decided", "Decided by DHS"
    FILED_OPM = "filed_opm", "Filed with OPM"
    UNDER_OPM_REVIEW = "under_opm_review", "Under review by OPM"
    OPM_DECIDED = "opm_decided", "Decided by OPM, final"
    CANCELLED = "cancelled", "Withdrawn by the employee"
    MOOT = "moot", "Moot: the employee left the position"


class Forum(models.TextChoices):
    DHS = "DHS", "DHS"
    OPM = "OPM", "OPM"


class IssueKind(models.TextChoices):
    """The four things of 5 CFR 9701.222(a)."""

    PAY_SYSTEM = "pay_system", "Pay system"
    CLUSTER = "cluster", "Occupational cluster"
    SERIES = "series", "Occupational series"
    BAND = "band", "Band"


class Outcome(models.TextChoices):
    NONE = "", "Open"
    SUSTAINED = "sustained", "Sustained"
    CHANGED = "changed", "Changed"


OPEN_STATES = [
    RequestState.FILED_DHS,
    RequestState.UNDER_DHS_REVIEW,
    RequestState.FILED_OPM,
    RequestState.UNDER_OPM_REVIEW,
]


class Request(EmployeeCase):
    """One request of one employee about the position of record, through DHS, then OPM."""

    subject_kind = "reconsideration"

    position = models.ForeignKey("classification.Position", on_delete=models.PROTECT)
    #: The classification decision that is contested.
    contested = models.ForeignKey(
        "classification.ClassificationDecision", on_delete=models.PROTECT, related_name="+"
    )
    issues = ArrayField(models.CharField(max_length=12, choices=IssueKind.choices))
    argument = models.TextField(blank=True)
    requested_classification = models.TextField(blank=True)
    filed_on = models.DateField()
    ref = models.CharField(max_length=60, blank=True)
    state = FSMField(
        max_length=20, choices=RequestState.choices, default=RequestState.FILED_DHS, protected=True
    )
    dhs_outcome = models.CharField(
        max_length=12, choices=Outcome.choices, default=Outcome.NONE, blank=True
    )
    dhs_decided_on = models.DateField(null=True, blank=True)
    dhs_decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dhs_reason = models.TextField(blank=True)
    opm_filed_on = models.DateField(null=True, blank=True)
    opm_argument = models.TextField(blank=True)
    opm_outcome = models.CharField(
        max_length=12, choices=Outcome.choices, default=Outcome.NONE, blank=True
    )
    opm_decided_on = models.DateField(null=True, blank=True)
    opm_decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opm_reason = models.TextField(blank=True)
    #: The decision that a changed outcome made.
    resulting = models.ForeignKey(
        "classification.ClassificationDecision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"reconsideration {self.pk} of {self.position.number}"

    @transition(field=state, source=RequestState.FILED_DHS, target=RequestState.UNDER_DHS_REVIEW)
    def take_up(self) -> None:
        """A specialist of the Department begins the review."""

    @transition(field=state, source=RequestState.UNDER_DHS_REVIEW, target=RequestState.DHS_DECIDED)
    def decide(self, *, outcome: str, reason: str, on: object, by: object) -> None:
        """The Department's determination (5 CFR 9701.222(b))."""
        self.dhs_outcome = outcome
        self.dhs_reason = reason
        self.dhs_decided_on = on  # type: ignore[assignment]
        self.dhs_decided_by = by  # type: ignore[assignment]

    @transition(field=state, source=RequestState.DHS_DECIDED, target=RequestState.FILED_OPM)
    def take_to_opm(self, *, argument: str, on: object) -> None:
        """The employee asks OPM to review the Department's determination (5 CFR 9701.222(c))."""
        self.opm_filed_on = on  # type: ignore[assignment]
        self.opm_argument = argument

    @transition(field=state, source=RequestState.FILED_OPM, target=RequestState.UNDER_OPM_REVIEW)
    def take_up_at_opm(self) -> None:
        """OPM begins its review."""

    @transition(field=state, source=RequestState.UNDER_OPM_REVIEW, target=RequestState.OPM_DECIDED)
    def decide_at_opm(self, *, outcome: str, reason: str, on: object, by: object) -> None:
        """OPM's determination; final (5 CFR 9701.222(d))."""
        self.opm_outcome = outcome
        self.opm_reason = reason
        self.opm_decided_on = on  # type: ignore[assignment]
        self.opm_decided_by = by  # type: ignore[assignment]
        self.closed_on = on  # type: ignore[assignment]

    @transition(field=state, source=OPEN_STATES, target=RequestState.CANCELLED)
    def cancel(self, *, on: object) -> None:
        """The employee withdraws the request."""
        self.closed_on = on  # type: ignore[assignment]

    @transition(field=state, source=OPEN_STATES, target=RequestState.MOOT)
    def make_moot(self, *, on: object) -> None:
        """A person found that the employee no longer holds the position."""
        self.closed_on = on  # type: ignore[assignment]
