"""Finding people by name or number, inside one's organizations."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import Organization, Role, User
from portal.queries import people as query
from portal.queries.people import find_people
from tests import factories
from workforce.models import Employee

pytestmark = pytest.mark.django_db

ON = date(2024, 10, 1)


@pytest.fixture
def office() -> Organization:
    return factories.make_organization("HQ")


@pytest.fixture
def hr(office: Organization) -> User:
    user = factories.make_user("hr")
    factories.grant_role(user, Role.HR_SPECIALIST, organization=office)
    return user


def _hire(
    name: str, office: Organization, *, given: str = "Robin", ends: date | None = None
) -> Employee:
    employee = factories.make_employee(name, given_name=given, user=False)
    factories.make_assignment(employee, factories.make_position(office), ends=ends)
    return employee


def _names(user: User, text: str) -> list[str]:
    return [row.name for row in find_people(user, text=text, on=ON).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sha", ["Alice Shaw", "Sharon Vale"]),
        ("SHAW", ["Alice Shaw"]),
        ("shaw, ali", ["Alice Shaw"]),
        ("ali shaw", ["Alice Shaw"]),
        ("haw", []),
        ("%", []),
        ("_", []),
        ("", ["Alice Shaw", "Sharon Vale"]),
    ],
)
def test_every_word_begins_a_name(
    hr: User, office: Organization, text: str, found: list[str]
) -> None:
    _hire("Shaw", office, given="Alice")
    _hire("Vale", office, given="Sharon")
    assert _names(hr, text) == found


def test_a_number_finds_its_person(hr: User, office: Organization) -> None:
    shaw = _hire("Shaw", office)
    _hire("Vale", office)
    assert _names(hr, shaw.number.lower()) == [shaw.name]


def test_people_outside_the_organizations_of_the_role_are_not_found(
    hr: User, office: Organization
) -> None:
    _hire("Under", factories.make_organization("HQ1", parent=office))
    _hire("Beside", factories.make_organization("HQ2"))
    moved = _hire("Moved", office, ends=date(2024, 9, 1))
    factories.make_assignment(
        moved, factories.make_position(factories.make_organization("X")), starts=date(2024, 9, 1)
    )
    assert _names(hr, "") == ["Robin Under"]


def test_somebody_who_left_is_found_where_he_last_worked(hr: User, office: Organization) -> None:
    _hire("Gone", office, ends=date(2024, 9, 1))
    assert _names(hr, "gone") == ["Robin Gone"]


@pytest.mark.parametrize("role", [Role.DESIGNEE, Role.OPM_REVIEWER, Role.ADMINISTRATOR])
def test_other_roles_search_nobody(client: Client, office: Organization, role: Role) -> None:
    _hire("Shaw", office)
    user = factories.make_user()
    factories.grant_role(user, role)
    assert _names(user, "") == []
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/people/").status_code == 403


def test_pages_follow_one_another_without_gap_or_double(
    hr: User, office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "PAGE", 2)
    numbers = [_hire(name, office).number for name in ("A", "B", "B", "B", "C")]
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = find_people(hr, text="", on=ON, after=after)
        seen += [row.number for row in page.rows]
        after = page.after
    assert seen == numbers
    assert after == ""


def test_counting_stops_at_a_cap(
    client: Client, hr: User, office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "CAP", 2)
    for name in ("A", "B", "C"):
        _hire(name, office)
    assert find_people(hr, text="", on=ON).capped
    client.force_login(hr, backend="django.contrib.auth.backends.ModelBackend")
    assert "More than 1,000 people" in client.get("/people/").content.decode()


def test_an_address_that_names_nobody_starts_at_the_first_page(
    hr: User, office: Organization
) -> None:
    _hire("Shaw", office)
    assert len(find_people(hr, text="", on=ON, after="nobody").rows) == 1


def test_a_search_takes_few_queries_however_many_are_found(
    hr: User, office: Organization, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        _hire(f"Person {number}", office)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(find_people(hr, text="person", on=ON).rows) == 25
