"""The season page and the detection report: what they show to whom, and what they never offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ReadLog, Role, User
from casework.actor import Actor
from casework.services.history import record
from governance.parameters import PARAMETERS
from performance.groupings import register_grouping
from performance.models import CycleState, DetectionReport, RatingOfRecord
from performance.services.run_detection import run_detection
from regulation import clock
from tests.factories import (
    grant_role,
    make_assignment,
    make_employee,
    make_organization,
    make_position,
    make_supervision,
    make_user,
)
from tests.performance.office import ISSUED, Office, make_office
from tests.performance.season.ratings import TEXT, rated
from workforce.models import Employee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.use_clock(clock.at_noon(ISSUED)):
        yield


@pytest.fixture
def office() -> Office:
    made = make_office()
    made.cycle.state = CycleState.RATING
    made.cycle.save()
    return made


@pytest.fixture
def committee() -> User:
    user = make_user("committee")
    grant_role(user, Role.DESIGNEE)
    return user


def get(user: User, name: str, *args: Any, **query: str) -> HttpResponse:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"performance:{name}", args=args), query)  # type: ignore[return-value]


def post(user: User, name: str, *args: Any, **fields: str) -> HttpResponse:
    client = Client()
    client.force_login(user)
    sent = {"form_key": str(uuid4()), **fields}
    return client.post(reverse(f"performance:{name}", args=args), sent)  # type: ignore[return-value]


def text(answer: Any) -> str:
    body = answer.getvalue() if answer.streaming else answer.content
    return " ".join(re.sub(r"<[^>]+>", " ", body.decode()).split())


def test_hr_sees_progress_who_is_not_rated_and_why_and_levels(office: Office) -> None:
    here = office.employee.assignments.get().position.organization
    rated(office, "AE " * 6 + "EE " * 9 + "ME " * 8, organization=here)
    page = text(get(office.hr, "season", cycle=str(office.cycle.pk)))
    assert "26 people covered" in page
    assert "23 with an issued rating" in page
    assert "3 Not rated, to be explained" in page
    assert "Ana Diaz" in page
    assert "The rating is not started" in page
    assert "Share of each level among issued ratings, by component" in page
    assert "Achieved Excellence 6, Exceeded Expectations 9" in page


def test_hr_of_one_organization_sees_nobody_of_another(office: Office, committee: User) -> None:
    other = make_organization("ELSEWHERE")
    rated(office, "EE " * 7, organization=other)
    stranger = make_employee("Strange")
    make_assignment(stranger, make_position(other))
    mine = text(get(office.hr, "season", cycle=str(office.cycle.pk)))
    assert "3 people covered" in mine
    assert "Strange" not in mine
    assert "ELSEWHERE" not in mine
    everything = text(get(committee, "season", cycle=str(office.cycle.pk)))
    assert "12 people covered" in everything
    assert "Strange" in everything
    assert "Office ELSEWHERE" in everything


def test_small_cells_are_shown_neither_in_the_tables_nor_in_the_charts(
    office: Office, committee: User
) -> None:
    one, other = make_organization("ONE"), make_organization("TWO")
    rated(office, "AE " * 21 + "EE " * 32 + "ME " * 43 + "U " * 3, organization=one)
    rated(office, "AE " * 51 + "EE " * 62 + "ME " * 73, organization=other)
    answer = get(committee, "season", cycle=str(office.cycle.pk))
    page = answer.content.decode()
    table = answer.context["levels"].by_component  # type: ignore[attr-defined]
    small = next(path for path in table.rows if path.endswith("ONE/"))
    assert table.shown(small, "U") is None
    assert table.shown("", "U") is None
    assert table.shown(small, "AE") is None
    assert table.shown(small, "EE") == 32
    assert page.count("Not shown") > 3
    assert "Unacceptable not shown" in page
    assert "Unacceptable 3" not in text(answer)


def test_the_lists_as_csv_name_the_standing_and_the_reason_and_are_logged(office: Office) -> None:
    Employee.objects.filter(pk=office.employee.pk).update(family_name="=Diaz")
    answer = get(office.hr, "unrated_csv", office.cycle.pk)
    lines = answer.getvalue().decode().splitlines()
    assert lines[0] == "number,family name,given name,organization,supervisor,standing,reason"
    assert any("'=Diaz" in line and "The rating is not started" in line for line in lines)
    assert len(lines) == 4
    assert ReadLog.objects.filter(subject=f"list:unrated:{office.cycle.pk}").exists()


def test_who_is_not_rated_stands_on_pages(office: Office) -> None:
    here = office.employee.assignments.get().position.organization
    for number in range(60):
        make_assignment(make_employee(f"Many {number:02}", user=False), make_position(here))
    first = text(get(office.hr, "season", cycle=str(office.cycle.pk)))
    assert "Page 1 of 2" in first
    second = text(get(office.hr, "season", cycle=str(office.cycle.pk), page="2"))
    assert "Page 2 of 2" in second
    assert "Many 59" in second


@pytest.mark.paragraph("9701.405(b)(2)")
def test_hr_lists_somebody_and_closes_the_period_only_when_all_are_explained(
    office: Office,
) -> None:
    headquarters = make_user("headquarters")
    grant_role(headquarters, Role.HR_SPECIALIST)
    refused = post(headquarters, "close_cycle", office.cycle.pk)
    assert refused.status_code == 422
    assert "4 employees have no rating of record" in text(refused)
    for person in Employee.objects.filter(assignments=None):
        make_assignment(
            person, make_position(office.employee.assignments.get().position.organization)
        )
    for person in Employee.objects.exclude(user=office.hr):
        answer = post(office.hr, "not_rated", office.cycle.pk, person.pk, reason="Detail")
        assert answer.status_code == 302
    own = post(office.hr, "not_rated", office.cycle.pk, office.hr.employee.pk, reason="Me")
    assert own.status_code == 403
    post(headquarters, "not_rated", office.cycle.pk, office.hr.employee.pk, reason="Executive")
    closed = post(headquarters, "close_cycle", office.cycle.pk)
    assert closed["Location"] == reverse("performance:detection", args=[office.cycle.pk])
    assert DetectionReport.objects.get().at_close


def test_a_reason_is_asked_for_and_what_was_typed_stays(office: Office) -> None:
    answer = post(office.hr, "not_rated", office.cycle.pk, office.employee.pk, reason=" ")
    assert answer.status_code == 422
    assert "Say why there is no rating of record." in text(answer)


@pytest.mark.paragraph("9701.409(d)", "9701.401(b)(7)")
def test_a_flag_is_told_with_figures_and_its_history_and_changes_no_rating(
    office: Office,
) -> None:
    here = office.employee.assignments.get().position.organization
    made = rated(office, "EE " * 12, organization=here, narrative=TEXT)
    before = list(RatingOfRecord.objects.order_by("pk").values())
    assert post(office.hr, "detection", office.cycle.pk).status_code == 302
    report = DetectionReport.objects.get()
    assert (report.run_by, report.at_close) == (office.hr, False)
    page = text(get(office.hr, "detection", office.cycle.pk))
    assert "Narratives of 12 of 12 are copies." in page
    assert "blocks, changes and delays no rating" in page
    assert "All at one level" in page
    of = made[0].employee
    record(
        made[0].subject,
        act="issue_rating",
        actor=Actor(user=office.hr),
        on=ISSUED,
        employee_key=of.pk,
    )
    follow = text(get(office.hr, "detection_flag", report.pk, 0))
    assert "Copied narratives" in follow
    assert of.name in follow
    assert "rating:" not in follow
    assert list(RatingOfRecord.objects.order_by("pk").values()) == before
    assert {key for flag in report.content["flags"] for key in flag["ratings"]} == {
        rating.pk for rating in made
    }


@pytest.mark.paragraph("9701.405(c)(2)")
def test_the_report_shows_each_supervisors_spread_and_copies_and_offers_nothing_to_change(
    office: Office,
) -> None:
    here = office.employee.assignments.get().position.organization
    other = make_employee("Osei")
    make_supervision(office.reviewer, other)
    rated(office, "EE " * 12, organization=here, narrative=TEXT)
    rated(office, "AE AE AE AE EE EE EE EE ME ME ME", organization=here, rater=other)
    post(office.hr, "detection", office.cycle.pk)
    answer = get(office.hr, "detection", office.cycle.pk)
    page = text(answer)
    assert "Robin Shaw 12 All at one level 100%" in page
    assert "Robin Osei 11 Fewer than half at any level None" in page
    forms = re.findall(r"<form[^>]*>(.*?)</form>", answer.content.decode(), re.DOTALL)
    buttons = [re.findall(r"<button[^>]*>([^<]+)", each) for each in forms]
    assert ["Run the report now"] in buttons
    assert not [name for each in buttons for name in each if "level" in name or "rating" in name]


def test_a_group_added_from_above_is_looked_at_like_any_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("performance.groupings._groupings", {})
    register_grouping(
        "pay_pool", lambda people, on: dict.fromkeys(people, ("P1", "Pool of the port"))
    )
    here = office.employee.assignments.get().position.organization
    rated(office, "EE " * 12, organization=here, narrative=TEXT)
    report = run_detection(office.cycle, actor=Actor(user=office.hr), on=ISSUED)
    found = {(each["kind"], each["title"]) for each in report.content["groups"]}
    assert ("pay_pool", "Pool of the port") in found
    assert "Pay pool" in text(get(office.hr, "detection", office.cycle.pk))


def test_flags_of_another_organization_are_not_told(office: Office, committee: User) -> None:
    rated(office, "EE " * 12, organization=make_organization("FAR"), narrative=TEXT)
    run_detection(office.cycle, actor=Actor(user=committee), on=ISSUED)
    mine = text(get(office.hr, "detection", office.cycle.pk))
    assert "Nothing was flagged in the groups that you look over." in mine
    assert "See the history" not in text(get(committee, "detection", office.cycle.pk))
    assert get(office.hr, "detection_flag", DetectionReport.objects.get().pk, 0).status_code == 403


def test_a_reviewer_reads_of_his_own_line_only_after_closing(office: Office) -> None:
    here = office.employee.assignments.get().position.organization
    rated(office, "EE " * 12, organization=here, narrative=TEXT)
    actor = Actor(user=office.hr)
    run_detection(office.cycle, actor=actor, on=ISSUED)
    assert "No closed period" in text(get(office.user("reviewer"), "own_line"))
    office.cycle.state = CycleState.CLOSED
    office.cycle.save()
    run_detection(office.cycle, actor=actor, on=ISSUED, at_close=True)
    assert "Copied narratives" in text(get(office.user("reviewer"), "own_line"))
    assert "No closed period" in text(get(office.user("supervisor"), "own_line"))
    for who in ("reviewer", "supervisor", "employee"):
        assert get(office.user(who), "detection", office.cycle.pk).status_code == 403


def test_the_queries_of_the_report_do_not_grow_with_the_people(office: Office) -> None:
    here = office.employee.assignments.get().position.organization
    actor = Actor(user=office.hr)
    rated(office, "EE " * 10, organization=here)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            run_detection(office.cycle, actor=actor, on=ISSUED)
        counts.append(len(queries))
        rated(office, "AE " * 30, organization=here)
    assert counts[0] == counts[1]


_WORDS_OF_A_CAP = re.compile(
    r"quota|(?<![a-z])cap(?![a-z])|target_share|ceiling|forced|"
    r"(max|min|most|least|share|percent|number|count)_?(of_)?(level|rating)s?|"
    r"(level|rating)s?_(max|min|share|percent|limit|count|number|target)"
)


@pytest.mark.paragraph("9701.409(d)")
def test_no_column_and_no_parameter_can_hold_a_cap_on_a_level() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for app in ("performance", "governance", "accounts", "workforce", "casework")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
    }
    assert len(columns) > 200
    assert not [name for name in columns if _WORDS_OF_A_CAP.search(name.rpartition(".")[2])]
    assert not [key for key in PARAMETERS if _WORDS_OF_A_CAP.search(key.replace(".", "_"))]
    level = {field.name for field in apps.get_model("performance", "RatingLevel")._meta.fields}
    # A level has a name, a rank and what it means; no number of people stands beside it.
    assert level == {"id", "system", "code", "title", "rank", "unacceptable", "fully_successful"}


@pytest.mark.parametrize(
    "name", ["quota", "rating_cap", "max_ratings", "level_limit", "percent_of_level", "min_level"]
)
def test_the_search_for_a_cap_would_find_one(name: str) -> None:
    assert _WORDS_OF_A_CAP.search(name)


@pytest.mark.paragraph("9701.409(d)")
def test_no_page_of_the_season_offers_a_number_for_a_level(office: Office, committee: User) -> None:
    here = office.employee.assignments.get().position.organization
    rated(office, "EE " * 12, organization=here, narrative=TEXT)
    run_detection(office.cycle, actor=Actor(user=office.hr), on=ISSUED)
    for user in (office.hr, committee):
        for name, args in (("season", ()), ("detection", (office.cycle.pk,))):
            page = get(user, name, *args).content.decode()
            main = page[page.index("<main") : page.index("</main")]
            inputs = re.findall(r"<(?:input|textarea)[^>]*>", main)
            assert not [each for each in inputs if 'type="hidden"' not in each]


def test_a_day_before_any_period_the_page_says_so(committee: User) -> None:
    with clock.use_clock(clock.at_noon(date(2005, 1, 3))):
        assert "No appraisal period has been opened yet" in text(get(committee, "season"))
