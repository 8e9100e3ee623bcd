"""A small office ready to rate: an employee with a plan, a supervisor, the one above, HR."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.models import Role, User
from casework.actor import Actor
from performance.models import (
    Cycle,
    Expectation,
    ExpectationForm,
    ExpectationState,
    InterimReview,
    InterimReviewState,
    Plan,
    PlanState,
    RatingOfRecord,
)
from performance.services.approve_rating import approve_rating
from performance.services.cycles import ensure_cycle
from performance.services.draft_content import DraftContent, PartContent
from performance.services.issue_rating import issue_rating
from performance.services.start_rating import start_rating
from performance.services.submit_rating import submit_rating
from tests.factories import (
    cover,
    grant_role,
    make_assignment,
    make_employee,
    make_organization,
    make_policy,
    make_position,
    make_supervision,
)
from workforce.models import Employee

END = date(2007, 9, 30)
TOLD = date(2006, 10, 16)
REVIEWED = date(2007, 4, 10)
SUBMITTED = date(2007, 9, 24)
APPROVED = date(2007, 9, 27)
ISSUED = date(2007, 10, 1)
GOALS = (("Cases", 50), ("Safety", 30), ("Partners", 20))
COMPETENCIES = ("Results", "Technical", "Service", "Teamwork", "Communications", "Agency")


@dataclass
class Office:
    """The people and the plan of one employee."""

    employee: Employee
    supervisor: Employee
    reviewer: Employee
    hr: User
    cycle: Cycle
    plan: Plan

    @property
    def expectations(self) -> list[Expectation]:
        return list(self.plan.expectations.order_by("order"))

    def actor(self, who: str) -> Actor:
        """The log-in of "employee", "supervisor", "reviewer" or "hr" as an actor."""
        return Actor(user=self.user(who))

    def user(self, who: str) -> User:
        found = getattr(self, who)
        user = found if isinstance(found, User) else found.user
        assert user is not None
        return user

    def content(self, levels: str = "AE EE ME EE ME ME EE EE ME", **fields: Any) -> DraftContent:
        """A whole form: the levels of three goals and six competencies, and a summary of EE."""
        parts = {
            item.pk: PartContent(level=level, basis=f"Basis of {item.title}")
            for item, level in zip(self.expectations, levels.split(), strict=True)
        }
        return replace(DraftContent(level="EE", narrative="A good year.", parts=parts), **fields)

    def start(self, *, on: date = SUBMITTED) -> RatingOfRecord:
        return start_rating(self.employee, cycle=self.cycle, actor=self.actor("supervisor"), on=on)

    def submit(self, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
        given: dict[str, Any] = {
            "actor": self.actor("supervisor"),
            "on": SUBMITTED,
            "version": rating.version,
            **fields,
        }
        if "content" not in given:
            given["content"] = self.content()
        return submit_rating(rating, **given)

    def approve(self, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
        given: dict[str, Any] = {
            "actor": self.actor("reviewer"),
            "on": APPROVED,
            "version": rating.version,
            **fields,
        }
        return approve_rating(rating, **given)

    def issue(self, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
        given: dict[str, Any] = {
            "actor": self.actor("supervisor"),
            "on": ISSUED,
            "version": rating.version,
            "delivery": "In person",
            **fields,
        }
        return issue_rating(rating, **given)

    def issued(self, **fields: Any) -> RatingOfRecord:
        """A rating all the way to the employee."""
        return self.issue(self.approve(self.submit(self.start(), **fields)))


def make_office() -> Office:
    """Everything that a rating needs, the year told on 16 October 2006 and reviewed in April."""
    make_policy()
    cover(effective=date(2005, 8, 1))
    supervisor, reviewer = make_employee("Shaw"), make_employee("Reyes")
    make_supervision(reviewer, supervisor)
    employee = make_employee("Diaz", given_name="Ana")
    hr = make_employee("Hale").user
    assert hr is not None
    organization = make_organization()
    grant_role(hr, Role.HR_SPECIALIST, organization=organization)
    for person in (employee, supervisor, reviewer):
        make_assignment(person, make_position(organization))
    cycle = ensure_cycle(END)
    return Office(
        employee=employee,
        supervisor=supervisor,
        reviewer=reviewer,
        hr=hr,
        cycle=cycle,
        plan=put_in_team(employee, supervisor=supervisor, cycle=cycle),
    )


def put_in_team(
    employee: Employee, *, supervisor: Employee, cycle: Cycle, told: date = TOLD
) -> Plan:
    """A plan with goals and competencies, told on a date, and an interim review in April."""
    make_supervision(supervisor, employee)
    plan = Plan.objects.create(
        employee=employee, cycle=cycle, state=PlanState.COMMUNICATED, communicated_on=told
    )
    rows: list[tuple[str, str, int | None]] = [
        (ExpectationForm.GOAL, title, weight) for title, weight in GOALS
    ]
    rows += [(ExpectationForm.COMPETENCY, title, None) for title in COMPETENCIES]
    Expectation.objects.bulk_create(
        Expectation(
            plan=plan,
            form=form,
            title=title,
            statement=f"Statement of {title}",
            weight=weight,
            state=ExpectationState.COMMUNICATED,
            communicated_on=told,
            communicated_how="oral",
            order=order,
        )
        for order, (form, title, weight) in enumerate(rows, start=1)
    )
    InterimReview.objects.create(
        employee=employee,
        plan=plan,
        state=InterimReviewState.HELD,
        held_on=REVIEWED,
        held_by=supervisor,
    )
    return plan
