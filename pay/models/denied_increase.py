"""A denied increase, and the 90-day clock where the rate fell below the minimum (.324, .325)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class DenialState(models.TextChoices):
    OPEN = "open", "Open"
    ACTION_INITIATED = "action_initiated", "Action initiated"
    RELEASED = "released", "Released by a new rating"
    DEFAULTED = "defaulted", "Minimum rate by default"
    NEEDS_DECISION = "needs_decision", "Needs a decision"
    CLOSED = "closed", "Closed"


class DeniedIncrease(EmployeeCase):
    """One increase that an unacceptable rating withheld.

    `below_minimum` marks the cases of 5 CFR 9701.325 (.337 for supplements): they run 90 days from
    `adjusted_on`. The others stay open under 5 CFR 9701.324 (.336) until a better rating comes.
    """

    subject_kind = "denied_increase"

    #: "range" or "supplement"
    kind = models.CharField(max_length=12, default="range")
    adjusted_on = models.DateField()
    action = models.ForeignKey(
        "pay.PayAction", null=True, on_delete=models.PROTECT, db_constraint=False
    )
    rating = models.ForeignKey(
        "performance.RatingOfRecord", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: The withheld fraction, exact, as "1028/41111".
    percentage = models.CharField(max_length=40)
    basic_denied = models.IntegerField()
    below_minimum = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    state = FSMField(
        max_length=20, choices=DenialState.choices, default=DenialState.OPEN, protected=True
    )
    initiated_on = models.DateField(null=True, blank=True)
    initiation_kind = models.CharField(max_length=24, blank=True)
    initiation_ref = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=40, default="9701.324")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "kind", "adjusted_on"], name="one_denial_of_an_adjustment"
            )
        ]
        indexes = [models.Index(fields=["employee", "state"])]

    def __str__(self) -> str:
        return f"denied {self.kind} increase of {self.adjusted_on}"

    @transition(field=state, source=DenialState.OPEN, target=DenialState.ACTION_INITIATED)
    def initiate(self, *, kind: str, delivered_on: object, ref: str) -> None:
        """A proposal to demote or remove was delivered in time (5 CFR 9701.325(a)(2))."""
        self.initiation_kind = kind
        self.initiated_on = delivered_on  # type: ignore[assignment]
        self.initiation_ref = ref

    @transition(field=state, source=DenialState.ACTION_INITIATED, target=DenialState.OPEN)
    def resume(self) -> None:
        """The proposal was withdrawn on or before day 90: as if there had been none."""
        self.initiation_kind = ""
        self.initiated_on = None
        self.initiation_ref = ""

    @transition(
        field=state,
        source=[
            DenialState.OPEN,
            DenialState.ACTION_INITIATED,
            DenialState.NEEDS_DECISION,
            DenialState.DEFAULTED,
        ],
        target=DenialState.RELEASED,
    )
    def release(self, *, on: object) -> None:
        """A new rating of record released it."""
        self.closed_on = on  # type: ignore[assignment]

    @transition(
        field=state,
        source=[DenialState.OPEN, DenialState.ACTION_INITIATED],
        target=DenialState.DEFAULTED,
    )
    def default(self, *, on: object) -> None:
        """Nothing was done within 90 days: the minimum rate (5 CFR 9701.325(b))."""
        self.closed_on = on  # type: ignore[assignment]

    @transition(field=state, source=DenialState.DEFAULTED, target=DenialState.ACTION_INITIATED)
    def recall_default(self, *, kind: str, delivered_on: object, ref: str) -> None:
        """A proposal turns out to have been delivered in time; the minimum is not yet paid."""
        self.closed_on = None
        self.initiation_kind = kind
        self.initiated_on = delivered_on  # type: ignore[assignment]
        self.initiation_ref = ref

    @transition(
        field=state, source=DenialState.ACTION_INITIATED, target=DenialState.ACTION_INITIATED
    )
    def pass_on(self, *, kind: str, delivered_on: object, ref: str) -> None:
        """Another proposal, delivered in time too, takes the place of one that came to nothing."""
        self.initiation_kind = kind
        self.initiated_on = delivered_on  # type: ignore[assignment]
        self.initiation_ref = ref

    @transition(field=state, source=DenialState.ACTION_INITIATED, target=DenialState.NEEDS_DECISION)
    def need_decision(self) -> None:
        """The action ended neither in demotion nor in removal; the rule is silent."""

    @transition(
        field=state,
        source=[DenialState.OPEN, DenialState.ACTION_INITIATED, DenialState.NEEDS_DECISION],
        target=DenialState.CLOSED,
    )
    def close(self, *, on: object) -> None:
        """A promotion, demotion or separation ended it."""
        self.closed_on = on  # type: ignore[assignment]

    @transition(
        field=state,
        source=[
            DenialState.OPEN,
            DenialState.ACTION_INITIATED,
            DenialState.NEEDS_DECISION,
            DenialState.DEFAULTED,
        ],
        target=DenialState.CLOSED,
    )
    def overturn(self, *, on: object) -> None:
        """The rating behind it was wrong: the increase was never to be withheld."""
        self.closed_on = on  # type: ignore[assignment]
