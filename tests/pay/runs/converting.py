"""A department about to convert: people of the former system in positions that bands fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Organization
from casework.actor import Actor
from classification.models import Band, Position
from governance.models import Coordination, CoordinationState, Coverage
from pay.models import PayRun
from pay.services.former_rates import COLUMNS, load_former_rates
from pay.services.runs import execution
from pay.services.runs.approval import approve_run
from pay.services.runs.conversion_plan import ConversionPlan
from pay.services.runs.drafting import draft_run
from pay.services.runs.preview import preview_run
from tests import factories
from tests.pay.factories import make_locality, position_in
from tests.pay.runs.department import EFFECTIVE, ON, Department, coordinate, make_department
from workforce.models import Assignment, Employee

CATEGORY = "converting"
LINKAGE = "Each range spans steps 1 to 10 of the grades in it, with locality pay."
HEADINGS = [column.name for column in COLUMNS]


@dataclass
class Converting:
    """A department with a Full Performance band at 12.5 %, and who waits for conversion."""

    department: Department

    @property
    def band(self) -> Band:
        return self.department.full

    @property
    def drafter(self) -> Actor:
        return Actor(user=self.department.drafter)

    @property
    def approver(self) -> Actor:
        return Actor(user=self.department.approver)

    def wait(
        self,
        name: str = "",
        *,
        organization: Organization | None = None,
        category: str = CATEGORY,
        position: Position | None = None,
    ) -> Employee:
        """Somebody of the former system in a position of record."""
        employee = factories.make_employee(name, user=False, coverage_category=category)
        Assignment.objects.create(
            employee=employee,
            position=position or position_in(self.band, organization=organization),
            area="A",
            period=(date(2000, 1, 3), None),
        )
        return employee

    def load(self, *lines: str, headings: str = "number,system,basic,locality_percent") -> int:
        """Put former rates on record as a file has them."""
        return load_former_rates(
            "\n".join([headings, *lines]), converts_on=EFFECTIVE, actor=self.drafter, on=ON
        )

    def draft(self, **plan: object) -> PayRun:
        """A conversion run of everybody who waits."""
        fields = {"categories": (CATEGORY,), "linkage": LINKAGE, **plan}
        return draft_run(
            ConversionPlan(**fields),  # type: ignore[arg-type]
            title="Conversion of January",
            effective=EFFECTIVE,
            actor=self.drafter,
            on=ON,
        )

    def preview(self, **plan: object) -> PayRun:
        """The same, previewed."""
        return preview_run(self.draft(**plan), actor=self.drafter, on=ON)

    def approve(self, **plan: object) -> PayRun:
        """The same, approved by another."""
        return approve_run(self.preview(**plan), actor=self.approver, on=ON)

    def run(self, **plan: object) -> PayRun:
        """The same, carried out to the end."""
        started = execution.start_run(self.approve(**plan), actor=self.drafter, on=ON)
        execution.carry_on(on=ON)
        return PayRun.objects.get(pk=started.pk)


def make_converting() -> Converting:
    """The department, the category that comes under subpart C, and OPM's word on the ranges."""
    department = make_department()
    make_locality("A", "12.5")
    for subpart in "BC":
        Coverage.objects.create(category=CATEGORY, subpart=subpart, effective=EFFECTIVE)
    coordinate("9701.372(a)", answer=CoordinationState.CONCURRED)
    return Converting(department)


def take_back_coordination() -> None:
    """As if OPM had never been told of the initial ranges."""
    Coordination.objects.filter(paragraph="9701.372(a)").delete()


BEFORE = EFFECTIVE - timedelta(days=1)
