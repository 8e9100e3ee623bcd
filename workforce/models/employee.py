"""The employee, and whether he is at work (5 CFR 9701.103 "Employee")."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class EmployeeState(models.TextChoices):
    ON_BOARD = "on_board", "On board"
    LEAVE_WITHOUT_PAY = "leave_without_pay", "On leave without pay"
    UNIFORMED_SERVICE = "uniformed_service", "In uniformed service"
    INJURY_COMPENSATION = "injury_compensation", "Receiving injury compensation"
    SEPARATED = "separated", "Separated"


ABSENT = [
    EmployeeState.LEAVE_WITHOUT_PAY,
    EmployeeState.UNIFORMED_SERVICE,
    EmployeeState.INJURY_COMPENSATION,
]


class Employee(Case):
    """A person employed by the Department. No Social Security number is kept anywhere."""

    subject_kind = "employee"

    number = models.CharField(max_length=24, unique=True)
    user = models.OneToOneField(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="employee"
    )
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    state = FSMField(
        max_length=24,
        choices=EmployeeState.choices,
        default=EmployeeState.ON_BOARD,
        protected=True,
    )
    hired = models.DateField()
    separated = models.DateField(null=True, blank=True)
    coverage_category = models.CharField(max_length=60)
    #: "competitive" or "excepted"
    service = models.CharField(max_length=12, default="competitive")
    preference_eligible = models.BooleanField(default=False)
    initial_service_ends = models.DateField(null=True, blank=True)
    bargaining_unit = models.BooleanField(default=False)
    senior_executive = models.BooleanField(default=False)

    class Meta:
        ordering = ["family_name", "given_name", "number"]
        indexes = [models.Index(fields=["family_name", "given_name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def employee_key(self) -> int:
        return int(self.pk or 0)

    def lock_subject(self) -> None:
        Employee.objects.select_for_update(no_key=True).only("pk").get(pk=self.pk)

    @transition(field=state, source=EmployeeState.ON_BOARD, target=EmployeeState.LEAVE_WITHOUT_PAY)
    def begin_leave_without_pay(self) -> None:
        """Goes on leave without pay."""

    @transition(field=state, source=EmployeeState.ON_BOARD, target=EmployeeState.UNIFORMED_SERVICE)
    def begin_uniformed_service(self) -> None:
        """Leaves for uniformed service under a protected right to return."""

    @transition(
        field=state, source=EmployeeState.ON_BOARD, target=EmployeeState.INJURY_COMPENSATION
    )
    def begin_injury_compensation(self) -> None:
        """Receives injury compensation under 5 U.S.C. chapter 81."""

    @transition(field=state, source=ABSENT, target=EmployeeState.ON_BOARD)
    def return_to_duty(self) -> None:
        """Comes back to work."""

    @transition(field=state, source=EmployeeState.SEPARATED, target=EmployeeState.ON_BOARD)
    def return_from_injury(self) -> None:
        """Comes back though separated while on injury compensation (5 CFR 9701.342(g))."""
        self.separated = None

    @transition(
        field=state,
        source=[EmployeeState.ON_BOARD, *ABSENT],
        target=EmployeeState.SEPARATED,
    )
    def separate(self, *, on: object) -> None:
        """Leaves the Department."""
        self.separated = on  # type: ignore[assignment]
