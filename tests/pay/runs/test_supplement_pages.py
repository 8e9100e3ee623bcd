"""The pages of a supplement adjustment, from the form to the proof."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from governance.models import CoordinationState
from pay.models import PayRun, RunState
from pay.services.runs import execution
from regulation.clock import at_noon, use_clock
from tests import factories
from tests.pay.runs.department import EFFECTIVE, ON, Department, coordinate
from tests.pay.runs.supplements import direct, locality, make_supplements, previewed, station
from workforce.models import Employee

NEW = "pay:new_supplement_adjustment"


@pytest.fixture(autouse=True)
def _january_2007(department: Department) -> Iterator[None]:
    with use_clock(at_noon(ON)):
        make_supplements()
        component = factories.make_organization("BORDER", parent=factories.make_organization("TOP"))
        station(department, "Rated", basic=55_000, level="ME", organization=component)
        station(department, "Frozen", basic=55_000, level="U", organization=component)
        station(department, "Below", basic=42_000, level="U")
        outside = station(department, "Outside", basic=50_000, level="ME")
        Employee.objects.filter(pk=outside.pk).update(coverage_category="attorney")
        yield


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fields(**changed: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "title": "Washington",
        "effective": EFFECTIVE.isoformat(),
        "place": "locality:WAS",
        "percent": "16",
        **changed,
    }


def act(client: Client, run: PayRun, name: str) -> HttpResponse:
    version = PayRun.objects.values_list("version", flat=True).get(pk=run.pk)
    return client.post(  # type: ignore[return-value]
        reverse(f"pay:run_{name}", args=[run.pk]),
        {"form_key": str(uuid4()), "version": str(version)},
    )


def page_of(client: Client, run: PayRun, name: str = "run", query: str = "") -> str:
    answer = client.get(reverse(f"pay:{name}", args=[run.pk]) + query)
    assert answer.status_code == 200
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_from_the_form_to_the_proof(department: Department) -> None:
    drafter, approver = client_of(department.drafter), client_of(department.approver)
    assert reverse(NEW) in drafter.get(reverse("pay:runs")).content.decode()
    assert "WAS, now 12.5%" in drafter.get(reverse(NEW)).content.decode()
    answer = drafter.post(reverse(NEW), fields())
    run = PayRun.objects.get()
    assert answer.headers["Location"] == reverse("pay:run", args=[run.pk])
    assert "12.5%" in page_of(drafter, run)
    assert act(drafter, run, "preview").status_code == 302
    shown = page_of(approver, run)
    assert "$1,925</strong> a year more in adjusted rates, for 1" in shown
    assert "2</strong> denied, 1 of them below the minimum adjusted rate" in shown
    assert "BORDER" in shown
    lines = page_of(approver, run, "run_lines")
    assert "$61,875" in lines
    assert "$63,800" in lines
    assert "Frozen" not in page_of(approver, run, "run_lines", "?show=increase")
    assert act(approver, run, "approve").status_code == 302
    assert act(approver, run, "start").status_code == 302
    execution.carry_on(on=ON)
    assert PayRun.objects.get().state == RunState.VERIFIED
    assert "The totals prove themselves" in page_of(drafter, run)
    rows = list(csv.DictReader(StringIO(page_of(drafter, run, "run_export"))))
    told = {row["family name"]: row for row in rows}
    assert told["Rated"]["adjusted before"] == "61875"
    assert told["Rated"]["adjusted after"] == "63800"
    assert (told["Rated"]["percent before"], told["Rated"]["percent after"]) == ("12.5", "16")
    assert told["Below"]["result"] == "denied, below the minimum"
    assert told["Outside"]["exception"] == "not_covered"


@pytest.mark.parametrize(
    ("changed", "code", "text"),
    [
        ({"percent": "12.5"}, 422, "nothing would change"),
        ({"percent": "12.00001"}, 422, "four decimal places"),
        ({"percent": "minus"}, 422, "Write a number"),
        ({"place": "locality:XXX"}, 422, "Select a valid choice"),
        ({"bands": "XX"}, 422, "Select a valid choice"),
        ({"effective": ""}, 422, "This field is required"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    department: Department, changed: dict[str, str], code: int, text: str
) -> None:
    answer = client_of(department.drafter).post(reverse(NEW), fields(**changed))
    body = answer.content.decode()
    assert (answer.status_code, text in body, "Washington" in body) == (code, True, True)
    assert not PayRun.objects.exists()


def test_a_plan_is_changed_and_a_stale_form_shows_both(department: Department) -> None:
    run = previewed(department, locality(bands=("FP",)))
    client = client_of(department.drafter)
    address = reverse("pay:run_change", args=[run.pk])
    form = client.get(address).content.decode()
    assert 'value="FP" id="id_bands_' in form
    assert 'value="16"' in form
    stale = client.post(address, fields(version="1", percent="17"))
    assert "Saved meanwhile" in stale.content.decode()
    assert 'value="17"' in stale.content.decode()
    current = str(PayRun.objects.get().version)
    assert client.post(address, fields(version=current, percent="17")).status_code == 302
    assert PayRun.objects.get().plan == {
        "kind": "locality", "key": "WAS", "percent": "17", "bands": [],
    }  # fmt: skip
    assert PayRun.objects.get().state == RunState.DRAFT


@pytest.mark.paragraph("9701.333#3")
def test_a_special_rate_is_offered_and_told_with_its_directive_and_need(
    department: Department,
) -> None:
    client = client_of(department.drafter)
    assert "Cyber specialists" not in client.get(reverse(NEW)).content.decode()
    special = direct("CYB", "18")
    coordinate("9701.333", answer=CoordinationState.CONCURRED)
    assert "Cyber specialists (CYB), none yet" in client.get(reverse(NEW)).content.decode()
    other = client.post(reverse(NEW), fields(place="special:CYB", percent="19"))
    assert "No directive in force" in other.content.decode()
    assert client.post(reverse(NEW), fields(place="special:CYB", percent="18")).status_code == 302
    shown = page_of(client, PayRun.objects.get())
    for text in (str(special.directive), special.finding, special.membership, "none yet"):
        assert text in shown
    assert PayRun.objects.get().plan["percent"] == str(Decimal(18))
