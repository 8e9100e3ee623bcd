"""The running log of the year: feedback, contributions, follow-up (5 CFR 9701.407, .408(a))."""

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
    """A work product, service, output or result noted during the year (5 CFR 9701.404)."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="contributions"
    )
    dated = models.DateField()
    text = models.TextField()
    about = models.ManyToManyField(
        "performance.Expectation", blank=True, related_name="contributions"
    )
    #: The employee or the supervisor.
    noted_by = models.ForeignKey(
        "workforce.Employee", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "dated", "id"]

    def __str__(self) -> str:
        return f"contribution of {self.dated}"


class FollowUpKind(models.TextChoices):
    TOOLS = "tools", "Tools or technology lacking"
    DEVELOPMENT = "development", "Development"


class FollowUp(models.Model):
    """What the supervisor owes: tools that are lacking, or development (5 CFR 9701.408(a))."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="follow_ups"
    )
    review = models.ForeignKey(
        "performance.InterimReview",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    kind = models.CharField(max_length=12, choices=FollowUpKind.choices)
    text = models.TextField()
    noted_on = models.DateField()
    noted_by = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    #: What was done, or why resources do not allow it.
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["plan", "noted_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
