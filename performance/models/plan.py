"""Plans and the expectations in them (5 CFR 9701.406)."""

from __future__ import annotations

from django.db import models


class Plan(models.Model):
    """What one employee is expected to do in one cycle."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="plans"
    )
    cycle = models.ForeignKey("performance.Cycle", on_delete=models.PROTECT, related_name="plans")
    #: First day on which the employee worked under communicated expectations.
    communicated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "cycle"], name="one_plan_of_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.cycle}"


class ExpectationForm(models.TextChoices):
    """The five forms of 5 CFR 9701.406(c)."""

    GOAL = "goal", "Goal or objective"
    REQUIREMENT = "requirement", "Organizational or occupational requirement"
    ASSIGNMENT = "assignment", "Work assignment"
    COMPETENCY = "competency", "Competency or contribution"
    OTHER = "other", "Other means"


class Expectation(models.Model):
    """One thing expected; once communicated it is replaced, never edited."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="expectations"
    )
    form = models.CharField(max_length=12, choices=ExpectationForm.choices)
    title = models.CharField(max_length=160)
    statement = models.TextField()
    #: Percent of the goals' share; goals only.
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    affects_retention = models.BooleanField(default=False)
    communicated_on = models.DateField(null=True, blank=True)
    communicated_how = models.CharField(max_length=24, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]

    def __str__(self) -> str:
        return self.title
