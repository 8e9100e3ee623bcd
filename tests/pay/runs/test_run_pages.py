"""The pages of runs: drafting, acting once, refusing without losing what was typed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from pay.models import PayAction, PayRun, PoolMembership, RunState
from pay.queries.run_lines import page_of_lines
from pay.services.runs import execution
from pay.services.runs.outcomes import Mark
from regulation.clock import at_noon, use_clock
from tests import factories
from tests.pay.runs.department import EFFECTIVE, ON, Department
from workforce.models import Employee


@pytest.fixture(autouse=True)
def _january_2007() -> Iterator[None]:
    with use_clock(at_noon(ON)):
        yield


@pytest.fixture
def staff(department: Department) -> list[Employee]:
    levels = ["AE", "EE", "ME", ""]
    people = [(f"Person {n:03}", 45_000 + 100 * n, levels[n % 4]) for n in range(120)]
    return department.hire_many(people, pool="P1")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def range_fields(department: Department, **changed: str) -> dict[str, str]:
    full, entry = department.full.pk, department.developmental.pk
    return {
        "form_key": str(uuid4()),
        "title": "Range adjustment of January 2007",
        "effective": EFFECTIVE.isoformat(),
        f"minimum_{full}": "42,139",
        f"maximum_{full}": "$71,750",
        f"minimum_{entry}": "30,000",
        f"maximum_{entry}": "44,000",
        **changed,
    }


def payout_fields(department: Department, **changed: str) -> dict[str, str]:
    pool = department.pools["P1"].pk
    return {
        "form_key": str(uuid4()),
        "title": "Payout of January 2007",
        "effective": EFFECTIVE.isoformat(),
        "period_end": "2006-09-30",
        "mode": "share_dollar",
        "fund": "100,000.00",
        "official": "Chief Human Capital Officer",
        "within_grade": "50,000",
        "promotions": "20,000",
        "note": "As weighed.",
        f"included_{pool}": "on",
        f"amount_{pool}": "100,000.00",
        **changed,
    }


def act(client: Client, run: PayRun, name: str, **fields: str) -> HttpResponse:
    version = PayRun.objects.values_list("version", flat=True).get(pk=run.pk)
    return client.post(  # type: ignore[return-value]
        reverse(f"pay:run_{name}", args=[run.pk]),
        {"form_key": str(uuid4()), "version": str(version), **fields},
    )


def drafted(department: Department, *, payout: bool = False) -> PayRun:
    client = client_of(department.drafter)
    if payout:
        client.post(reverse("pay:new_payout"), payout_fields(department))
    else:
        client.post(reverse("pay:new_range_adjustment"), range_fields(department))
    return PayRun.objects.get()


@pytest.mark.paragraph("9701.322(c)")
def test_the_form_of_a_range_adjustment_drafts_only_the_bands_that_change(
    department: Department,
) -> None:
    client = client_of(department.drafter)
    page = client.get(reverse("pay:new_range_adjustment")).content.decode()
    assert 'value="41,111"' in page
    answer = client.post(reverse("pay:new_range_adjustment"), range_fields(department))
    run = PayRun.objects.get()
    assert answer.headers["Location"] == reverse("pay:run", args=[run.pk])
    assert run.plan["ranges"] == {"FP": [42_139, 71_750]}


def test_filling_the_table_shows_percentages_and_drafts_nothing(department: Department) -> None:
    fields = range_fields(
        department, raise_minimums="2.5", raise_maximums="1", fill="1", title="Kept as typed"
    )
    answer = client_of(department.drafter).post(reverse("pay:new_range_adjustment"), fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="42,139"' in page
    assert 'value="70,700"' in page
    assert "2.5005%" in page
    assert "cuts off" in page
    assert 'value="Kept as typed"' in page
    assert not PayRun.objects.exists()


@pytest.mark.parametrize("typed", ["forty", "42139.50", "-1", "٤٢", "1" * 12, ""])
def test_what_is_no_whole_dollar_amount_is_said_beside_its_field(
    department: Department, typed: str
) -> None:
    fields = range_fields(department, **{f"minimum_{department.full.pk}": typed})
    answer = client_of(department.drafter).post(reverse("pay:new_range_adjustment"), fields)
    assert answer.status_code == 422
    assert "usa-error-message" in answer.content.decode()
    assert not PayRun.objects.exists()


def test_what_the_rules_refuse_comes_back_with_everything_typed(department: Department) -> None:
    fields = range_fields(department, effective="2007-01-08")
    answer = client_of(department.drafter).post(reverse("pay:new_range_adjustment"), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-code="reason_required"' in page
    assert 'value="42,139"' in page


def test_the_same_form_sent_twice_drafts_one_run(department: Department) -> None:
    client, fields = client_of(department.drafter), range_fields(department)
    first = client.post(reverse("pay:new_range_adjustment"), fields)
    second = client.post(reverse("pay:new_range_adjustment"), fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert PayRun.objects.count() == 1
    other = client.post(reverse("pay:new_range_adjustment"), {**fields, "title": "Another"})
    assert other.status_code == 409


def test_a_range_adjustment_goes_from_draft_to_verified_through_its_pages(
    department: Department, staff: list[Employee]
) -> None:
    run = drafted(department)
    drafter, approver = client_of(department.drafter), client_of(department.approver)
    assert act(drafter, run, "preview").status_code == 302
    page = drafter.get(reverse("pay:run", args=[run.pk])).content.decode()
    assert "120</strong> people" in page
    assert "approved by another pay specialist" in page
    refused = act(drafter, run, "approve")
    assert (refused.status_code, PayRun.objects.get().state) == (403, RunState.PREVIEWED)
    assert act(approver, run, "approve").status_code == 302
    assert act(drafter, run, "start").status_code == 302
    running = drafter.get(reverse("pay:run", args=[run.pk])).content.decode()
    assert 'hx-trigger="every 1s"' in running
    progress = drafter.get(reverse("pay:run_progress", args=[run.pk]))
    assert "0 of 1 chunk done" in progress.content.decode()
    execution.carry_on(on=ON)
    ended = drafter.get(reverse("pay:run_progress", args=[run.pk]))
    assert ended.headers["HX-Refresh"] == "true"
    page = drafter.get(reverse("pay:run", args=[run.pk])).content.decode()
    assert "The totals prove themselves to the cent" in page


def test_a_payout_goes_from_draft_to_verified_through_its_pages(
    department: Department, staff: list[Employee]
) -> None:
    run = drafted(department, payout=True)
    assert run.plan["pools"] == {"P1": {"amount": "100000.00", "value": None}}
    drafter, approver = client_of(department.drafter), client_of(department.approver)
    act(drafter, run, "preview")
    act(approver, run, "approve")
    act(drafter, run, "start")
    execution.carry_on(on=ON)
    page = drafter.get(reverse("pay:run", args=[run.pk])).content.decode()
    assert "The totals prove themselves to the cent" in page
    assert "P1: what the pool had = paid + left" in page


def test_dividing_the_fund_fills_in_each_pool(
    department: Department, staff: list[Employee]
) -> None:
    department.hire("Other pool", basic=60_000, level="ME", pool="P2")
    second = department.pools["P2"].pk
    fields = payout_fields(department, fill="1", fund="1000000", **{f"included_{second}": "on"})
    page = client_of(department.drafter).post(reverse("pay:new_payout"), fields).content.decode()
    basic = sum(45_000 + 100 * n for n in range(120))
    assert f'value="{1_000_000 * 60_000 // (basic + 60_000):,}.00"' in page
    assert not PayRun.objects.exists()


def test_a_ticked_pool_without_dollars_is_asked_for_them(department: Department) -> None:
    fields = payout_fields(department, **{f"amount_{department.pools['P1'].pk}": ""})
    answer = client_of(department.drafter).post(reverse("pay:new_payout"), fields)
    assert answer.status_code == 422
    assert "Give the pool’s dollars." in answer.content.decode()


def test_a_button_of_a_page_gone_stale_does_nothing(
    department: Department, staff: list[Employee]
) -> None:
    run = drafted(department)
    client = client_of(department.drafter)
    act(client, run, "preview")
    answer = act(client, run, "cancel", version="1", reason="Too late")
    assert (answer.status_code, PayRun.objects.get().state) == (409, RunState.PREVIEWED)
    assert "Too late" in answer.content.decode()


@pytest.mark.parametrize("name", ["preview", "approve", "start", "verify", "cancel"])
@pytest.mark.parametrize("role", [Role.DESIGNEE, Role.AUDITOR, Role.HR_SPECIALIST])
def test_who_only_reads_posts_nothing(department: Department, name: str, role: Role) -> None:
    run = drafted(department)
    user = factories.make_user()
    factories.grant_role(user, role)
    client = client_of(user)
    assert act(client, run, name, reason="x").status_code == 403
    assert PayRun.objects.get().version == 1
    reads = client.get(reverse("pay:run", args=[run.pk]))
    assert reads.status_code == (403 if role == Role.HR_SPECIALIST else 200)
    assert "<button" not in _main(reads.content.decode())


def _main(page: str) -> str:
    return page.split("<main", 1)[-1].split("</main>", 1)[0]


def test_lines_are_shown_fifty_at_a_time_and_everybody_once(
    department: Department, staff: list[Employee]
) -> None:
    run = drafted(department)
    act(client_of(department.drafter), run, "preview")
    run = PayRun.objects.get()
    assert _all_pages(run) == [person.pk for person in staff]
    act(client_of(department.approver), run, "approve")
    act(client_of(department.drafter), run, "start")
    execution.carry_on(on=ON)
    run = PayRun.objects.get()
    assert _all_pages(run) == [person.pk for person in staff]


def _all_pages(run: PayRun, mark: Mark | None = None) -> list[int]:
    found, after = [], ""
    while True:
        page = page_of_lines(run, mark=mark, after=after)
        found += [line.outcome.employee_id for line in page.lines]
        if not page.next:
            return found
        assert len(page.lines) == 50
        after = page.next


@pytest.mark.parametrize("payout", [False, True])
def test_each_filter_shows_the_same_people_before_and_after_the_run(
    department: Department, staff: list[Employee], payout: bool
) -> None:
    department.hire("At max", basic=70_000, level="AE", pool="P1")
    department.hire("Retained", basic=75_000, level="AE", pool="P1", retained=True)
    later = department.hire("Later", basic=50_000, level="AE", pool="P1")
    department.pay([(later, department.full, 52_000, False)], on=date(2007, 2, 4))
    run = drafted(department, payout=payout)
    drafter = client_of(department.drafter)
    act(drafter, run, "preview")
    before = {mark: _all_pages(PayRun.objects.get(), mark) for mark in Mark}
    shown = PayRun.objects.get().preview["all"]
    assert {mark: len(ids) for mark, ids in before.items()} == {mark: shown[mark] for mark in Mark}
    act(client_of(department.approver), run, "approve")
    act(drafter, run, "start")
    execution.carry_on(on=ON)
    after = {mark: _all_pages(PayRun.objects.get(), mark) for mark in Mark}
    assert after == before


def test_lines_are_found_by_family_name(department: Department, staff: list[Employee]) -> None:
    run = drafted(department)
    answer = client_of(department.drafter).get(
        reverse("pay:run_lines", args=[run.pk]), {"name": "person 01", "show": "nonsense"}
    )
    page = answer.content.decode()
    assert page.count("Person 01") == 10
    assert "Person 020" not in page


def test_the_export_has_every_line_and_no_formula(
    department: Department, staff: list[Employee]
) -> None:
    department.hire("=HYPERLINK(1)", basic=50_000, level="ME", pool="P1")
    run = drafted(department)
    client = client_of(department.drafter)
    act(client, run, "preview")
    answer = client.get(reverse("pay:run_export", args=[run.pk]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 121
    assert rows[0]["basic before"] == "45000"
    assert rows[0]["basic after"] == "46125"
    assert rows[-1]["family name"] == "'=HYPERLINK(1)"
    assert not PayAction.objects.filter(run=run).exists()


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("payout", [False, True])
@pytest.mark.parametrize(("name", "most"), [("run", 8), ("run_progress", 2), ("run_lines", 30)])
def test_a_page_takes_as_many_queries_for_few_as_for_many(
    department: Department, staff: list[Employee], name: str, most: int, payout: bool
) -> None:
    run = drafted(department, payout=payout)
    client = client_of(department.drafter)
    act(client, run, "preview")
    frame = _queries(client, reverse("accounts:password_change"))
    address = reverse(f"pay:{name}", args=[run.pk])
    many = _queries(client, address)
    assert many - frame <= most
    PoolMembership.objects.filter(employee__in=staff[5:]).delete()
    assert _queries(client, address) == many


@pytest.mark.parametrize("payout", [False, True])
def test_once_it_is_done_the_lines_of_a_run_take_six_queries(
    department: Department, staff: list[Employee], payout: bool
) -> None:
    run = drafted(department, payout=payout)
    client = client_of(department.drafter)
    act(client, run, "preview")
    act(client_of(department.approver), run, "approve")
    act(client, run, "start")
    execution.carry_on(on=ON)
    frame = _queries(client, reverse("accounts:password_change"))
    assert _queries(client, reverse("pay:run_lines", args=[run.pk])) - frame <= 6


def test_the_list_of_runs_takes_as_many_queries_for_one_as_for_some(
    department: Department, staff: list[Employee]
) -> None:
    client = client_of(department.drafter)
    run = drafted(department)
    one = _queries(client, reverse("pay:runs"))
    act(client, run, "cancel", reason="x")
    drafted_again = client.post(reverse("pay:new_payout"), payout_fields(department))
    assert drafted_again.status_code == 302
    assert _queries(client, reverse("pay:runs")) == one


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "999999"])
def test_a_mangled_place_in_the_lines_is_no_error(
    department: Department, staff: list[Employee], after: str
) -> None:
    run = drafted(department)
    client = client_of(department.drafter)
    answer = client.get(reverse("pay:run_lines", args=[run.pk]), {"after": after})
    assert answer.status_code == 200
