"""The page of a denied increase, the board of clocks, and recording a proposal."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ReadLog, Role, User
from adverse_actions.models import Proposal
from casework.sweeps import run_daily
from pay.models import DeniedIncrease, RateRange
from pay.queries.clocks import open_clocks
from pay.services.adjust_ranges import adjust_ranges
from regulation import clock
from tests.factories import (
    grant_role,
    make_band,
    make_employee,
    make_organization,
    make_supervision,
    make_user,
)
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)
TODAY = date(2007, 3, 8)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.use_clock(clock.at_noon(TODAY)):
        yield


@pytest.fixture
def case() -> DeniedIncrease:
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    office = make_organization("OFFICE")
    for basic in (41_111, 41_500):
        person = make_paid_employee(band, basic, organization=office, user=True)
        rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    found = DeniedIncrease.objects.order_by("pk").first()
    assert found is not None
    return found


def client_of(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def hr_of(case: DeniedIncrease) -> User:
    user = make_user("hr")
    office = case.employee.assignments.get().position.organization
    grant_role(user, Role.HR_SPECIALIST, organization=office)
    return user


def page(case: DeniedIncrease) -> str:
    return reverse("pay:denied_increase", args=[case.pk])


def body(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.paragraph("9701.325(a)")
@pytest.mark.paragraph("9701.325(b)")
def test_the_page_says_how_many_days_are_left_and_what_day_91_brings(case: DeniedIncrease) -> None:
    text = body(client_of(case.employee.user).get(page(case)))
    assert "Days left<strong>30</strong>" in text
    assert "Apr 7, 2007" in text
    assert "on day 91 the band minimum is due, and it is paid from April 15, 2007" in text
    assert "Unacceptable, for the period that ended September 30, 2006" in text
    assert "$41,111" in text
    assert "Record a delivered proposal" not in text


@pytest.mark.parametrize(
    ("who", "status", "figures"),
    [
        ("self", 200, True), ("hr", 200, True), ("supervisor", 200, False),
        ("auditor", 200, False), ("pay", 200, True), ("stranger", 403, False),
        ("colleague", 403, False), ("opm", 403, False),
    ],
)  # fmt: skip
def test_who_reads_the_case_and_who_sees_the_figures(
    case: DeniedIncrease, who: str, status: int, figures: bool
) -> None:
    office = case.employee.assignments.get().position.organization
    users: dict[str, User | None] = {"self": case.employee.user, "stranger": make_user("stranger")}
    for name, role in (
        ("hr", Role.HR_SPECIALIST), ("pay", Role.PAY_SPECIALIST), ("auditor", Role.AUDITOR),
        ("opm", Role.OPM_REVIEWER),
    ):  # fmt: skip
        user = make_user(name)
        grant_role(user, role, organization=office)
        users[name] = user
    boss = make_employee()
    make_supervision(boss, case.employee)
    users["supervisor"] = boss.user
    users["colleague"] = make_employee().user
    response = client_of(users[who]).get(page(case))
    assert response.status_code == status
    assert ("$41,111" in response.content.decode()) is figures
    logged = ReadLog.objects.filter(subject=case.employee.subject).exists()
    assert logged is (status == 200 and who != "self")


def test_the_board_lists_hrs_own_clocks_by_days_left_and_without_his_own(
    case: DeniedIncrease, django_assert_max_num_queries: Any
) -> None:
    hr = hr_of(case)
    with django_assert_max_num_queries(3):
        assert [each.days_left for each in open_clocks(hr, on=TODAY)] == [30, 30]
    text = body(client_of(hr).get(reverse("pay:clocks")))
    assert text.count("Minimum from Apr 15, 2007") == 2
    other = make_user("other")
    grant_role(other, Role.HR_SPECIALIST, organization=make_organization())
    assert "No clock is running" in body(client_of(other).get(reverse("pay:clocks")))
    assert client_of(case.employee.user).get(reverse("pay:clocks")).status_code == 403
    assert case.employee.user is not None
    grant_role(case.employee.user, Role.HR_SPECIALIST)
    text = body(client_of(case.employee.user).get(reverse("pay:clocks")))
    assert text.count("Minimum from Apr 15, 2007") == 1


def form(**changes: str) -> dict[str, str]:
    return {
        "kind": "removal", "delivered_on": "2007-03-08", "delivery": "in person", "reply_by": "",
        "effective": "", "reasons": "", "form_key": str(uuid4()), **changes,
    }  # fmt: skip


def test_hr_records_a_delivered_proposal_and_the_clock_stops(case: DeniedIncrease) -> None:
    client = client_of(hr_of(case))
    assert "Record a delivered proposal" in body(client.get(page(case)))
    address = reverse("adverse_actions:new_proposal", args=[case.employee.number])
    assert "April 7, 2007" in body(client.get(address))
    sent = form()
    for _ in range(2):
        response = client.post(address, sent)
        assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("adverse_actions:proposal", args=[proposal.pk])
    assert DeniedIncrease.objects.get(pk=case.pk).state == "action_initiated"
    shown = body(client.get(response["Location"]))
    assert "It answers the rate below the minimum of January 7, 2007" in shown
    assert "A proposal was delivered in time" in body(client.get(page(case)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"delivered_on": "2007-03-09"}, "It is not delivered yet"),
        ({"delivered_on": ""}, "This field is required"),
        ({"delivered_on": "yesterday"}, "Enter a date"),
        ({"kind": "fine"}, "not one of the available choices"),
        ({"reply_by": "2007-03-07"}, "reply cannot be due before"),
        ({"effective": "2007-03-08"}, "follows the delivery"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(
    case: DeniedIncrease, changes: dict[str, str], said: str
) -> None:
    client = client_of(hr_of(case))
    address = reverse("adverse_actions:new_proposal", args=[case.employee.number])
    response = client.post(address, form(reasons="typed with care", **changes))
    assert response.status_code == 422
    assert said in body(response)
    assert "typed with care" in body(response)
    assert not Proposal.objects.exists()
    assert DeniedIncrease.objects.get(pk=case.pk).state == "open"


def test_a_proposal_is_withdrawn_once_and_on_the_version_that_was_seen(
    case: DeniedIncrease,
) -> None:
    client = client_of(hr_of(case))
    client.post(reverse("adverse_actions:new_proposal", args=[case.employee.number]), form())
    proposal = Proposal.objects.get()
    address = reverse("adverse_actions:withdraw_proposal", args=[proposal.pk])
    stale = client.post(address, {"version": "7", "form_key": str(uuid4())})
    assert stale.status_code == 409
    done = client.post(address, {"version": str(proposal.version), "form_key": str(uuid4())})
    assert done.status_code == 302
    again = client.post(address, {"version": str(proposal.version + 1), "form_key": str(uuid4())})
    assert again.status_code == 409
    assert DeniedIncrease.objects.get(pk=case.pk).state == "open"
    for user, status in ((case.employee.user, 403), (make_user("x"), 403)):
        assert client_of(user).post(address, {"version": "1"}).status_code == status


def test_what_cannot_be_carried_out_is_listed_and_blocks_nobody_else(
    case: DeniedIncrease,
) -> None:
    """No range is on record for the day of one release, so that one is refused for now."""
    band = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    person = make_paid_employee(band, 70_000, user=True)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-SE": (66_113, 100_860)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    other = DeniedIncrease.objects.get(employee=person)
    for each in (case, other):
        rate(
            each.employee, "ME", issued=TODAY, kind="additional", period_end=date(2007, 9, 30)
        )  # fmt: skip
    gone = RateRange.objects.filter(band__code="LE-FP", period__contains=DAY)
    gone.update(period=(DAY, date(2007, 3, 10)))
    run_daily(on=date(2007, 3, 18))
    assert DeniedIncrease.objects.get(pk=other.pk).state == "released"
    assert DeniedIncrease.objects.get(pk=case.pk).state == "open"
    text = body(client_of(hr_of(case)).get(reverse("pay:clocks")))
    assert f"{case.employee}: release by a new rating" in text
    assert "has no rate range on 2007-03-18" in text
    assert f"{other.employee}: release" not in text
