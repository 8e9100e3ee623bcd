"""The day after a period: its ratings stand in the supervisors' inboxes, and nowhere too long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.actor import Actor
from casework.models import Notice, WorkItem
from casework.sweeps import register_daily, run_daily
from performance.models import Cycle, CycleState, Plan
from performance.services.rating_stage import open_rating_stage
from performance.services.record_final_rating import record_final_rating
from tests.factories import make_employee, make_supervision
from tests.performance.office import END, Office, make_office, put_in_team
from workforce.models import Employee, Supervision

pytestmark = pytest.mark.django_db

AFTER = END + timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return make_office()


def asked() -> list[tuple[str, str]]:
    """Who is asked to start a rating, and of whom."""
    items = WorkItem.objects.filter(kind="start_rating", done_at=None).order_by("id")
    people = Employee.objects.in_bulk([item.employee_key for item in items])
    return [
        (str(item.user.full_name if item.user else ""), people[item.employee_key].name)
        for item in items
    ]


@pytest.mark.parametrize(
    ("on", "count"),
    [(END, 0), (AFTER, 1), (AFTER + timedelta(days=40), 1)],
    ids=["on the last day", "the day after", "by a sweep that woke late"],
)
def test_a_rating_is_asked_for_from_the_day_after_the_period(
    office: Office, on: date, count: int
) -> None:
    run_daily(on=on)
    items = list(WorkItem.objects.filter(kind="start_rating"))
    assert len(items) == count
    for item in items:
        assert item.user == office.user("supervisor")
        assert (item.opened_on, item.due_on) == (AFTER, END + timedelta(days=30))
        assert item.url.endswith(f"?cycle={office.cycle.pk}#person-{office.employee.pk}")
    states = {0: CycleState.OPEN, 1: CycleState.RATING}
    assert Cycle.objects.get(pk=office.cycle.pk).state == states[count]


def test_a_second_sweep_changes_nothing_and_tells_nobody_twice(office: Office) -> None:
    assert open_rating_stage(AFTER) == 1
    told = Notice.objects.count()
    assert open_rating_stage(AFTER + timedelta(days=1)) == 0
    assert WorkItem.objects.count() == 1
    assert Notice.objects.count() == told


def test_supervisor_and_employee_are_told_that_the_period_ended(office: Office) -> None:
    open_rating_stage(AFTER)
    told = {notice.recipient: notice.title for notice in Notice.objects.all()}
    assert told == {
        office.user("supervisor"): "Rate your team of 1 by October 30, 2007",
        office.user("employee"): "Your appraisal period ended on September 30, 2007",
    }


def test_the_first_draft_takes_the_place_of_what_was_asked(office: Office) -> None:
    open_rating_stage(AFTER)
    rating = office.start(on=AFTER)
    assert asked() == []
    assert WorkItem.objects.get(done_at=None).subject == rating.subject
    assert open_rating_stage(AFTER) == 0


def test_a_rating_recorded_elsewhere_is_asked_for_no_more(office: Office) -> None:
    open_rating_stage(AFTER)
    record_final_rating(
        office.employee,
        period_end=END,
        level_code="EE",
        issued_on=AFTER,
        actor=Actor.system("an import"),
    )
    assert open_rating_stage(AFTER) == 1
    assert asked() == []


def test_what_is_asked_follows_the_employee_to_another_supervisor(office: Office) -> None:
    open_rating_stage(AFTER)
    other = make_employee("Okafor", given_name="Ngozi")
    Supervision.objects.filter(employee=office.employee).delete()
    make_supervision(other, office.employee)
    open_rating_stage(AFTER + timedelta(days=3))
    assert other.user is not None
    assert asked() == [(other.user.full_name, "Ana Diaz")]


def test_nobody_is_asked_for_whom_there_is_no_supervisor(office: Office) -> None:
    open_rating_stage(AFTER)
    Supervision.objects.filter(employee=office.employee).delete()
    open_rating_stage(AFTER + timedelta(days=3))
    assert asked() == []


def test_nobody_is_asked_to_rate_somebody_who_left(office: Office) -> None:
    open_rating_stage(AFTER)
    employee = Employee.objects.get(pk=office.employee.pk)
    employee.separate(on=AFTER)
    employee.save()
    open_rating_stage(AFTER + timedelta(days=3))
    assert asked() == []


@pytest.mark.parametrize(("told", "count"), [(date(2007, 7, 3), 1), (date(2007, 7, 4), 0)])
def test_nobody_is_asked_to_rate_who_did_not_serve_the_minimum_period(
    office: Office, told: date, count: int
) -> None:
    Plan.objects.filter(pk=office.plan.pk).update(communicated_on=told)
    open_rating_stage(AFTER)
    assert len(asked()) == count


def test_a_closed_period_asks_nothing(office: Office) -> None:
    open_rating_stage(AFTER)
    Cycle.objects.update(state=CycleState.CLOSED)
    open_rating_stage(AFTER + timedelta(days=60))
    assert asked() == []


def test_the_queries_do_not_grow_with_the_department(
    office: Office, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        put_in_team(
            make_employee(f"Person{number}"), supervisor=office.supervisor, cycle=office.cycle
        )
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert open_rating_stage(AFTER) == 9


def test_daily_work_that_fails_blocks_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(on: date) -> int:
        Notice.objects.create(
            recipient=office.user("hr"), title="Half done", on=on, recorded_at="2007-10-01T00:00Z"
        )
        raise ValueError(on)

    monkeypatch.setattr("casework.sweeps._daily", {})
    register_daily("broken", fails)
    register_daily("ratings_asked_for", open_rating_stage)
    counts = run_daily(on=AFTER)
    assert (counts["failed"], counts["ratings_asked_for"]) == (1, 1)
    assert not Notice.objects.filter(title="Half done").exists()
