"""Performance expectations in their five forms (5 CFR 9701.404, .406)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition


class ExpectationForm(models.TextChoices):
    """The five forms of 5 CFR 9701.406(c)."""

    GOAL = "goal", "Goal or objective"
    REQUIREMENT = "requirement", "Organizational or occupational requirement"
    ASSIGNMENT = "assignment", "Work assignment"
    COMPETENCY = "competency", "Competency or contribution"
    OTHER = "other", "Other means"


class GoalLevel(models.TextChoices):
    """Whose target a goal sets (5 CFR 9701.406(c)(1))."""

    NONE = "", "Not a goal"
    INDIVIDUAL = "individual", "Individual"
    TEAM = "team", "Team"
    ORGANIZATIONAL = "organizational", "Organizational"


class ExpectationState(models.TextChoices):
    DRAFT = "draft", "Draft"
    COMMUNICATED = "communicated", "Communicated"
    REPLACED = "replaced", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Expectation(models.Model):
    """One thing expected; once communicated it is replaced or withdrawn, never edited."""

    plan = models.ForeignKey(
        "performance.Plan", on_delete=models.PROTECT, related_name="expectations"
    )
    state = FSMField(
        max_length=12,
        choices=ExpectationState.choices,
        default=ExpectationState.DRAFT,
        protected=True,
    )
    form = models.CharField(max_length=12, choices=ExpectationForm.choices)
    title = models.CharField(max_length=160)
    statement = models.TextField()
    affects_retention = models.BooleanField(default=False)
    #: How it supports mission, goals, programs or plans (5 CFR 9701.406(a)).
    alignment = models.TextField(blank=True)
    aligned_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supported_by"
    )
    quality = models.TextField(blank=True)
    quantity = models.TextField(blank=True)
    timeliness = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    #: Goals only.
    goal_level = models.CharField(
        max_length=16, choices=GoalLevel.choices, default=GoalLevel.NONE, blank=True
    )
    #: Percent of the goals' share; goals only.
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    #: Work assignments only.
    assigned_on = models.DateField(null=True, blank=True)
    #: Requirements only: the procedure, manual or directive, and when it was made available.
    source = models.CharField(max_length=200, blank=True)
    available_on = models.DateField(null=True, blank=True)
    #: Competencies only: the code in the catalogue; contributions have none.
    competency = models.CharField(max_length=40, blank=True)
    #: Other means only: why the employee will understand what is expected.
    understanding_reason = models.TextField(blank=True)
    communicated_on = models.DateField(null=True, blank=True)
    communicated_at = models.TimeField(null=True, blank=True)
    communicated_how = models.CharField(max_length=24, blank=True)
    communicated_by = models.ForeignKey(
        "workforce.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words_used = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    #: The day on which it ceased to be expected: replaced or withdrawn.
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=ExpectationState.DRAFT, target=ExpectationState.COMMUNICATED)
    def communicate(self, *, on: object, at: object, how: str, by: object, words: str) -> None:
        """The employee is told; accountable from the day after (5 CFR 9701.406(b))."""
        self.communicated_on = on  # type: ignore[assignment]
        self.communicated_at = at  # type: ignore[assignment]
        self.communicated_how = how
        self.communicated_by = by  # type: ignore[assignment]
        self.words_used = words

    @transition(field=state, source=ExpectationState.COMMUNICATED, target=ExpectationState.REPLACED)
    def give_way(self, *, on: object, reason: str) -> None:
        """Another, newly communicated, takes its place; it stays for its dates."""
        self.ended_on = on  # type: ignore[assignment]
        self.ended_reason = reason

    @transition(
        field=state, source=ExpectationState.COMMUNICATED, target=ExpectationState.WITHDRAWN
    )
    def withdraw(self, *, on: object, reason: str) -> None:
        """It is expected no longer; it stays for its dates."""
        self.ended_on = on  # type: ignore[assignment]
        self.ended_reason = reason
