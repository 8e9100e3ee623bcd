"""Coordination with OPM (5 CFR 9701.103 "Coordination")."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class CoordinationState(models.TextChoices):
    NOTICED = "noticed", "Notice given to OPM"
    CONCURRED = "concurred", "OPM concurred"
    HELD = "held_governmentwide", "Held: Governmentwide consequences"
    RESPONDED = "responded_other", "OPM answered otherwise"
    RESOLVED = "resolved", "Resolved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Coordination(Case):
    """One official notice to OPM of an action with its intended date, and what came back."""

    subject_kind = "coordination"

    paragraph = models.CharField(max_length=30, help_text="The paragraph that asks for it.")
    action = models.TextField()
    intended_effective = models.DateField()
    staff_consulted_on = models.DateField(null=True, blank=True)
    noticed_on = models.DateField()
    state = FSMField(
        max_length=24,
        choices=CoordinationState.choices,
        default=CoordinationState.NOTICED,
        protected=True,
    )
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.paragraph}: {self.action}"

    @transition(
        field=state,
        source=[CoordinationState.NOTICED, CoordinationState.RESPONDED],
        target=CoordinationState.CONCURRED,
    )
    def concur(self, *, answer: str, on: object) -> None:
        """OPM agrees."""
        self._keep(answer, on)

    @transition(
        field=state,
        source=[CoordinationState.NOTICED, CoordinationState.RESPONDED],
        target=CoordinationState.HELD,
    )
    def hold(self, *, answer: str, on: object) -> None:
        """OPM says that the matter has Governmentwide consequences."""
        self._keep(answer, on)

    @transition(field=state, source=CoordinationState.NOTICED, target=CoordinationState.RESPONDED)
    def respond(self, *, answer: str, on: object) -> None:
        """OPM answers in another way; the text does not say what follows, so it waits."""
        self._keep(answer, on)

    @transition(
        field=state,
        source=[CoordinationState.HELD, CoordinationState.RESPONDED],
        target=CoordinationState.RESOLVED,
    )
    def resolve(self, *, answer: str, on: object) -> None:
        """What stood in the way is settled between the two."""
        self._keep(answer, on)

    @transition(
        field=state,
        source=[CoordinationState.NOTICED, CoordinationState.HELD, CoordinationState.RESPONDED],
        target=CoordinationState.WITHDRAWN,
    )
    def withdraw(self, *, answer: str, on: object) -> None:
        """The Department gives the action up."""
        self._keep(answer, on)

    def _keep(self, answer: str, on: object) -> None:
        self.answer = answer
        self.answered_on = on  # type: ignore[assignment]
