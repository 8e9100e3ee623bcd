"""Interim performance reviews (5 CFR 9701.407(b))."""

from __future__ import annotations

from django.db import models


class InterimReview(models.Model):
    """A review held inside the period; it carries no summary level, because it is no rating."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="interim_reviews"
    )
    held_on = models.DateField()
    note = models.TextField(blank=True)
    held_by = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"interim review of {self.held_on}"
