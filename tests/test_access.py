"""Every URL, with every role and every relation, against the table written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.access import Access
from accounts.models import ReadLog, Recusal, Role, User
from adverse_actions.models import Proposal
from casework.actor import Actor
from casework.services.documents import attach
from pay.models import DeniedIncrease, PayRun
from performance.models import RatingOfRecord
from performance.models.rating import RatingState
from performance.services.cycles import ensure_cycle
from reconsideration.models import Request, RequestState
from regulation import clock
from tests import factories
from tests.access_table import EVERYBODY, LOGGED_IN, TABLE, Row
from tests.performance.office import make_office
from workforce.models import Employee

TODAY = date(2025, 3, 3)
DENIED = "You may not open this page"


@dataclass(frozen=True)
class Page:
    """One URL of ours."""

    name: str
    view: Any

    @property
    def rule(self) -> Access | None:
        """The rule that the view declares."""
        return getattr(self.view, "access", None)


def _walk(patterns: list[Any], namespace: str = "") -> Iterator[Page]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _walk(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield Page(name=f"{namespace}:{pattern.name}", view=pattern.callback)


PAGES = {page.name: page for page in _walk(get_resolver().url_patterns)}


#: Rows whose URL is there; the others are named by a test of their own.
ROWS = sorted(name for name in TABLE if name.partition("/")[0] in PAGES)


def _page(name: str) -> str:
    """The URL of a row."""
    return name.partition("/")[0]


def test_every_url_has_a_name_and_a_rule() -> None:
    assert [name for name in PAGES if name.endswith(":None") or name.startswith(":")] == []
    assert [name for name, page in PAGES.items() if not isinstance(page.rule, Access)] == []


def test_every_url_stands_in_the_table_and_no_other() -> None:
    rows = {_page(name) for name in TABLE}
    assert sorted(set(PAGES) - rows) == []
    assert sorted(rows - set(PAGES)) == []


def test_an_auditor_acts_nowhere_that_is_not_for_every_user() -> None:
    auditors = {name for name in EVERYBODY if "auditor" in name}
    acting = {name for name, row in TABLE.items() if row.post & auditors}
    assert {name for name in acting if not TABLE[name].post >= LOGGED_IN} == set()


@dataclass
class World:
    """One employee with a rating, a request and all the rest, and everybody around."""

    people: dict[str, User]
    recused: frozenset[str]
    employee: Employee
    facts: dict[str, str]
    client: Client
    #: The session of each log-in, so that nobody logs in anew for each page.
    sessions: dict[int, str] = field(default_factory=dict)

    def enter(self, user: User | None) -> None:
        """Go on as this user, or as nobody."""
        self.client.cookies.clear()
        if user is not None:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]

    def address(self, name: str, row: Row) -> str:
        """The address of a page about this employee."""
        return reverse(
            _page(name), kwargs={key: self.facts[fact] for key, fact in row.about.items()}
        )


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world of every test here, made once in a transaction that is never committed."""
    with (
        django_db_blocker.unblock(),
        clock.use_clock(clock.at_noon(TODAY)),
        transaction.atomic(),
    ):
        made = _make_world()
        for user in made.people.values():
            made.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            made.sessions[user.pk] = made.client.cookies[settings.SESSION_COOKIE_NAME].value
            made.client.cookies.clear()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(one_world: World) -> Iterator[World]:
    """The world as it was made; what a test changes is undone."""
    with clock.use_clock(clock.at_noon(TODAY)), transaction.atomic():
        yield one_world
        transaction.set_rollback(True)


