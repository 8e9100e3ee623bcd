"""A plan from my team's page to the employee's objection, through the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from performance.models import Expectation, Plan
from performance.services.cycles import ensure_cycle
from regulation.clock import at_noon, use_clock
from tests.performance.office import Office, make_office

pytestmark = pytest.mark.django_db

TODAY = date(2007, 10, 3)
WORDS: dict[str, Any] = {
    "title": "Cases",
    "statement": "Close nine of ten.",
    "goal_level": "individual",
    "weight": "100",
    "alignment": "Strategic goal 3",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with use_clock(at_noon(TODAY)):
        yield


@pytest.fixture
def office() -> Office:
    office = make_office()
    ensure_cycle(date(2008, 9, 30))
    return office


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, name: str, *args: int, query: str = "", **data: Any) -> HttpResponse:
    address = reverse(f"performance:{name}", args=args) + query
    answer: HttpResponse = client.post(address, {"form_key": str(uuid4()), **data})  # type: ignore[assignment]
    return answer


def begun(office: Office, client: Client) -> Plan:
    cycle = ensure_cycle(date(2008, 9, 30))
    answer = send(client, "begin_plan", office.employee.pk, cycle=str(cycle.pk))
    plan = Plan.objects.get(employee=office.employee, cycle=cycle)
    assert answer["Location"] == reverse("performance:plan", args=[plan.pk])
    return plan


def version(plan: Plan) -> str:
    return str(Plan.objects.values_list("version", flat=True).get(pk=plan.pk))


def page(client: Client, plan: Plan) -> str:
    return client.get(reverse("performance:plan", args=[plan.pk])).content.decode()


@pytest.mark.paragraph("9701.406(b)#1", "9701.406(b)#3", "9701.406(d)#1")
def test_a_plan_goes_from_my_team_to_what_is_expected_now(office: Office) -> None:
    supervisor, employee = (browser(office.user(who)) for who in ("supervisor", "employee"))
    plan = begun(office, supervisor)
    send(supervisor, "new_expectation", plan.pk, query="?form=goal", version=version(plan), **WORDS)
    assert "Close nine of ten." in page(supervisor, plan)
    hidden = page(employee, plan)
    assert "Close nine of ten." not in hidden
    assert "civility and respect for others" in hidden

    send(supervisor, "invite_input", plan.pk, version=version(plan))
    assert "Close nine of ten." in page(employee, plan)
    draft = Expectation.objects.get(plan=plan)
    send(employee, "say", plan.pk, version=version(plan), kind="proposal", text="Eight of ten.")
    assert "Eight of ten." in page(supervisor, plan)

    told = {"told_on": "2007-10-03", "told_at": "", "how": "oral", "words": ""}
    answer = send(
        supervisor, "communicate", plan.pk, version=version(plan), expectation=draft.pk, **told
    )
    assert answer.status_code == 302
    assert "Communicated October 3, 2007, oral, by" in page(employee, plan)


def test_a_refusal_keeps_what_was_typed_and_says_the_paragraph(office: Office) -> None:
    supervisor = browser(office.user("supervisor"))
    plan = begun(office, supervisor)
    answer = send(
        supervisor,
        "new_expectation",
        plan.pk,
        query="?form=goal",
        version=version(plan),
        **{**WORDS, "goal_level": ""},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "9701.406(c)(1)" in text
    assert "Close nine of ten." in text
    assert not Expectation.objects.filter(plan=plan).exists()


def test_a_stale_form_shows_both_versions(office: Office) -> None:
    supervisor = browser(office.user("supervisor"))
    plan = begun(office, supervisor)
    opened = version(plan)
    send(supervisor, "new_expectation", plan.pk, query="?form=goal", version=opened, **WORDS)
    draft = Expectation.objects.get(plan=plan)
    other = {**WORDS, "statement": "Close all."}
    answer = send(supervisor, "expectation", plan.pk, draft.pk, version=opened, **other)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Cases: Close nine of ten." in text
    assert "Cases: Close all." in text
    assert Expectation.objects.get(plan=plan).statement == "Close nine of ten."


def test_another_persons_expectation_is_not_found_in_this_plan(office: Office) -> None:
    supervisor = browser(office.user("supervisor"))
    plan = begun(office, supervisor)
    foreign = office.expectations[0]
    address = reverse("performance:expectation", args=[plan.pk, foreign.pk])
    assert supervisor.get(address).status_code == 404
    met = {"how": "met", "happened_on": "2007-10-02", "note": ""}
    send(supervisor, "record_involvement", plan.pk, version=version(plan), **met)
    answer = send(
        supervisor,
        "communicate",
        plan.pk,
        version=version(plan),
        expectation=foreign.pk,
        told_on="2007-10-03",
        how="oral",
    )
    assert answer.status_code == 422
    assert "holds no such expectation" in answer.content.decode()
