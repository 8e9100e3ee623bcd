"""The history: one append-only row for every act on every case."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Who did what to which case, when, from which state to which, under which paragraph."""

    subject = models.CharField(max_length=60, help_text='"rating:17"')
    #: The person whose matter it is; 0 where it is nobody's in particular.
    employee_key = models.BigIntegerField(default=0)
    act = models.CharField(max_length=60)
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    #: Why the system acted, where no person did.
    system_reason = models.CharField(max_length=120, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    citation = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["employee_key", "id"]),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.subject} {self.act}"
