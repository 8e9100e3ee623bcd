"""The links of the header."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, RequestFactory

from accounts.models import Role, User
from portal.navigation import ENTRIES, items_for
from tests import factories

pytestmark = pytest.mark.django_db

ON = date(2024, 10, 1)
MINE = ["My rating", "My pay", "My position", "My file"]


def _labels(user: User, *, path: str = "/") -> list[str]:
    return [item.label for item in items_for(RequestFactory().get(path), user, on=ON)]


def test_an_employee_is_led_to_his_own_pages() -> None:
    user = factories.make_employee().user
    assert user is not None
    assert _labels(user) == ["Home", *MINE]


def test_a_supervisor_is_led_to_the_team_as_long_as_there_is_one() -> None:
    boss, worker = factories.make_employee(), factories.make_employee()
    factories.make_supervision(boss, worker, ends=date(2024, 10, 2))
    assert boss.user is not None
    assert "My team" in _labels(boss.user)
    worker.supervised_by.update(period=(date(2000, 1, 3), ON))
    assert "My team" not in _labels(boss.user)


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (
            Role.HR_SPECIALIST,
            ["Home", "People", "Rating season", "90-day clocks", "Reconsideration", "Lab"],
        ),
        (Role.PAY_SPECIALIST, ["Home", "People", "Pay runs", "What if", "Policy", "Lab"]),
        (Role.DESIGNEE, ["Home", "Rating season", "Pay runs", "What if", "Policy", "Lab"]),
        (Role.OPM_REVIEWER, ["Home", "Requests to OPM", "Policy", "Lab"]),
        (
            Role.AUDITOR,
            [
                *("Home", "People", "Rating season", "Pay runs", "What if", "90-day clocks"),
                *("Policy", "Lab"),
            ],
        ),
        (Role.ADMINISTRATOR, ["Home", "Administration"]),
    ],
)
def test_a_role_leads_to_its_pages(role: Role, labels: list[str]) -> None:
    user = factories.make_user()
    factories.grant_role(user, role)
    assert _labels(user) == labels


def test_every_link_opens(client: Client) -> None:
    boss = factories.make_employee()
    factories.make_supervision(boss, factories.make_employee())
    assert boss.user is not None
    for role in Role:
        factories.grant_role(boss.user, role)
    client.force_login(boss.user, backend="django.contrib.auth.backends.ModelBackend")
    items = items_for(RequestFactory().get("/"), boss.user, on=ON)
    assert len(items) == len(ENTRIES)
    for item in items:
        assert client.get(item.url, follow=True).status_code == 200, item.label


def test_the_page_shown_is_marked() -> None:
    user = factories.make_user()
    factories.grant_role(user, Role.AUDITOR)
    marked = {
        path: [
            item.label
            for item in items_for(RequestFactory().get(path), user, on=ON)
            if item.current
        ]
        for path in ("/", "/people/E1/", "/pay/runs/4/")
    }
    assert marked == {"/": ["Home"], "/people/E1/": ["People"], "/pay/runs/4/": ["Pay runs"]}
