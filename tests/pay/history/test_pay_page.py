"""The pay page: who may open it, and that it shows what is on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import ReadLog, Role, User
from performance.services.systems import ensure_system
from tests.factories import (
    grant_role,
    make_assignment,
    make_employee,
    make_organization,
    make_position,
    make_supervision,
    make_user,
)
from tests.pay.history.story import Story, make_story, tell_years

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    ensure_system()
    told = tell_years(make_story(user=make_user("ada")))
    make_assignment(told.person, make_position(make_organization("HQ")))
    return told


def page(user: User, story: Story) -> Any:
    """The answer to a user who asks for the page."""
    client = Client()
    client.force_login(user)
    return client.get(f"/pay/people/{story.person.number}/")


def own_log_in(story: Story) -> User:
    assert story.person.user is not None
    return story.person.user


def test_the_employee_reads_his_own_page_and_no_read_is_logged(story: Story) -> None:
    answer = page(own_log_in(story), story)

    assert answer.status_code == 200
    assert b"Why is my pay this?" in answer.content
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.HR_SPECIALIST, 200),
        (Role.PAY_SPECIALIST, 200),
        (Role.AUDITOR, 200),
        (Role.ADMINISTRATOR, 403),
        (Role.OPM_REVIEWER, 403),
        (Role.DESIGNEE, 403),
    ],
)
def test_only_roles_over_the_organization_read_it_and_are_logged(
    story: Story, role: Role, status: int
) -> None:
    user = make_user()
    grant_role(user, role)

    assert page(user, story).status_code == status
    assert ReadLog.objects.filter(user=user).exists() is (status == 200)


def test_a_specialist_of_another_organization_does_not_read_it(story: Story) -> None:
    user = make_user()
    grant_role(user, Role.PAY_SPECIALIST, organization=make_organization("X1"))

    assert page(user, story).status_code == 403


def test_a_supervisor_does_not_read_the_pay_of_the_team(story: Story) -> None:
    supervisor = make_employee("Boss")
    make_supervision(supervisor, story.person)
    assert supervisor.user is not None

    assert page(supervisor.user, story).status_code == 403


def test_a_number_that_nobody_has_is_not_found(story: Story) -> None:
    client = Client()
    client.force_login(own_log_in(story))

    assert client.get("/pay/people/nobody/").status_code == 404


def test_my_pay_is_for_those_with_a_record(story: Story) -> None:
    client = Client()
    client.force_login(own_log_in(story))
    assert client.get("/pay/mine/").status_code == 200
    client.force_login(make_user())
    assert client.get("/pay/mine/").status_code == 403


def test_the_page_only_answers_questions(story: Story) -> None:
    client = Client()
    client.force_login(own_log_in(story))

    assert client.post("/pay/mine/").status_code == 405


def test_every_step_is_on_the_page_with_a_link_to_its_paragraph(story: Story) -> None:
    content = page(own_log_in(story), story).content.decode()

    for action in story.actions:
        assert f'id="step-{action.pk}"' in content
        assert f"/regulation/{action.citation}/" in content
    assert "style=" not in content


def test_a_date_that_is_none_is_told_so(story: Story) -> None:
    client = Client()
    client.force_login(own_log_in(story))
    content = client.get("/pay/mine/", {"known": "soon"}).content.decode()

    assert "Enter a date, such as 2024-12-31." in content
    assert "Every step, and why" in content


def test_the_page_of_a_day_before_anything_was_known_is_empty(story: Story) -> None:
    client = Client()
    client.force_login(own_log_in(story))
    content = client.get("/pay/mine/", {"known": "2007-06-01"}).content.decode()

    assert "Nothing was on record that day." in content


def test_the_whole_page_takes_the_same_queries_however_many_steps(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(own_log_in(story))
    client.get("/pay/mine/")
    with CaptureQueriesContext(connection) as before:
        client.get("/pay/mine/")
    story.raise_range(date(2013, 1, 13), (44_000, 90_000))
    for year in range(2014, 2025):
        story.pay_out(date(year, 1, 13), points="0.1")
    with django_assert_max_num_queries(len(before)):
        client.get("/pay/mine/")
