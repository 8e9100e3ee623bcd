"""What applies to everybody in an organization stands on each member's plan, with its dates."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, Role
from casework.actor import Actor
from casework.models import Entry
from performance.models import GeneralExpectation
from performance.queries.general_expectations import general_expectations_of
from performance.services.make_available import make_available
from regulation import clock
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_assignment,
    make_employee,
    make_organization,
    make_position,
    make_user,
)
from tests.performance.office import Office, make_office, put_in_team

pytestmark = pytest.mark.django_db

AVAILABLE, REVISED, TODAY = date(2007, 2, 1), date(2007, 6, 1), date(2007, 7, 2)


@pytest.fixture
def office() -> Office:
    return make_office()


def place_of(office: Office) -> Organization:
    return office.employee.assignments.get().position.organization


def publish(office: Office, **given: Any) -> GeneralExpectation:
    fields: dict[str, Any] = {
        "kind": "procedure",
        "title": "Boarding",
        "source": "SOP 14",
        "available_on": AVAILABLE,
        "actor": office.actor("hr"),
        "on": TODAY,
        **given,
    }
    return make_available(fields.pop("organization", place_of(office)), **fields)


def dates(office: Office, *, on: date = TODAY, plan: Any = None) -> list[tuple[Any, ...]]:
    return [
        (row.item.source, row.standing.available_on, row.standing.revised_on)
        for row in general_expectations_of(plan or office.plan, on=on)
    ]


@pytest.mark.paragraph("9701.406(a)#2")
def test_every_members_plan_shows_it_and_one_hired_later_has_his_own_date(office: Office) -> None:
    publish(office)
    hired = date(2007, 4, 2)
    late = make_employee("Late", hired=hired)
    make_assignment(late, make_position(place_of(office)), starts=hired)
    late_plan = put_in_team(late, supervisor=office.supervisor, cycle=office.cycle, told=hired)
    elsewhere = make_employee("Elsewhere")
    make_assignment(elsewhere, make_position(make_organization()))
    other = put_in_team(elsewhere, supervisor=office.supervisor, cycle=office.cycle)
    assert dates(office) == [("SOP 14", AVAILABLE, None)]
    assert dates(office, plan=late_plan) == [("SOP 14", hired, None)]
    assert dates(office, plan=other) == []


@pytest.mark.paragraph("9701.406(a)#2")
def test_a_revised_version_counts_from_its_own_date_only(office: Office) -> None:
    old = publish(office)
    publish(office, source="SOP 14a", available_on=REVISED, replaces=old.pk)
    assert dates(office, on=date(2007, 5, 31)) == [("SOP 14", AVAILABLE, None)]
    assert dates(office) == [("SOP 14", AVAILABLE, REVISED), ("SOP 14a", REVISED, None)]


def test_what_was_made_available_above_reaches_the_members_below(office: Office) -> None:
    top = make_organization("TOP")
    below = place_of(office)
    below.parent = top
    below.save()
    hr = make_user()
    grant_role(hr, Role.HR_SPECIALIST, organization=top)
    publish(office, organization=top, actor=Actor(user=hr))
    assert dates(office) == [("SOP 14", AVAILABLE, None)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"available_on": None}, "availability_date_required"),
        ({"title": "  "}, "reason_required"),
        ({"replaces": 999_999}, "invalid_input"),
        ({"organization": "elsewhere"}, "permission_denied"),
    ],
)
def test_what_is_refused_leaves_nothing(office: Office, given: dict[str, Any], code: str) -> None:
    if "organization" in given:
        given = {"organization": make_organization()}
    with pytest.raises(Refused) as caught:
        publish(office, **given)
    assert caught.value.code == code
    assert not GeneralExpectation.objects.exists()


def test_a_version_is_revised_once(office: Office) -> None:
    old = publish(office)
    publish(office, available_on=REVISED, replaces=old.pk)
    with pytest.raises(Refused) as caught:
        publish(office, available_on=date(2007, 6, 2), replaces=old.pk)
    assert caught.value.code == "already_done"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.paragraph("9701.406(a)#2")
def test_hr_makes_it_available_on_its_page_and_the_employee_reads_it_on_his_plan(
    office: Office,
) -> None:
    page = reverse("performance:general_expectations")
    typed = {
        "organization": place_of(office).pk,
        "kind": "handbook",
        "title": "Handbook of the field office",
        "source": "FO-HB 3",
        "available_on": "2007-02-01",
    }
    with clock.use_clock(clock.at_noon(TODAY)):
        hr = client_of(office.hr)
        refused = hr.post(page, {**typed, "form_key": str(uuid4()), "available_on": ""})
        assert "Handbook of the field office" in refused.content.decode()
        assert not GeneralExpectation.objects.exists()
        assert hr.post(page, {**typed, "form_key": str(uuid4())}).status_code == 302
        assert "FO-HB 3" in hr.get(page).content.decode()
        plan = client_of(office.user("employee")).get(
            reverse("performance:plan", args=[office.plan.pk])
        )
    made = GeneralExpectation.objects.get()
    assert Entry.objects.get(subject=f"general_expectation:{made.pk}").actor == office.hr
    text = plan.content.decode()
    assert "Handbook of the field office" in text
    assert "Made available February 1, 2007" in text
