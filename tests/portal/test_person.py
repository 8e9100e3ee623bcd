"""The employee file: what of it each viewer sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import ReadLog, Role, User
from adverse_actions.models import Proposal
from pay.models import DeniedIncrease
from performance.models import RatingOfRecord
from performance.models.rating import RatingState
from performance.services.cycles import ensure_cycle
from portal.panels import panels_for
from tests import factories
from workforce.models import Employee

pytestmark = pytest.mark.django_db

ON = date(2024, 10, 1)
COMMON = ["assignment", "classification", "ratings"]


@pytest.fixture
def people() -> dict[str, User]:
    organization = factories.make_organization("HQ")
    worker, boss, top = (factories.make_employee(name) for name in ("Worker", "Boss", "Top"))
    factories.make_assignment(worker, factories.make_position(organization))
    factories.make_supervision(boss, worker)
    factories.make_supervision(top, boss)
    found = {"self": worker.user, "supervisor": boss.user, "line": top.user}
    for role in (Role.HR_SPECIALIST, Role.PAY_SPECIALIST, Role.AUDITOR, Role.DESIGNEE):
        user = factories.make_user(role.value)
        factories.grant_role(user, role, organization=organization)
        found[role.value] = user
    return {name: user for name, user in found.items() if user is not None}


@pytest.fixture
def worker(people: dict[str, User]) -> Employee:
    return Employee.objects.get(user=people["self"])


@pytest.mark.parametrize(
    ("viewer", "more"),
    [
        ("self", ["pay", "cases", "reads"]),
        ("supervisor", []),
        ("line", []),
        ("hr_specialist", ["pay", "cases", "history"]),
        ("pay_specialist", ["pay"]),
        ("auditor", ["pay", "cases", "history", "reads"]),
    ],
)
def test_each_viewer_sees_his_panels(
    people: dict[str, User], worker: Employee, viewer: str, more: list[str]
) -> None:
    shown = [panel.name for panel in panels_for(people[viewer], worker, on=ON)]
    assert sorted(shown) == sorted(COMMON + more)


def test_a_viewer_without_a_relation_sees_no_panel(
    people: dict[str, User], worker: Employee
) -> None:
    assert panels_for(people["designee"], worker, on=ON) == []


def _open(client: Client, user: User, employee: Employee) -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/people/{employee.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_issued_ratings_stand_in_the_file(
    client: Client, people: dict[str, User], worker: Employee
) -> None:
    old, new = ensure_cycle(date(2023, 9, 30)), ensure_cycle(date(2024, 9, 30))
    level = old.system.levels.get(code="EE")
    issued = RatingOfRecord.objects.create(
        employee=worker, cycle=old, level=level, state=RatingState.ISSUED,
        issued_on=date(2023, 10, 20),
    )  # fmt: skip
    RatingOfRecord.objects.create(employee=worker, cycle=new, level=level)
    page = _open(client, people["self"], worker)
    assert str(old) in page
    assert str(new) not in page
    assert f"/performance/ratings/{issued.pk}/" in page
    assert f"/performance/ratings/{issued.pk}/" not in _open(
        client, people["pay_specialist"], worker
    )


def test_cases_are_linked_for_those_who_may_open_them(
    client: Client, people: dict[str, User], worker: Employee
) -> None:
    proposal = Proposal.objects.create(
        employee=worker, kind="demotion", delivered_on=date(2024, 9, 3)
    )
    denial = DeniedIncrease.objects.create(
        employee=worker, adjusted_on=date(2024, 1, 14), percentage="1/10", basic_denied=100,
        below_minimum=True, due_on=date(2024, 4, 13),
    )  # fmt: skip
    page = _open(client, people["hr_specialist"], worker)
    assert f"/adverse-actions/proposals/{proposal.pk}/" in page
    assert f"/pay/denied-increases/{denial.pk}/" in page
    assert "last day Apr 13" in page
    assert "Proposed demotion" not in _open(client, people["supervisor"], worker)


def test_hr_alone_may_begin_a_proposal_from_the_file(
    client: Client, people: dict[str, User], worker: Employee
) -> None:
    link = f"/adverse-actions/proposals/new/{worker.number}/"
    assert link in _open(client, people["hr_specialist"], worker)
    assert link not in _open(client, people["supervisor"], worker)
    assert link not in _open(client, people["self"], worker)


def test_the_employee_sees_who_opened_the_file(
    client: Client, people: dict[str, User], worker: Employee
) -> None:
    _open(client, people["hr_specialist"], worker)
    assert str(people["hr_specialist"]) in _open(client, people["self"], worker)
    assert ReadLog.objects.count() == 1


def test_my_file_leads_an_employee_to_his_own(
    client: Client, people: dict[str, User], worker: Employee
) -> None:
    client.force_login(people["self"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/my-file/")["Location"] == f"/people/{worker.number}/"
    client.force_login(people["designee"], backend="django.contrib.auth.backends.ModelBackend")
    assert "belongs to nobody" in client.get("/my-file/").content.decode()


def test_a_number_that_nobody_has_is_a_page_that_is_not_there(
    client: Client, people: dict[str, User]
) -> None:
    client.force_login(people["auditor"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/people/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("viewer", "offered"),
    [
        ("self", ["circumstances"]),
        ("supervisor", ["circumstances"]),
        ("line", ["circumstances"]),
        ("hr_specialist", ["circumstances", "packets", "career-ladder"]),
        ("pay_specialist", ["career-ladder"]),
        ("auditor", ["circumstances"]),
    ],
)
def test_the_file_leads_only_to_pages_that_let_the_viewer_in(
    people: dict[str, User], worker: Employee, client: Client, viewer: str, offered: list[str]
) -> None:
    client.force_login(people[viewer])
    page = client.get(f"/people/{worker.number}/").content.decode()
    addresses = {
        "circumstances": f"/performance/people/{worker.pk}/circumstances/",
        "packets": f"/performance/people/{worker.pk}/packets/",
        "career-ladder": f"/pay/people/{worker.number}/career-ladder/",
    }
    assert [name for name, address in addresses.items() if f'href="{address}"' in page] == offered
    for name in offered:
        assert client.get(addresses[name]).status_code == 200
