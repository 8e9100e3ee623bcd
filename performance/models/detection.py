"""Reports that look for forced distributions (5 CFR 9701.409(d)); kept as they were when run."""

from __future__ import annotations

from django.db import models


class DetectionReport(models.Model):
    """What the detectors found in the ratings of one period; it informs, and changes nothing."""

    cycle = models.ForeignKey(
        "performance.Cycle", on_delete=models.PROTECT, related_name="detection_reports"
    )
    on = models.DateField()
    recorded_at = models.DateTimeField()
    #: Who ran it; empty where the program ran it by itself.
    run_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    #: Run as the period was closed.
    at_close = models.BooleanField(default=False)
    #: Groups of enough people with their counts, and flags with figures and ratings.
    content = models.JSONField()

    class Meta:
        ordering = ["cycle", "-id"]

    def __str__(self) -> str:
        return f"detection report of {self.cycle}, {self.on}"
