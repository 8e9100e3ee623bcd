"""What a page costs the database, whoever reads it, and that it knows no less for that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from accounts.queries.reading import reading
from accounts.queries.roles import roles_of
from demonstration.clock import set_business_date
from tests import factories
from tests.access_table import TABLE
from tests.access_world import World

#: Page, reader, and how many questions it asks. The frame's share is five: session, user, grants,
#: the record and whether it has a team; a demonstration adds its clock and the clock's move.
PAGES = [
    ("portal:my_file", "hr", 6),
    ("portal:home", "self", 11),
    ("portal:home", "supervisor", 11),
    ("portal:home", "hr", 10),
    ("performance:team", "supervisor", 14),
    ("performance:review_queue", "second_line", 9),
    ("reconsideration:queue", "hr", 8),
    ("reconsideration:opm_queue", "opm", 8),
    ("reconsideration:mine", "self", 9),
    ("pay:runs", "pay", 7),
    ("pay:clocks", "hr", 8),
    ("portal:people", "hr", 9),
]


@pytest.mark.parametrize(("page", "part", "questions"), PAGES)
def test_a_page_asks_who_its_reader_is_only_once(
    world: World, page: str, part: str, questions: int, django_assert_max_num_queries: Any
) -> None:
    set_business_date(date(2025, 3, 3))
    world.enter(world.people[part])
    address = world.address(page, TABLE[page])
    assert world.client.get(address).status_code == 200
    with django_assert_max_num_queries(questions):
        world.client.get(address)


def test_a_page_without_a_reader_asks_for_the_clock_alone(
    client: Client, db: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(1):
        client.get(reverse("accounts:login"))


def test_the_next_page_knows_of_a_new_role(client: Client, db: None) -> None:
    user = factories.make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("portal:people")).status_code == 403
    factories.grant_role(user, Role.HR_SPECIALIST)
    assert client.get(reverse("portal:people")).status_code == 200


def test_only_what_reads_remembers(db: None) -> None:
    user = factories.make_user()
    on = date(2025, 3, 3)
    with reading():
        assert roles_of(user, on=on) == frozenset()
        factories.grant_role(user, Role.AUDITOR)
        assert roles_of(user, on=on) == frozenset()
    assert roles_of(user, on=on) == {Role.AUDITOR}
