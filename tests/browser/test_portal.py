"""Home, people, the employee file and the regulation, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from accounts.models import Role, User
from casework.models import Deadline, Notice
from casework.services.work_items import open_work_item
from classification.models import Position
from regulation import clock
from tests import factories
from tests.browser.conftest import Site
from workforce.models import Assignment, Employee

pytestmark = pytest.mark.browser


def _hire(name: str, position: Position) -> Employee:
    employee = factories.make_employee(name)
    Assignment.objects.create(
        employee=employee, position=position, period=(date(2020, 1, 5), None), area="DCB"
    )
    return employee


@pytest.fixture
def office(site: Site) -> dict[str, User]:
    """A small office with something waiting, something late and a clock running."""
    on = clock.today()
    organization = factories.make_organization("HQ")
    position = Position.objects.create(number="P1", title="Analyst", organization=organization)
    chief = Position.objects.create(number="P2", title="Chief", organization=organization)
    boss = _hire("Boss", chief)
    worker = _hire("Worker", position)
    factories.make_supervision(boss, worker)
    assert boss.user is not None
    assert worker.user is not None
    hr = factories.make_user("hr", full_name="Hana Rivera")
    factories.grant_role(hr, Role.HR_SPECIALIST, organization=organization)
    open_work_item(
        worker,
        kind="a",
        title="Rate Robin Worker",
        on=on - timedelta(20),
        user=boss.user,
        citation="9701.409(a)",
        due_on=on - timedelta(3),
        url="/",
    )
    open_work_item(
        worker,
        kind="b",
        title="Issue the rating of Robin Worker",
        on=on,
        user=boss.user,
        citation="9701.409(b)",
        due_on=on + timedelta(3),
        url="/",
    )
    open_work_item(
        worker,
        kind="c",
        title="Decide the request of Robin Worker",
        on=on,
        role=Role.HR_SPECIALIST,
        organization=organization,
        citation="9701.222(b)",
    )
    Deadline.objects.create(
        kind="denied_increase",
        subject="denied_increase:1",
        employee_key=worker.pk,
        citation="9701.325(b)",
        trigger_on=on,
        days=90,
        due_on=on + timedelta(90),
    )
    Notice.objects.create(
        recipient=worker.user,
        title="Your rating of record was issued",
        on=on,
        recorded_at=clock.now(),
        citation="9701.409(c)",
        url="/",
    )
    return {"boss": boss.user, "worker": worker.user, "hr": hr}


def test_home_shows_what_is_late_what_waits_and_what_comes(
    site: Site,
    office: dict[str, User],
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(office["boss"])
    page.goto(site.page("/"))
    assert page.get_by_text("Rate Robin Worker").is_visible()
    check_page(page)


def test_an_employee_reads_notices_and_the_file(
    site: Site,
    office: dict[str, User],
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(office["worker"])
    page.goto(site.page("/"))
    check_page(page)
    page.get_by_role("button", name="Mark all as read").click()
    assert page.get_by_role("button", name="Mark all as read").count() == 0
    page.get_by_role("link", name="My file").click()
    assert page.get_by_role("heading", name="Who opened this file").is_visible()
    check_page(page)


def test_a_specialist_finds_a_person_by_name(
    site: Site,
    office: dict[str, User],
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(office["hr"])
    page.goto(site.page("/people/"))
    page.get_by_label("Name or employee number").fill("wor")
    page.get_by_role("button", name="Search").click()
    check_page(page)
    page.get_by_role("link", name="Robin Worker").click()
    assert page.get_by_text("Analyst (P1)").is_visible()
    check_page(page)


def test_the_regulation_is_read_without_log_in(
    site: Site, page: Page, check_page: Callable[[Page], None]
) -> None:
    page.goto(site.page("/regulation/"))
    check_page(page)
    page.goto(site.page("/regulation/9701.342(d)(3)/"))
    check_page(page)
    page.goto(site.page("/regulation/9701.999/"))
    assert page.get_by_text("There is no such page").is_visible()
    check_page(page)
