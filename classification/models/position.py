"""Positions, and the state of their description and classification (5 CFR 9701.204, 9701.221)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class PositionState(models.TextChoices):
    DESCRIBED = "described", "Described"
    CLASSIFIED = "classified", "Classified"
    ABOLISHED = "abolished", "Abolished"


class Position(Case):
    """Duties assigned to one employee; series and band are as the decision in force says."""

    subject_kind = "position"

    number = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT)
    supervisory = models.BooleanField(default=False)
    state = FSMField(
        max_length=12,
        choices=PositionState.choices,
        default=PositionState.DESCRIBED,
        protected=True,
    )

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @transition(
        field=state,
        source=[PositionState.DESCRIBED, PositionState.CLASSIFIED],
        target=PositionState.CLASSIFIED,
    )
    def classify(self) -> None:
        """A decision gave it series, cluster and band."""

    @transition(
        field=state,
        source=[PositionState.DESCRIBED, PositionState.CLASSIFIED],
        target=PositionState.ABOLISHED,
    )
    def abolish(self) -> None:
        """The position ends."""
