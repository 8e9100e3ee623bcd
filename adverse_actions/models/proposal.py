"""A delivered proposal of adverse action (5 CFR 9701.609)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class ActionKind(models.TextChoices):
    REMOVAL = "removal", "Removal"
    DEMOTION = "demotion", "Demotion"
    REDUCTION_IN_PAY = "reduction_in_pay", "Reduction in pay"
    SUSPENSION = "suspension", "Suspension"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Proposal(EmployeeCase):
    """The notice of a proposed action, by the date it was delivered to the employee."""

    subject_kind = "proposal"

    kind = models.CharField(max_length=20, choices=ActionKind.choices)
    ref = models.CharField(max_length=60, blank=True)
    delivered_on = models.DateField()
    delivery = models.CharField(max_length=200, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    state = FSMField(
        max_length=12,
        choices=ProposalState.choices,
        default=ProposalState.PROPOSED,
        protected=True,
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"proposed {self.get_kind_display().lower()} of {self.employee}"

    @transition(field=state, source=ProposalState.PROPOSED, target=ProposalState.WITHDRAWN)
    def withdraw(self, *, on: object) -> None:
        """The Department takes the proposal back."""
        self.withdrawn_on = on  # type: ignore[assignment]
