"""Every URL, with every role and every relation, against the table written by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from accounts.access import Access
from accounts.models import ReadLog, Recusal, Role
from tests import factories
from tests.access_table import EVERYBODY, LOGGED_IN, TABLE
from tests.access_world import PAGES, World, page_of

DENIED = "You may not open this page"

#: Rows whose URL is there; the others are named by a test of their own.
ROWS = sorted(name for name in TABLE if name.partition("/")[0] in PAGES)

#: Forms that are answered and change nothing.
KEEPS_NOTHING = {"scenarios:lab"}


def test_every_url_has_a_name_and_a_rule() -> None:
    assert [name for name in PAGES if name.endswith(":None") or name.startswith(":")] == []
    assert [name for name, page in PAGES.items() if not isinstance(page.rule, Access)] == []


def test_every_url_stands_in_the_table_and_no_other() -> None:
    rows = {page_of(name) for name in TABLE}
    assert sorted(set(PAGES) - rows) == []
    assert sorted(rows - set(PAGES)) == []


def test_an_auditor_acts_nowhere_that_is_not_for_every_user() -> None:
    auditors = {name for name in EVERYBODY if "auditor" in name}
    acting = {name for name, row in TABLE.items() if row.post & auditors} - KEEPS_NOTHING
    assert {name for name in acting if not TABLE[name].post >= LOGGED_IN} == set()


def _let_in(world: World, person: str, name: str, *, method: str) -> bool:
    """Whether a request is let in; whatever it did is undone."""
    row = TABLE[name]
    address = world.address(name, row)
    body = {key: world.facts[fact] for key, fact in row.sends.items()}
    with transaction.atomic():
        client = world.client
        user = world.people.get(person)
        world.enter(user)
        if person in world.recused and user is not None:
            Recusal.objects.create(
                user=user, subject=world.employee.subject, reason="kin", starts=date(2000, 1, 1)
            )
        answer = client.get(address) if method == "GET" else client.post(address, body)
        transaction.set_rollback(True)
    assert answer.status_code not in (404, 500), f"{method} {address}: {answer.status_code}"
    if answer.status_code == 405:
        return False
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next="):
        return False
    return not (answer.status_code == 403 and DENIED in answer.content.decode())


@pytest.mark.parametrize("name", ROWS)
def test_a_page_lets_in_those_of_the_table_and_nobody_else(world: World, name: str) -> None:
    row = TABLE[name]
    for method, expected in (("GET", row.get), ("POST", row.post)):
        let_in = {
            person for person in sorted(EVERYBODY) if _let_in(world, person, name, method=method)
        }
        assert let_in == expected, f"{method} {name}"


SUBJECTS = sorted(
    name
    for name in ROWS
    if (rule := PAGES[page_of(name)].rule) is not None and rule.subject is not None
)


@pytest.mark.parametrize("name", [name for name in SUBJECTS if TABLE[name].about])
def test_a_role_gives_nobody_more_over_his_own_record(world: World, name: str) -> None:
    """HR, pay and audit roles of the employee himself open nothing that he could not open."""
    row = TABLE[name]
    for role in (Role.HR_SPECIALIST, Role.PAY_SPECIALIST, Role.AUDITOR, Role.OPM_REVIEWER):
        factories.grant_role(world.people["self"], role)
    for method, expected in (("GET", row.get), ("POST", row.post)):
        assert _let_in(world, "self", name, method=method) is ("self" in expected), method


@pytest.mark.parametrize(
    "name",
    [name for name in SUBJECTS if TABLE[name].about and TABLE[name].get & {"hr", "auditor"}],
)
def test_a_read_of_another_persons_record_is_logged(world: World, name: str) -> None:
    row = TABLE[name]
    reader = world.people["hr" if "hr" in row.get else "auditor"]
    client = world.client
    world.enter(reader)
    client.get(world.address(name, row))
    (log,) = ReadLog.objects.all()
    assert (log.user, log.subject) == (reader, world.employee.subject)
    assert log.request_id
    world.enter(world.people["self"])
    client.get(world.address(name, row))
    assert ReadLog.objects.count() == 1


def test_nobody_who_left_a_role_keeps_its_pages(world: World) -> None:
    assert _let_in(world, "hr", "portal:person", method="GET")
    world.people["hr"].grants.update(ends=date(2025, 3, 2))
    assert not _let_in(world, "hr", "portal:person", method="GET")


def test_a_former_supervisor_opens_the_file_no_longer(world: World) -> None:
    assert _let_in(world, "supervisor", "portal:person", method="GET")
    world.employee.supervised_by.update(period=(date(2000, 1, 3), date(2025, 3, 3)))
    assert not _let_in(world, "supervisor", "portal:person", method="GET")
