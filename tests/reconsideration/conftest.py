"""An employee in a classified position, and everybody who has to do with a reconsideration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from accounts.models import Organization, Role, User
from casework.actor import Actor
from classification.models import Band, OccupationalSeries, Position
from governance.models import Directive
from reconsideration.models import Forum, Request, RequestState
from reconsideration.services.file_request import file_request
from regulation.clock import at_noon, use_clock
from tests.factories import (
    cover,
    grant_role,
    make_assignment,
    make_band,
    make_cluster,
    make_employee,
    make_organization,
    make_policy,
    make_position,
    make_series,
    make_user,
)
from workforce.models import Employee

TODAY = date(2025, 3, 3)


@dataclass
class Scene:
    """Two clusters; an employee of HQ in a Full Performance position of the first."""

    office: Organization
    employee: Employee
    position: Position
    series: OccupationalSeries
    other_series: OccupationalSeries
    entry: Band
    full: Band
    expert: Band
    other_full: Band
    classifier: User
    users: dict[str, User] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """The employee's log-in."""
        assert self.employee.user is not None
        return self.employee.user

    def actor(self, name: str) -> Actor:
        """An actor by the name of the part."""
        if name == "system":
            return Actor.system("a test")
        if name == "employee":
            return Actor(user=self.user)
        if name == "classifier":
            return Actor(user=self.classifier)
        return Actor(user=self.users[name])

    def file(self, to: Forum = Forum.DHS, *, on: date = TODAY, **changes: object) -> Request:
        """A request of the employee about the band."""
        arguments: dict[str, object] = {
            "issues": ["band"],
            "argument": "The work is harder.",
            "actor": self.actor("employee"),
        }
        return file_request(self.employee, to=to, on=on, **(arguments | changes))  # type: ignore[arg-type]

    def request_in(self, state: RequestState | str) -> Request:
        """A request that stands in a state, however it came there."""
        contested = self.position.decisions.get()
        at_opm = state in (
            RequestState.FILED_OPM,
            RequestState.UNDER_OPM_REVIEW,
            RequestState.OPM_DECIDED,
        )
        return Request.objects.create(
            employee=self.employee,
            position=self.position,
            contested=contested,
            issues=["band"],
            filed_on=TODAY,
            opm_filed_on=TODAY if at_opm else None,
            state=state,
        )


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def make_scene() -> Scene:
    """The scene, for tests that make it themselves."""
    make_policy()
    cover("general", "BCDF", effective=date(2000, 1, 1))
    directive = Directive.objects.get()
    for code in ("LE", "MP"):
        cluster = make_cluster(code)
        cluster.title = {"LE": "Law enforcement", "MP": "Management and program"}[code]
        cluster.rationale = "Like work and like careers."
        cluster.directive = directive
        cluster.save()
    office = make_organization("HQ")
    bands = {
        code: make_band(
            code, minimum=minimum, maximum=maximum, cluster=code[:2], level=level, rank=rank
        )
        for code, minimum, maximum, level, rank in (
            ("LE-ED", 34_000, 60_000, "entry_developmental", 1),
            ("LE-FP", 57_000, 103_000, "full_performance", 2),
            ("LE-SE", 95_000, 140_000, "senior_expert", 3),
            ("MP-FP", 57_000, 103_000, "full_performance", 2),
        )
    }
    for band in bands.values():
        band.definition = f"{band.get_level_display()} work of the cluster."
        band.save()
    series = make_series(bands["LE-FP"].cluster, "1811")
    other_series = make_series(bands["MP-FP"].cluster, "0343")
    classifier = make_user("classifier", full_name="Casey Classifier")
    grant_role(classifier, Role.HR_SPECIALIST, organization=office)
    employee = make_employee("Shaw", given_name="Alice")
    position = make_position(office, series=series, band=bands["LE-FP"], decided_by=classifier)
    make_assignment(employee, position)
    users = {
        "hr": make_user("hr", full_name="Harper Rivera"),
        "hr_elsewhere": make_user("elsewhere"),
        "opm": make_user("opm", full_name="Olive Moore"),
        "auditor": make_user("auditor"),
        "pay": make_user("pay"),
        "nobody": make_user("nobody"),
    }
    grant_role(users["hr"], Role.HR_SPECIALIST, organization=office)
    grant_role(users["hr_elsewhere"], Role.HR_SPECIALIST, organization=make_organization("ELSE"))
    grant_role(users["opm"], Role.OPM_REVIEWER)
    grant_role(users["auditor"], Role.AUDITOR)
    grant_role(users["pay"], Role.PAY_SPECIALIST)
    return Scene(
        office=office,
        employee=employee,
        position=position,
        series=series,
        other_series=other_series,
        entry=bands["LE-ED"],
        full=bands["LE-FP"],
        expert=bands["LE-SE"],
        other_full=bands["MP-FP"],
        classifier=classifier,
        users=users,
    )


@pytest.fixture
def on_today() -> Iterator[date]:
    """The pages' today is the tests' today."""
    with use_clock(at_noon(TODAY)):
        yield TODAY
