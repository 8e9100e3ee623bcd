"""What stands in an inbox, and in whose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Recusal, Role, User
from casework.models import Deadline, Notice, WorkItem
from casework.services.work_items import finish_work_item, open_work_item
from portal.queries.inbox import Inbox, inbox_of
from portal.services.notices import mark_notices_read
from regulation import clock
from tests import factories
from workforce.models import Employee

pytestmark = pytest.mark.django_db

ON = date(2024, 10, 1)


def _titles(inbox: Inbox) -> dict[str, list[str]]:
    return {
        part: [item.title for item in getattr(inbox, part)] for part in ("late", "waiting", "later")
    }


@pytest.fixture
def worker() -> Employee:
    return factories.make_employee("Worker")


@pytest.mark.parametrize(
    ("days", "part"),
    [
        (-1, "late"),
        (0, "waiting"),
        (30, "waiting"),
        (31, "later"),
        (None, "waiting"),
    ],
)
def test_an_item_stands_under_late_waiting_or_next_by_its_date(
    worker: Employee, days: int | None, part: str
) -> None:
    user = factories.make_user()
    due = None if days is None else ON + timedelta(days)
    open_work_item(worker, kind="x", title="X", on=ON, user=user, due_on=due)
    titles = _titles(inbox_of(user, on=ON))
    assert titles.pop(part) == ["X"]
    assert set(map(tuple, titles.values())) == {()}


def test_an_item_of_a_role_reaches_those_who_hold_it_over_its_organization(
    worker: Employee,
) -> None:
    top = factories.make_organization("A")
    under = factories.make_organization("A1", parent=top)
    beside = factories.make_organization("B")
    holders = {
        name: factories.make_user(name) for name in ("over", "at", "beside", "everywhere", "other")
    }
    for name, place in (("over", top), ("at", under), ("beside", beside), ("everywhere", None)):
        factories.grant_role(holders[name], Role.HR_SPECIALIST, organization=place)
    factories.grant_role(holders["other"], Role.PAY_SPECIALIST)
    open_work_item(worker, kind="x", title="X", on=ON, role=Role.HR_SPECIALIST, organization=under)
    seen = {name for name, user in holders.items() if inbox_of(user, on=ON).waiting}
    assert seen == {"over", "at", "everywhere"}


def test_an_item_of_a_role_is_nobodys_to_do_about_himself(worker: Employee) -> None:
    user = _user(worker)
    factories.grant_role(user, Role.HR_SPECIALIST)
    open_work_item(worker, kind="x", title="X", on=ON, role=Role.HR_SPECIALIST)
    assert inbox_of(user, on=ON).waiting == []


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        (ON, None, False),
        (ON, ON, False),
        (ON - timedelta(9), ON - timedelta(1), True),
        (ON + timedelta(1), None, True),
    ],
)
def test_matters_of_whom_one_is_recused_from_are_not_shown_meanwhile(
    worker: Employee, starts: date, ends: date | None, shown: bool
) -> None:
    user = factories.make_user()
    Recusal.objects.create(
        user=user, subject=worker.subject, reason="kin", starts=starts, ends=ends
    )
    open_work_item(worker, kind="x", title="X", on=ON, user=user)
    assert bool(inbox_of(user, on=ON).waiting) is shown


def test_what_is_done_leaves_the_inbox(worker: Employee) -> None:
    user = factories.make_user()
    open_work_item(worker, kind="x", title="X", on=ON, user=user)
    finish_work_item(worker, kind="x", on=ON)
    assert inbox_of(user, on=ON).waiting == []


def test_deadlines_on_the_way_stand_with_the_employee_the_supervisor_and_hr(
    worker: Employee,
) -> None:
    boss = factories.make_employee("Boss")
    factories.make_supervision(boss, worker)
    here, there = factories.make_organization("A"), factories.make_organization("B")
    factories.make_assignment(worker, factories.make_position(here))
    hr, hr_there = factories.make_user(), factories.make_user()
    factories.grant_role(hr, Role.HR_SPECIALIST, organization=here)
    factories.grant_role(hr_there, Role.HR_SPECIALIST, organization=there)
    Deadline.objects.create(
        kind="denied_increase",
        subject="denied_increase:1",
        employee_key=worker.pk,
        citation="9701.325(b)",
        trigger_on=ON,
        days=90,
        due_on=ON + timedelta(90),
    )
    for user in (_user(worker), _user(boss), hr):
        (coming,) = inbox_of(user, on=ON).coming
        assert (coming.name, coming.title) == (worker.name, "Denied increase")
        assert coming.mine is (user == _user(worker))
    assert inbox_of(hr_there, on=ON).coming == []
    assert inbox_of(_user(factories.make_employee("Other")), on=ON).coming == []


def test_more_than_fifty_items_are_said_to_be_more() -> None:
    user = factories.make_user()
    WorkItem.objects.bulk_create(
        WorkItem(kind="x", subject=f"x:{number}", title="X", user=user, opened_on=ON)
        for number in range(51)
    )
    inbox = inbox_of(user, on=ON)
    assert (len(inbox.waiting), inbox.more) == (50, True)


def test_marking_notices_as_read_touches_ones_own_and_none_that_came_later(
    client: Client,
) -> None:
    mine, other = factories.make_user(), factories.make_user()
    notices = [
        Notice.objects.create(recipient=user, title="N", on=ON, recorded_at=clock.now())
        for user in (mine, other, mine, mine)
    ]
    marked = mark_notices_read(mine, newest=notices[2].pk, at=clock.now())
    assert marked == 2
    unread = set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
    assert unread == {notices[1].pk, notices[3].pk}


def test_a_form_that_names_no_notice_is_refused_on_the_page(client: Client) -> None:
    user = factories.make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = "6a2f41a3-c54c-4b6e-9d3d-1c9a5f0d1e11"
    answer = client.post("/notices/read/", {"form_key": key, "newest": "x"})
    assert answer.status_code == 422
    assert "The form names no notice." in answer.content.decode()


def test_home_takes_few_queries_however_much_waits(
    client: Client, worker: Employee, django_assert_max_num_queries: object
) -> None:
    user = _user(worker)
    WorkItem.objects.bulk_create(
        WorkItem(kind="x", subject=f"x:{number}", title="X", user=user, opened_on=ON)
        for number in range(40)
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get("/")


def _user(employee: Employee) -> User:
    assert employee.user is not None
    return employee.user
