"""The running log of the year: feedback and contributions (5 CFR 9701.407)."""

from __future__ import annotations

from django.db import models


class FeedbackMethod(models.TextChoices):
    MEETING = "meeting", "In a meeting"
    WRITTEN = "written", "In writing"
    CALL = "call", "By telephone or video"
    ON_THE_JOB = "on_the_job", "On the job"


class Feedback(models.Model):
    """What a supervisor said of actual performance; the employee reads it at once."""

    plan = models.ForeignKey("performance.Plan", on_delete=models.PROTECT, related_name="feedback")
    given_on = models.DateField()
    method = models.CharField(max_length=12, choices=FeedbackMethod.choices)
    text = models.TextField()
    about = models.ManyToManyField("performance.Expectation", blank=True, related_name="feedback")
    given_by = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "given_on", "id"]

    def __str__(self) -> str:
        return f"feedback of {self.given_on}"


class Contribution(models.Model):
    """A work product, service, output or result that the employee notes (5 CFR 9701.404)."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="contributions"
    )
    dated = models.DateField()
    text = models.TextField()
    about = models.ManyToManyField(
        "performance.Expectation", blank=True, related_name="contributions"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "dated", "id"]

    def __str__(self) -> str:
        return f"contribution of {self.dated}"
