"""The committee's what-if: seen at once, with nothing written and nobody to be picked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from casework.actor import Actor
from governance.services.directives import issue_directive
from pay.models import PayAction, PayoutLine, PayRun, PoolMembership
from pay.queries.pools import pool_facts
from pay.queries.what_if import what_if
from pay.services.certify_pool import CertifiedPool
from pay.services.runs.drafting import draft_run
from pay.what_if_form import MOST_PEOPLE, WhatIfForm
from performance.models import RatingLevel
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
    """Ten of each of three levels, and ten whom nobody rated: their modal rating is AE."""
    levels = ["AE", "EE", "ME", ""]
    people = [(f"Person {n:03}", 45_000 + 100 * n, levels[n % 4]) for n in range(40)]
    return department.hire_many(people, pool="P1")


@pytest.fixture
def committee(department: Department) -> Client:
    user = factories.make_user()
    factories.grant_role(user, Role.DESIGNEE)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(department: Department, **changed: Any) -> dict[str, Any]:
    return {
        "period_end": "2006-09-30",
        "pools": [department.pools["P1"].pk],
        "budget": "90,000",
        "mode": "share_dollar",
        "value": "",
        "since": "",
        "points_AE": "4",
        "points_EE": "2",
        "points_ME": "1",
        "points_U": "0",
        **changed,
    }


def ask(client: Client, department: Department, *, htmx: bool = True, **changed: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.get(reverse("pay:what_if"), asked(department, **changed), headers=headers)


def rows(answer: HttpResponse) -> list[list[str]]:
    """The cells of the table by rating."""
    table = answer.content.decode().split("<table", 2)[1]
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", table, flags=re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in found]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells[1:]]


def test_each_rating_is_shown_with_the_points_tried_beside_the_present_ones(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    # Present: 20 x 4 + 10 x 2 + 10 x 1 = 110 points, 90,000 / 110 = 818.18 a point.
    # Tried: 20 x 2 + 10 x 2 + 10 x 1 = 70 points, 90,000 / 70 = 1,285.71 a point.
    answer = ask(committee, department, points_AE="2")
    assert answer.status_code == 200
    assert rows(answer)[:6] == [
        ["AE (AE)", "Tried", "2", "20", "$2,571", "$2,571", "$2,571", "$51,420", "$0", "0"],
        ["AE (AE)", "Present", "4", "20", "$3,272", "$3,272", "$3,272", "$65,440", "$0", "0"],
        ["EE (EE)", "Tried", "2", "10", "$2,571", "$2,571", "$2,571", "$25,710", "$0", "0"],
        ["EE (EE)", "Present", "2", "10", "$1,636", "$1,636", "$1,636", "$16,360", "$0", "0"],
        ["ME (ME)", "Tried", "1", "10", "$1,285", "$1,285", "$1,285", "$12,850", "$0", "0"],
        ["ME (ME)", "Present", "1", "10", "$818", "$818", "$818", "$8,180", "$0", "0"],
    ]
    page = answer.content.decode()
    assert "$1,285.71" in page
    assert "$818.18" in page
    assert page.count('<svg class="what-if-chart') == 2
    assert "<desc" in page
    assert "<html" not in page


def test_what_passes_the_maximum_is_counted_as_a_lump_sum(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    for number in range(5):
        department.hire(f"Near {number}", basic=69_000, level="ME", pool="P1")
    answer = ask(committee, department, mode="fixed_dollar", value="1500", budget="300,000")
    tried = next(row for row in rows(answer) if row[0] == "ME (ME)")
    # With ME the modal rating, the ten unrated count there too: 10 + 10 + 5.
    assert tried[3:] == ["25", "$1,500", "$1,500", "$1,500", "$37,500", "$2,500", "5"]


def test_points_in_percent_are_of_basic_pay(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    answer = ask(committee, department, mode="fixed_percent", value="1")
    tried = next(row for row in rows(answer) if row[0] == "ME (ME)")
    # One percent of 45,200, 45,600, ..., 48,800; the ten rated ME.
    assert tried[3:8] == ["10", "$470", "$452", "$488", "$4,700"]


def test_every_mode_and_pool_is_computed_as_a_run_computes_it(
    department: Department, staff: list[Employee]
) -> None:
    department.hire("Other", basic=60_000, level="EE", pool="P2")
    for mode in ("share_dollar", "share_percent", "fixed_dollar", "fixed_percent"):
        form = _form(department, mode=mode, value="0.5")
        assert form.is_valid(), form.errors
        found = what_if(form.question(effective=EFFECTIVE), cutoff=ON)
        assert [each.pool.code for each in found.answers] == ["P1", "P2"]
        for each in found.answers:
            assert isinstance(each.tried, CertifiedPool)
            assert each.tried.paid + each.tried.left == each.amount
            assert each.present is each.tried


def _form(department: Department, **changed: Any) -> WhatIfForm:
    pools = pool_facts(snapshot=date(2006, 9, 30), effective=EFFECTIVE)
    return WhatIfForm(
        asked(department, pools=[each.pool.pk for each in pools], **changed),
        pools=pools,
        periods=[("2006-09-30", "2006")],
        levels=list(RatingLevel.objects.order_by("rank")),
    )


def test_small_groups_are_not_shown_nor_what_would_give_them_away(
    department: Department, committee: Client
) -> None:
    people = [(f"Many {n}", 50_000, "ME") for n in range(12)]
    people += [(f"Some {n}", 50_000, "EE") for n in range(6)]
    people += [("Only", 50_000, "AE")]
    department.hire_many(people, pool="P1")
    answer = ask(committee, department)
    shown = rows(answer)
    assert [row[3] for row in shown if row[0].startswith("AE")] == ["Too few people to show"] * 2
    assert [row[3] for row in shown if row[0].startswith("EE")] == ["Too few people to show"] * 2
    assert [row[3] for row in shown if row[0].startswith("ME")] == ["12", "12"]
    # 90,000 / (4 + 12 + 12) = 3,214.28 a point: 12,857 for the only AE.
    assert "12,857" not in answer.content.decode()


def test_a_pool_of_few_people_shows_its_money_alone(
    department: Department, committee: Client
) -> None:
    department.hire_many([(f"Few {n}", 50_000, "ME") for n in range(4)], pool="P1")
    page = ask(committee, department).content.decode()
    assert "$90,000.00" in page
    assert "22,500" not in page
    assert '<svg class="what-if-chart' not in page


def test_the_smallest_group_is_the_directive_s(department: Department, committee: Client) -> None:
    department.hire_many([(f"Few {n}", 50_000, "ME") for n in range(4)], pool="P1")
    issue_directive(
        number="D-2",
        title="Smaller groups",
        effective=date(2000, 1, 2),
        signed_by="The Secretary",
        values={"report.smallest_group": 4},
    )
    assert "22,500" in ask(committee, department).content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"points_U": "1"}, "An unacceptable rating (U) carries no points."),
        ({"points_AE": "lots"}, "Write a number of points such as 4 or 2.5"),
        ({"points_EE": "-1"}, "Write a number of points such as 4 or 2.5"),
        ({"points_EE": "1e999999"}, "Write a number of points such as 4 or 2.5"),
        ({"points_EE": "0.00001"}, "Write a number of points such as 4 or 2.5"),
        ({"budget": "much"}, "Write a number such as 260,000.00."),
        ({"budget": ""}, "This field is required."),
        ({"mode": "fixed_dollar"}, "This mode needs the value of a point."),
        ({"mode": "lottery"}, "lottery is not one of the available choices"),
        ({"pools": []}, "Choose at least one pay pool."),
        ({"pools": ["77777777"]}, "77777777 is not one of the available choices"),
        ({"period_end": "2006-02-31"}, "2006-02-31 is not one of the available choices"),
        ({"since": "tomorrow"}, "Enter a valid date."),
    ],
)
def test_bad_input_gets_a_message_and_keeps_what_was_typed(
    department: Department,
    staff: list[Employee],
    committee: Client,
    changed: dict[str, Any],
    told: str,
) -> None:
    answer = ask(committee, department, htmx=False, points_ME="1.25", **changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="1.25"' in page
    assert "what-if-chart" not in page


def test_what_a_pool_is_refused_stands_in_its_row(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    answer = ask(committee, department, mode="fixed_dollar", value="5000")
    assert answer.status_code == 200
    assert "the pool has 90,000" in answer.content.decode()
    late = ask(committee, department, since="2007-01-07")
    assert "The time between payouts begins before the payout." in late.content.decode()


def test_too_many_people_at_once_are_left_to_a_run(
    department: Department,
    monkeypatch: pytest.MonkeyPatch,
    staff: list[Employee],
    committee: Client,
) -> None:
    assert MOST_PEOPLE >= 10_000
    monkeypatch.setattr("pay.what_if_form.MOST_PEOPLE", 39)
    answer = ask(committee, department, htmx=False)
    assert answer.status_code == 422
    assert "draft a run" in answer.content.decode()


def test_the_first_visit_starts_from_the_last_payout_planned(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    page = committee.get(reverse("pay:what_if")).content.decode()
    assert "The payouts by rating will stand here" in page
    assert 'name="points_AE" value="4"' in page
    draft_run(
        department.payout_plan({"P1": "123456.50"}, mode="share_percent"),
        title="Payout",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    page = committee.get(reverse("pay:what_if")).content.decode()
    assert 'value="123,456.50"' in page
    assert '<option value="share_percent" selected>' in page


def test_nothing_is_written(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    ask(committee, department)
    with CaptureQueriesContext(connection) as captured:
        assert ask(committee, department, points_AE="9").status_code == 200
    statements = [each["sql"].lstrip().upper() for each in captured]
    assert "SET TRANSACTION READ ONLY" in statements
    writing = ("INSERT", "UPDATE", "DELETE", "COPY")
    assert [each for each in statements if each.startswith(writing)] == []
    assert not PayRun.objects.exists()
    assert not PayoutLine.objects.exists()
    assert set(PayAction.objects.values_list("kind", flat=True)) == {"starting_pay"}


def test_it_takes_as_many_queries_for_few_as_for_many(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    ask(committee, department, points_AE="3")
    with CaptureQueriesContext(connection) as many:
        assert ask(committee, department, points_AE="3").status_code == 200
    PoolMembership.objects.filter(employee__in=staff[8:]).delete()
    with CaptureQueriesContext(connection) as few:
        assert ask(committee, department, points_AE="3").status_code == 200
    assert len(few) == len(many) <= 60


def test_going_back_in_the_browser_gets_the_whole_page(
    department: Department, staff: list[Employee], committee: Client
) -> None:
    answer = committee.get(
        reverse("pay:what_if"),
        asked(department),
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )
    assert "<html" in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]
