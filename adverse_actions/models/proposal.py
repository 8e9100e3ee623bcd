"""A delivered proposal of adverse action, and what was decided on it (5 CFR 9701.609, .611)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django_fsm import FSMField, transition

from classification.models import Position
from workforce.models import EmployeeCase


class ActionKind(models.TextChoices):
    REMOVAL = "removal", "Removal"
    DEMOTION = "demotion", "Demotion"
    REDUCTION_IN_PAY = "reduction_in_pay", "Reduction in pay"
    SUSPENSION = "suspension", "Suspension"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DECIDED = "decided", "Decided, not yet in effect"
    EFFECTED = "effected", "In effect"
    NOT_SUSTAINED = "not_sustained", "Not sustained"


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
        max_length=16,
        choices=ProposalState.choices,
        default=ProposalState.PROPOSED,
        protected=True,
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    #: The day on which the decision was delivered to the employee.
    decided_on = models.DateField(null=True, blank=True)
    #: Unacceptable performance or conduct, for a reduction in pay.
    ground = models.CharField(max_length=32, blank=True)
    #: What a demotion or a reduction was decided to be; whole dollars.
    decided_basic = models.PositiveIntegerField(null=True, blank=True)
    decided_position = models.ForeignKey(
        "classification.Position",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_effective = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"proposed {self.get_kind_display().lower()} of {self.employee}"

    @transition(field=state, source=ProposalState.PROPOSED, target=ProposalState.WITHDRAWN)
    def withdraw(self, *, on: object) -> None:
        """The Department takes the proposal back."""
        self.withdrawn_on = on  # type: ignore[assignment]

    @transition(field=state, source=ProposalState.PROPOSED, target=ProposalState.DECIDED)
    def sustain(
        self,
        *,
        delivered_on: date,
        effective: date,
        ground: str,
        position: Position | None,
        basic: int | None,
    ) -> None:
        """The decision is to act; it takes effect on its date (5 CFR 9701.611)."""
        self.decided_on = delivered_on
        self.decided_effective = effective
        self.ground = ground
        self.decided_position = position
        self.decided_basic = basic

    @transition(field=state, source=ProposalState.PROPOSED, target=ProposalState.NOT_SUSTAINED)
    def not_sustain(self, *, delivered_on: date) -> None:
        """The decision is not to act."""
        self.decided_on = delivered_on

    @transition(field=state, source=ProposalState.DECIDED, target=ProposalState.EFFECTED)
    def take_effect(self) -> None:
        """The effective date has come."""
