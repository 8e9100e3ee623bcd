"""The demonstration's clock, and the jobs that move it. Only demonstrations have rows here."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition


class DemonstrationClock(models.Model):
    """The one row that says which business date it is; without it the machine's clock holds."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    business_date = models.DateField()
    #: When the date was set, by the machine's clock: the time of day runs on from there.
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_demonstration_clock")
        ]

    def __str__(self) -> str:
        return self.business_date.isoformat()


class MoveState(models.TextChoices):
    MOVING = "moving", "Moving"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class ClockMove(models.Model):
    """A job that moves the business date forward, a day at a time; `reached` is its progress."""

    from_date = models.DateField()
    to_date = models.DateField()
    reached = models.DateField()
    state = FSMField(
        max_length=8, choices=MoveState.choices, default=MoveState.MOVING, protected=True
    )
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="moving"), name="one_move_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(to_date__gt=models.F("from_date"))
                & models.Q(reached__gte=models.F("from_date"))
                & models.Q(reached__lte=models.F("to_date")),
                name="clock_moves_forward",
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.from_date} to {self.to_date}: {self.state}"

    @property
    def days(self) -> int:
        """How many days it moves in all."""
        return (self.to_date - self.from_date).days

    @property
    def days_done(self) -> int:
        """How many of them are done."""
        return (self.reached - self.from_date).days

    @transition(field=state, source=MoveState.MOVING, target=MoveState.DONE)
    def finish(self) -> None:
        """The last day is reached."""

    @transition(field=state, source=MoveState.MOVING, target=MoveState.FAILED)
    def fail(self, *, error: str) -> None:
        """A day could not be carried out; the date stays at the last day that was."""
        self.error = error
