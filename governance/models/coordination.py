"""Coordination with OPM (5 CFR 9701.103 "Coordination")."""

from __future__ import annotations

from django.db import models


class CoordinationState(models.TextChoices):
    NOTICED = "noticed", "Notice given to OPM"
    CONCURRED = "concurred", "OPM concurred"
    HELD = "held_governmentwide", "Held: Governmentwide consequences"
    RESPONDED = "responded_other", "OPM answered otherwise"
    RESOLVED = "resolved", "Resolved"


class Coordination(models.Model):
    """One official notice to OPM of an action and its intended effective date, and what came back."""

    paragraph = models.CharField(max_length=30, help_text="The paragraph that asks for it.")
    action = models.TextField()
    intended_effective = models.DateField()
    noticed_on = models.DateField()
    state = models.CharField(
        max_length=24, choices=CoordinationState.choices, default=CoordinationState.NOTICED
    )
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.paragraph}: {self.action}"
