"""Plans (5 CFR 9701.406): what one employee is expected to do in one appraisal period."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class PlanState(models.TextChoices):
    DRAFT = "draft", "Being written"
    EMPLOYEE_INPUT = "employee_input", "With the employee for input"
    COMMUNICATED = "communicated", "Communicated"
    CLOSED = "closed", "Closed"


class Involvement(models.TextChoices):
    """How the employee was involved, insofar as practicable (5 CFR 9701.406(d))."""

    NONE = "", "Not recorded"
    MET = "met", "Met with the employee"
    INVITED = "invited", "Invited the employee's input"
    NOT_PRACTICABLE = "not_practicable", "Was not practicable"


class Plan(EmployeeCase):
    """The plan of one employee for one appraisal period."""

    subject_kind = "plan"

    cycle = models.ForeignKey("performance.Cycle", on_delete=models.PROTECT, related_name="plans")
    state = FSMField(
        max_length=16, choices=PlanState.choices, default=PlanState.DRAFT, protected=True
    )
    involvement = models.CharField(
        max_length=16, choices=Involvement.choices, default=Involvement.NONE, blank=True
    )
    #: The day of the meeting or the invitation.
    involved_on = models.DateField(null=True, blank=True)
    #: Why involvement was not practicable, or what came of it.
    involvement_note = models.TextField(blank=True)
    #: First day on which the employee worked under communicated expectations.
    communicated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "cycle"], name="one_plan_of_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.cycle}"

    @transition(
        field=state,
        source=[PlanState.DRAFT, PlanState.EMPLOYEE_INPUT, PlanState.COMMUNICATED],
        target=None,
    )
    def write(self) -> None:
        """Expectations are added, drafted, replaced or withdrawn; feedback is given."""

    @transition(field=state, source=PlanState.DRAFT, target=PlanState.EMPLOYEE_INPUT)
    def invite_input(self, *, on: object) -> None:
        """The draft goes to the employee, who is invited to say what he thinks of it."""
        self.involvement = Involvement.INVITED
        self.involved_on = on  # type: ignore[assignment]

    @transition(
        field=state,
        source=[PlanState.DRAFT, PlanState.EMPLOYEE_INPUT, PlanState.COMMUNICATED],
        target=PlanState.COMMUNICATED,
    )
    def communicate(self, *, on: object) -> None:
        """The employee has been told what is expected; the first date of it stays."""
        if self.communicated_on is None:
            self.communicated_on = on  # type: ignore[assignment]

    @transition(
        field=state,
        source=[PlanState.DRAFT, PlanState.EMPLOYEE_INPUT, PlanState.COMMUNICATED],
        target=PlanState.CLOSED,
    )
    def close(self) -> None:
        """The appraisal period is over and rated."""


class PlanNoteKind(models.TextChoices):
    """What an employee may say of the plan; none of it changes anything but the record."""

    PROPOSAL = "proposal", "Proposed expectation"
    COMMENT = "comment", "Comment"
    RECEIVED = "received", "Received"
    OBJECTION = "objection", "Objection"


class PlanNote(models.Model):
    """One thing that the employee said of the plan (5 CFR 9701.406(d)); kept as it was said."""

    plan = models.ForeignKey("performance.Plan", on_delete=models.PROTECT, related_name="notes")
    expectation = models.ForeignKey(
        "performance.Expectation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=PlanNoteKind.choices)
    text = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.on}"