def _make_world() -> World:
    office = make_office()
    assignment = office.employee.assignments.select_related("position__organization").get()
    here, elsewhere = assignment.position.organization, factories.make_organization()
    stranger, sidelined = factories.make_employee("Stranger"), factories.make_employee("Sidelined")
    for person in (stranger, sidelined):
        factories.make_assignment(person, factories.make_position(elsewhere))
    people = {
        "self": office.user("employee"),
        "supervisor": office.user("supervisor"),
        "second_line": office.user("reviewer"),
        "stranger": _user(stranger),
        "hr": _staff(Role.HR_SPECIALIST, here),
        "hr_elsewhere": _staff(Role.HR_SPECIALIST, elsewhere),
        "pay": _staff(Role.PAY_SPECIALIST, here),
        "pay_elsewhere": _staff(Role.PAY_SPECIALIST, elsewhere),
        "auditor": _staff(Role.AUDITOR, here),
        "auditor_elsewhere": _staff(Role.AUDITOR, elsewhere),
        "designee": _staff(Role.DESIGNEE),
        "opm": _staff(Role.OPM_REVIEWER),
        "administrator": _staff(Role.ADMINISTRATOR),
    }
    people["recused_hr"] = people["hr"]
    people["recused_auditor"] = people["auditor"]
    people["recused_supervisor"] = people["supervisor"]
    return World(
        people=people,
        recused=frozenset(name for name in people if name.startswith("recused_")),
        employee=office.employee,
        facts=_facts(office, people),
        client=Client(),
    )


def _user(employee: Employee) -> User:
    assert employee.user is not None
    return employee.user


def _staff(role: Role, organization: Any = None) -> User:
    user = factories.make_user()
    factories.grant_role(user, role, organization=organization)
    return user


def _facts(office: Any, people: dict[str, User]) -> dict[str, str]:
    """The records that fill the addresses."""
    employee: Employee = office.employee
    rating = office.submit(office.start())
    request = _request(employee, people["hr"])
    document = attach(
        request, name="a.txt", media_type="text/plain", data=b"a", actor=Actor(user=people["self"])
    )
    run = PayRun.objects.create(
        kind="range_adjustment",
        title="January",
        plan={"ranges": {"LE-FP": [51_000, 91_800]}},
        effective=date(2025, 1, 12),
        drafted_by=people["pay"],
        created_at=clock.now(),
    )
    denied = DeniedIncrease.objects.create(
        employee=employee, adjusted_on=date(2025, 1, 12), percentage="1/10", basic_denied=100
    )
    proposal = Proposal.objects.create(
        employee=employee, kind="demotion", delivered_on=date(2025, 2, 3)
    )
    return {
        "proposal": str(proposal.pk),
        "employee": str(employee.pk),
        "number": employee.number,
        "rating": str(rating.pk),
        "issued": str(_issued(office).pk),
        "cycle": str(office.cycle.pk),
        "request": str(request.pk),
        "document": str(document.pk),
        "run": str(run.pk),
        "denied": str(denied.pk),
        "paragraph": "9701.409(b)",
        "text": "x",
    }


def _issued(office: Any) -> RatingOfRecord:
    """The rating of the year before, by the same officials."""
    cycle = ensure_cycle(date(2006, 9, 30))
    return RatingOfRecord.objects.create(
        employee=office.employee,
        cycle=cycle,
        rater=office.supervisor,
        reviewer=office.reviewer,
        level=cycle.system.levels.first(),
        state=RatingState.ISSUED,
        issued_on=date(2006, 10, 15),
    )


def _request(employee: Employee, decider: User) -> Request:
    """A request that DHS decided and that waits at OPM, on a classified position of record."""
    cluster = factories.make_cluster()
    band = factories.make_band("LE-FP", minimum=50_000, maximum=90_000)
    held = employee.assignments.get()
    position = factories.make_position(
        held.position.organization, series=factories.make_series(cluster), band=band
    )
    held.position = position
    held.save()
    return Request.objects.create(
        employee=employee,
        position=position,
        contested=position.decisions.get(),
        issues=["band"],
        filed_on=date(2025, 2, 3),
        state=RequestState.FILED_OPM,
        dhs_outcome="sustained",
        dhs_decided_on=date(2025, 2, 10),
        dhs_decided_by=factories.make_user(),
        opm_filed_on=date(2025, 2, 17),
    )


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
    if (rule := PAGES[_page(name)].rule) is not None and rule.subject is not None
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
