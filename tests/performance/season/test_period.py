"""A period from planned to closed: what it says by itself, and what holds up its closing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from casework.actor import Actor
from casework.models import Entry, Notice, WorkItem
from casework.sweeps import run_daily
from performance.models import Cycle, CycleState, DetectionReport, NotRated, Plan
from performance.queries.season import Standing, season
from performance.services.ask_for_plans import ask_for_plans
from performance.services.close_cycle import close_cycle, list_not_rated
from performance.services.cycles import ensure_cycle
from performance.services.open_periods import open_periods
from performance.services.rating_stage import open_rating_stage
from performance.services.tell_minimum_served import tell_minimum_served
from performance.services.tell_ratings_overdue import tell_ratings_overdue
from regulation.refusals import Refused
from tests.factories import grant_role, make_employee, make_user
from tests.performance.office import END, ISSUED, TOLD, Office, make_office, put_in_team

pytestmark = pytest.mark.django_db

AFTER = END + timedelta(days=1)
NEXT = date(2007, 10, 1)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def headquarters() -> User:
    """HR over the whole Department."""
    user = make_user("headquarters")
    grant_role(user, Role.HR_SPECIALIST)
    return user


def titles(user: User) -> list[str]:
    return list(
        Notice.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True)
    )


def items(user: User) -> list[tuple[str, date | None]]:
    found = WorkItem.objects.filter(user=user, done_at=None).order_by("pk")
    return list(found.values_list("title", "due_on"))


def planned(office: Office) -> Cycle:
    cycle = ensure_cycle(date(2008, 9, 30))
    cycle.state = CycleState.PLANNED
    cycle.save()
    return cycle


@pytest.mark.parametrize(("on", "state"), [(NEXT - timedelta(days=1), "planned"), (NEXT, "open")])
def test_a_planned_period_opens_on_its_first_day(office: Office, on: date, state: str) -> None:
    cycle = planned(office)
    open_periods(on)
    assert Cycle.objects.get(pk=cycle.pk).state == state


def test_opening_tells_supervisors_by_when_plans_are_due_and_everybody_once(
    office: Office,
) -> None:
    planned(office)
    assert [open_periods(NEXT), open_periods(NEXT)] == [1, 0]
    opened = "The appraisal period from October 1, 2007 to September 30, 2008 has begun"
    assert titles(office.user("employee")) == [opened]
    due = "Communicate the plans of your team by October 31, 2007"
    assert titles(office.user("supervisor")) == [opened, due]


@pytest.mark.parametrize(
    ("days", "supervisor", "above"), [(29, 0, 0), (30, 1, 0), (36, 1, 0), (37, 1, 1)]
)
def test_an_overdue_plan_is_put_before_the_supervisor_and_a_week_later_the_one_above(
    office: Office, days: int, supervisor: int, above: int
) -> None:
    ensure_cycle(date(2008, 9, 30))
    ask_for_plans(NEXT + timedelta(days=days))
    kinds = [
        WorkItem.objects.filter(kind=kind, user=office.user(who), employee_key=office.employee.pk)
        for kind, who in (("communicate_plan", "supervisor"), ("plan_overdue", "reviewer"))
    ]
    assert [found.count() for found in kinds] == [supervisor, above]
    assert ask_for_plans(NEXT + timedelta(days=days)) == 0


def test_somebody_new_has_the_days_from_entry_on_duty_and_a_told_plan_is_asked_for_no_more(
    office: Office,
) -> None:
    cycle = ensure_cycle(date(2008, 9, 30))
    new = make_employee("New", hired=date(2008, 1, 7))
    plan = put_in_team(new, supervisor=office.supervisor, cycle=cycle, told=date(2008, 2, 20))
    Plan.objects.filter(pk=plan.pk).update(communicated_on=None)
    asked = WorkItem.objects.filter(kind="communicate_plan", employee_key=new.pk, done_at=None)
    ask_for_plans(date(2008, 2, 5))
    assert not asked.exists()
    ask_for_plans(date(2008, 2, 6))
    assert asked.get().due_on == date(2008, 2, 6)
    Plan.objects.filter(pk=plan.pk).update(communicated_on=date(2008, 2, 20))
    ask_for_plans(date(2008, 2, 20))
    assert not asked.exists()


@pytest.mark.paragraph("9701.405(b)(3)")
def test_the_supervisor_hears_once_when_the_minimum_period_is_served(office: Office) -> None:
    served = TOLD + timedelta(days=90)
    assert tell_minimum_served(served - timedelta(days=1)) == 0
    assert tell_minimum_served(served) == 1
    assert tell_minimum_served(served + timedelta(days=1)) == 0
    assert titles(office.user("supervisor")) == ["Ana Diaz has served the minimum period"]
    entry = Entry.objects.get(subject=office.plan.subject, act="minimum_period_served")
    assert (entry.on, entry.citation) == (served, "9701.405(b)(3)")


def test_overdue_ratings_are_told_once_with_what_a_missing_rating_means(
    office: Office, headquarters: User
) -> None:
    open_rating_stage(AFTER)
    Notice.objects.all().delete()
    due = END + timedelta(days=30)
    assert [tell_ratings_overdue(on) for on in (due, due + timedelta(days=1), due + timedelta(2))]
    assert titles(office.user("supervisor")) == [
        "1 person of your team is not rated: due October 30, 2007"
    ]
    for hr in (office.hr, headquarters):
        notice = Notice.objects.get(recipient=hr)
        assert notice.title.startswith("1 person is not rated")
        assert "treats the employee as meeting expectations" in notice.body
    item = WorkItem.objects.get(kind="ratings_overdue")
    assert (item.role, item.organization) == (Role.HR_SPECIALIST, None)


def test_a_day_of_the_sweep_does_all_of_it(office: Office) -> None:
    counts = run_daily(on=AFTER)
    assert "failed" not in counts or counts["failed"] == 0
    assert Cycle.objects.get(pk=office.cycle.pk).state == CycleState.RATING


def standings(office: Office, *, on: date) -> dict[str, tuple[str, str]]:
    return {one.family_name: (one.standing, one.why) for one in season(office.cycle, on=on)}


@pytest.mark.paragraph("9701.405(b)(2)")
def test_everybody_covered_is_rated_not_ratable_listed_or_unrated_with_the_reason(
    office: Office,
) -> None:
    office.issued()
    late = make_employee("Late", hired=date(2007, 8, 1))
    told = make_employee("Told")
    put_in_team(told, supervisor=office.supervisor, cycle=office.cycle, told=date(2007, 8, 1))
    make_employee("Elsewhere", coverage_category="other")
    make_employee("Tomorrow", hired=AFTER)
    list_not_rated(
        office.cycle,
        employee=office.reviewer,
        reason="On detail to another Department all year",
        actor=office.actor("hr"),
        on=ISSUED,
    )
    found = standings(office, on=ISSUED)
    assert late.family_name in found
    assert found == {
        "Diaz": (Standing.RATED, ""),
        "Late": (
            Standing.NOT_RATABLE,
            "At work for 61 of the 90 days of the minimum period",
        ),
        "Told": (
            Standing.NOT_RATABLE,
            "61 of 90 days served under communicated expectations",
        ),
        "Reyes": (Standing.LISTED, "On detail to another Department all year"),
        "Shaw": (Standing.UNRATED, "No expectations were communicated"),
        "Hale": (Standing.UNRATED, "No expectations were communicated"),
    }


def explain(office: Office, headquarters: User, *, on: date) -> None:
    for person in season(office.cycle, on=on):
        if person.standing == Standing.UNRATED:
            NotRated.objects.create(
                cycle=office.cycle, employee_id=person.pk, reason="Executive", on=on
            )


@pytest.mark.paragraph("9701.405(b)(2)")
def test_a_period_with_an_unexplained_employee_does_not_close_and_then_it_does(
    office: Office, headquarters: User
) -> None:
    hr = Actor(user=headquarters)
    rating = office.start()
    open_rating_stage(AFTER)
    explain(office, headquarters, on=AFTER)
    NotRated.objects.filter(employee=office.employee).delete()
    assert standings(office, on=AFTER)["Diaz"] == (
        Standing.UNRATED,
        "The rating official is writing the rating",
    )
    with pytest.raises(Refused) as refusal:
        close_cycle(office.cycle, actor=hr, on=AFTER)
    assert (refusal.value.code, refusal.value.citation) == ("unrated_employees", "9701.405(b)(2)")
    assert not DetectionReport.objects.exists()
    office.issue(office.approve(office.submit(rating), on=AFTER), on=AFTER)
    report = close_cycle(office.cycle, actor=hr, on=AFTER)
    closed = Cycle.objects.get(pk=office.cycle.pk)
    assert (closed.state, closed.closed_on) == (CycleState.CLOSED, AFTER)
    assert (report.at_close, report.run_by) == (True, headquarters)
    assert Plan.objects.get(pk=office.plan.pk).state == "closed"
    line = Entry.objects.get(subject=office.plan.subject, act="close_plan")
    assert (line.from_state, line.to_state) == ("communicated", "closed")
    assert not WorkItem.objects.filter(kind="start_rating", done_at=None).exists()
    entry = Entry.objects.get(subject=f"cycle:{closed.pk}", act="close_cycle")
    assert entry.detail == {"rated": 1, "not_ratable": 0, "listed": 3, "unrated": 0}
    with pytest.raises(Refused) as refusal:
        close_cycle(closed, actor=hr, on=AFTER)
    assert refusal.value.code == "record_locked"


@pytest.mark.parametrize("who", ["hr", "supervisor", "reviewer", "employee"])
def test_only_hr_over_the_department_closes_a_period(office: Office, who: str) -> None:
    open_rating_stage(AFTER)
    with pytest.raises(Refused) as refusal:
        close_cycle(office.cycle, actor=office.actor(who), on=AFTER)
    assert refusal.value.code == ("permission_denied" if who != "hr" else "unrated_employees")


def test_a_period_under_way_is_not_closed(office: Office, headquarters: User) -> None:
    with pytest.raises(Refused) as refusal:
        close_cycle(office.cycle, actor=Actor(user=headquarters), on=END)
    assert refusal.value.code == "invalid_transition"


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("supervisor", "Away", "permission_denied"),
        ("employee", "Away", "permission_denied"),
        ("hr", "  ", "reason_required"),
    ],
)
def test_only_hr_lists_somebody_and_says_why(
    office: Office, who: str, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        list_not_rated(
            office.cycle,
            employee=office.employee,
            reason=reason,
            actor=office.actor(who),
            on=AFTER,
        )
    assert refusal.value.code == code
    assert not NotRated.objects.exists()


def test_nobody_rated_is_listed_as_not_rated(office: Office) -> None:
    office.issued()
    with pytest.raises(Refused) as refusal:
        list_not_rated(
            office.cycle,
            employee=office.employee,
            reason="Away",
            actor=office.actor("hr"),
            on=ISSUED,
        )
    assert refusal.value.code == "duplicate_rating"


def test_the_queries_do_not_grow_with_the_people(office: Office) -> None:
    season(office.cycle, on=AFTER)
    with CaptureQueriesContext(connection) as few:
        season(office.cycle, on=AFTER)
    for number in range(12):
        person = make_employee(f"More {number}")
        put_in_team(person, supervisor=office.supervisor, cycle=office.cycle)
    with CaptureQueriesContext(connection) as many:
        season(office.cycle, on=AFTER)
    assert len(few) == len(many)
