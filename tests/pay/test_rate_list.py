"""Everybody's rate as effective on one date and as known on another, for those who may see it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, ReadLog, Recusal, Role, User
from classification.models import Band
from pay.models import PayAction, PayPool, PayRate, PoolMembership
from pay.queries.rate_list import Asked, ListedRate, all_rates, page_of_rates
from pay.queries.rates import rate_on
from pay.views.history import end_of
from regulation import clock
from regulation.days import DEPARTMENT_ZONE
from tests import factories
from workforce.models import Employee

pytestmark = pytest.mark.django_db

TODAY = date(2007, 6, 1)
HIRED = date(2005, 1, 9)
JANUARY = date(2007, 1, 7)


@pytest.fixture
def band() -> Band:
    return factories.make_band("FP", minimum=40_000, maximum=90_000)


@pytest.fixture
def office() -> Organization:
    return factories.make_organization("HS")


def paid(band: Band, office: Organization, *rates: tuple[date, int], name: str = "Lee") -> Employee:
    """Somebody at work in the office, with rates each recorded on its own day."""
    person = factories.make_employee(name, user=False)
    factories.make_assignment(person, factories.make_position(office))
    for starts, basic in rates:
        step(person, band, starts=starts, basic=basic, recorded=starts)
    return person


def step(
    person: Employee,
    band: Band,
    *,
    starts: date,
    basic: int | None,
    recorded: date,
    corrects: PayAction | None = None,
) -> PayAction:
    """One row of the ledger, and the projection that follows from it."""
    action = PayAction.objects.create(
        employee=person,
        effective=starts,
        step=0,
        place=corrects.place if corrects else PayAction.objects.count() + 1,
        recorded_at=datetime.combine(recorded, time(9), DEPARTMENT_ZONE),
        kind="range_increase",
        citation="9701.323(a)",
        band=band,
        basic_after=basic,
        uncapped=basic,
        adjusted=basic,
        supplement_kind="none",
        corrects=corrects,
    )
    PayRate.objects.update_or_create(
        employee=person,
        starts=starts,
        defaults={
            "band": band,
            "basic": basic,
            "uncapped": basic,
            "adjusted": basic,
            "supplement_kind": "none",
            "action": action,
        },
    )
    return action


def figures(asked: Asked) -> dict[str, int]:
    return {row.family_name: row.basic for row in all_rates(asked)}


def test_a_rate_is_that_of_its_date_and_of_what_was_known(band: Band, office: Organization) -> None:
    person = paid(band, office, (HIRED, 50_000), (JANUARY, 51_250))
    wrong = PayAction.objects.get(employee=person, effective=JANUARY)
    step(person, band, starts=JANUARY, basic=51_500, recorded=date(2007, 3, 1), corrects=wrong)
    known = end_of(date(2007, 2, 28))
    for on, when, basic in (
        (date(2007, 1, 6), None, 50_000),
        (JANUARY, None, 51_500),
        (TODAY, None, 51_500),
        (JANUARY, known, 51_250),
        (TODAY, known, 51_250),
        (TODAY, end_of(date(2007, 1, 6)), 50_000),
        (TODAY, end_of(date(2007, 3, 1)), 51_500),
    ):
        assert figures(Asked(on=on, known=when)) == {"Lee": basic}, (on, when)
        one = rate_on(person, on, known=when)
        assert one is not None
        assert one.basic == basic
    assert figures(Asked(on=date(2005, 1, 8))) == {}
    assert figures(Asked(on=TODAY, known=end_of(date(2005, 1, 8)))) == {}


def test_ledger_and_projection_say_the_same_of_now(band: Band, office: Organization) -> None:
    for number in range(7):
        paid(band, office, (HIRED, 50_000 + number), (JANUARY, 52_000 + number), name=f"P{number}")
    for on in (HIRED, date(2006, 12, 31), JANUARY, TODAY):
        assert list(all_rates(Asked(on=on))) == list(
            all_rates(Asked(on=on, known=end_of(date(2008, 1, 1))))
        )


def test_who_has_left_has_no_rate(band: Band, office: Organization) -> None:
    person = paid(band, office, (HIRED, 50_000))
    step(person, band, starts=JANUARY, basic=None, recorded=JANUARY)
    assert figures(Asked(on=TODAY)) == {}
    assert figures(Asked(on=date(2007, 1, 6))) == {"Lee": 50_000}


def test_the_list_is_filtered_by_organization_band_and_pool(
    band: Band, office: Organization
) -> None:
    below = factories.make_organization("HSBD", parent=office)
    elsewhere = factories.make_organization("HS2")
    other = factories.make_band("SE", minimum=60_000, maximum=99_000, rank=3)
    paid(band, office, (HIRED, 50_000), name="Here")
    member = paid(band, below, (HIRED, 51_000), name="Below")
    paid(other, elsewhere, (HIRED, 70_000), name="Elsewhere")
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    PoolMembership.objects.create(pool=pool, employee=member, period=(HIRED, JANUARY))
    for filters, names in (
        ({"organization": office.path}, {"Here", "Below"}),
        ({"organization": below.path}, {"Below"}),
        ({"band": other.pk}, {"Elsewhere"}),
        ({"reach": (below.path, elsewhere.path)}, {"Below", "Elsewhere"}),
        ({"reach": (below.path,), "organization": elsewhere.path}, set()),
        ({"reach": ()}, set()),
        ({"pool": pool.pk}, set()),
        ({"without": (member.pk,)}, {"Here", "Elsewhere"}),
    ):
        assert set(figures(Asked(on=JANUARY, **filters))) == names, filters
    assert set(figures(Asked(on=date(2007, 1, 6), pool=pool.pk))) == {"Below"}


def test_pages_follow_each_other_and_the_count_stops_at_its_cap(
    band: Band, office: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = [paid(band, office, (HIRED, 50_000 + n), name=f"P{n}").number for n in range(60)]
    seen: list[ListedRate] = []
    after = ""
    while True:
        page = page_of_rates(Asked(on=TODAY), after=after)
        seen += page.rows
        assert page.count == 60
        if not page.after:
            break
        after = page.after
    assert [row.number for row in seen] == sorted(everybody)
    monkeypatch.setattr("pay.queries.rate_list.CAP", 31)
    assert page_of_rates(Asked(on=TODAY)).capped


# The page


def reader(role: Role, organization: Organization | None = None) -> User:
    user = factories.make_user()
    factories.grant_role(user, role, organization=organization)
    return user


def ask(client: Client, user: User, name: str = "pay:rates", **query: Any) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with clock.use_clock(clock.at_noon(TODAY)):
        return client.get(reverse(name), query)


def text_of(answer: Any) -> str:
    """The body, streamed or not."""
    body: bytes = answer.getvalue() if answer.streaming else answer.content
    return body.decode()


def test_a_role_sees_its_own_organizations_only(
    client: Client, band: Band, office: Organization
) -> None:
    paid(band, office, (HIRED, 50_000), name="Here")
    paid(band, factories.make_organization("ELSE"), (HIRED, 51_000), name="Elsewhere")
    for role in (Role.PAY_SPECIALIST, Role.HR_SPECIALIST, Role.AUDITOR):
        user = reader(role, office)
        for name in ("pay:rates", "pay:rates_csv"):
            text = text_of(ask(client, user, name))
            assert "Here" in text
            assert "Elsewhere" not in text
    assert ask(client, reader(Role.DESIGNEE)).status_code == 403


def test_who_is_recused_does_not_see_the_person(
    client: Client, band: Band, office: Organization
) -> None:
    person = paid(band, office, (HIRED, 50_000), name="Kin")
    user = reader(Role.PAY_SPECIALIST)
    Recusal.objects.create(user=user, subject=person.subject, reason="kin", starts=HIRED)
    assert "Kin" not in text_of(ask(client, user))
    assert "Kin" not in text_of(ask(client, user, "pay:rates_csv"))


def test_the_export_is_logged_as_a_read_and_holds_no_formula(
    client: Client, band: Band, office: Organization
) -> None:
    paid(band, office, (HIRED, 50_000), name="=SUM(A1)")
    user = reader(Role.AUDITOR)
    ask(client, user)
    assert not ReadLog.objects.exists()
    answer = ask(client, user, "pay:rates_csv", on="2007-01-06", known="2007-01-06")
    lines = text_of(answer).splitlines()
    assert "'=SUM(A1)" in lines[1]
    assert "50000" in lines[1]
    kept = ReadLog.objects.get()
    assert (kept.user, kept.subject) == (user, "list:rates")
    assert "known=2007-01-06" in kept.page


def test_a_date_that_is_none_is_told_and_nothing_is_listed(
    client: Client, band: Band, office: Organization
) -> None:
    paid(band, office, (HIRED, 50_000), name="Here")
    for name in ("pay:rates", "pay:rates_csv"):
        answer = ask(client, reader(Role.AUDITOR), name, on="2007-02-31")
        assert answer.status_code == 422
        assert "Enter a date" in text_of(answer)
        assert "Here" not in text_of(answer)


def test_what_is_known_tomorrow_is_what_is_known_now(
    client: Client, band: Band, office: Organization
) -> None:
    paid(band, office, (HIRED, 50_000))
    text = text_of(ask(client, reader(Role.AUDITOR), known="2030-01-01"))
    assert "as known now" in text


def test_the_content_takes_six_queries_however_many_people(
    client: Client, band: Band, office: Organization, django_assert_max_num_queries: Any
) -> None:
    user = reader(Role.PAY_SPECIALIST, office)
    for number in range(30):
        paid(band, office, (HIRED, 50_000 + number), name=f"P{number}")
    ask(client, user)
    frame = _queries_of_the_frame(client, user)
    with django_assert_max_num_queries(frame + 6):
        ask_again(client, "pay:rates")
    with django_assert_max_num_queries(frame + 6):
        ask_again(client, "pay:rates", known="2006-01-01")


def ask_again(client: Client, name: str, **query: Any) -> Any:
    with clock.use_clock(clock.at_noon(TODAY)):
        return client.get(reverse(name), query)


def _queries_of_the_frame(client: Client, user: User) -> int:
    """What session, user, header and grants take on a page that reads nothing itself."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        ask_again(client, "accounts:password_change")
    return len(caught)
