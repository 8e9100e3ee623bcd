"""A deadline is a row with a citation, not a hope in a queue."""

from __future__ import annotations

from django.db import models


class DeadlineState(models.TextChoices):
    OPEN = "open", "Open"
    MET = "met", "Met"
    LAPSED = "lapsed", "Lapsed"
    CANCELLED = "cancelled", "Cancelled"


class Deadline(models.Model):
    """What is due, whose, by which paragraph, counted from which day, and how it ended."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    employee_key = models.BigIntegerField(default=0)
    citation = models.CharField(max_length=60)
    trigger_on = models.DateField()
    days = models.PositiveIntegerField()
    due_on = models.DateField()
    #: Days after the trigger on which somebody is told.
    alerts = models.JSONField(default=list)
    alerts_sent = models.JSONField(default=list)
    state = models.CharField(
        max_length=12, choices=DeadlineState.choices, default=DeadlineState.OPEN
    )
    #: The date that counts by law, and the moment it was written down.
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state="open"),
                name="one_open_deadline_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("trigger_on")),
                name="deadline_due_after_its_trigger",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=models.Q(state="open"), name="open_deadlines")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} due {self.due_on}"
