"""Steps of progression plans, certified points, and new supervisors (5 CFR 9701.345, .346)."""

from __future__ import annotations

from django.db import models


class ProgressionStep(models.Model):
    """One step of a plan: its assessment points, its amount or percent, and its standard time."""

    plan = models.ForeignKey("pay.ProgressionPlan", on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    #: The assessment or certification points, by name.
    points = models.JSONField(default=list)
    #: Whole dollars a year; or `percent`, where 6 is 6 %.
    amount = models.PositiveIntegerField(null=True, blank=True)
    percent = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    standard_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_step_of_a_number"),
            models.CheckConstraint(
                condition=(
                    models.Q(amount__gt=0, percent__isnull=True)
                    | models.Q(amount__isnull=True, percent__gt=0)
                ),
                name="step_is_an_amount_or_a_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.plan_id}"


class PointCertification(models.Model):
    """An assessment point of a step that an employee met, by whose word and from when."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="certified_points"
    )
    step = models.ForeignKey(
        ProgressionStep, on_delete=models.PROTECT, related_name="certifications"
    )
    point = models.CharField(max_length=120)
    certified_on = models.DateField()
    certified_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "step", "point"], name="one_certification_of_a_point"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} of {self.employee_id}"


class StepTaken(models.Model):
    """A step of a plan that was paid to somebody, once."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="steps_taken"
    )
    step = models.ForeignKey(ProgressionStep, on_delete=models.PROTECT, related_name="taken")
    action = models.OneToOneField("pay.PayAction", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "step"], name="one_step_taken_once")
        ]

    def __str__(self) -> str:
        return f"step {self.step_id} of {self.employee_id}"


class SupervisorProgram(models.Model):
    """A new supervisor's training program, from the appointment until its points are certified."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="supervisor_programs"
    )
    began_on = models.DateField()
    due_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "began_on"], name="one_supervisor_program_from_a_date"
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("began_on")),
                name="supervisor_program_due_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_on__isnull=True)
                | models.Q(completed_on__gte=models.F("began_on")),
                name="supervisor_program_completed_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"supervisor program of {self.employee_id} from {self.began_on}"
