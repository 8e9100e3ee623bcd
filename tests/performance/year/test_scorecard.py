"""The scorecard of a supervisor as it is read from the record, and who reads it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from performance.models import PoorPerformanceRecord
from performance.queries.scorecard import scorecard_page
from performance.services.start_rating import start_rating
from regulation import clock
from tests.factories import make_employee, make_supervision
from tests.performance.office import END, Office, make_office, put_in_team
from workforce.models import Supervision

pytestmark = pytest.mark.django_db

LATER = date(2007, 12, 3)


@pytest.fixture
def office() -> Office:
    return make_office()


def client_of(office: Office, who: str) -> Client:
    client = Client()
    client.force_login(office.user(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.paragraph("9701.405(b)(4)")
def test_the_record_is_counted_for_the_people_of_the_periods_last_day(office: Office) -> None:
    rated = office.issued()
    late = make_employee("Late", hired=date(2007, 9, 3))
    make_supervision(office.supervisor, late, starts=date(2007, 9, 3))
    untold = make_employee("Untold")
    make_supervision(office.supervisor, untold)
    gone = make_employee("Gone")
    make_supervision(office.supervisor, gone, ends=date(2007, 9, 30))
    PoorPerformanceRecord.objects.create(
        employee=office.employee,
        plan=office.plan,
        determined_on=date(2007, 6, 1),
        determined_by=office.supervisor,
        conduct=True,
        work_from=date(2007, 5, 1),
        work_to=date(2007, 5, 31),
        facts="Late reports.",
    )
    page = scorecard_page(office.supervisor, cycle=office.cycle, on=LATER)
    assert rated.issued_on is not None
    assert rated.issued_on <= page.due_on < LATER
    card = page.card
    assert (card.people, card.left_out) == (2, 1)
    assert (card.communicated, card.reviewed) == (1, 1)
    assert (card.rated_on_time, card.rated_late, card.overdue) == (1, 0, 1)
    assert card.records_opened == 1


def test_the_scorecard_asks_the_same_few_queries_whatever_the_size_of_the_team(
    office: Office, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        put_in_team(
            make_employee(f"More {number}"), supervisor=office.supervisor, cycle=office.cycle
        )
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        card = scorecard_page(office.supervisor, cycle=office.cycle, on=END).card
    assert card.people == 13


@pytest.mark.paragraph("9701.405(b)(4)")
def test_the_supervisor_and_whoever_rates_him_read_it_and_his_people_do_not(
    office: Office,
) -> None:
    url = reverse("performance:scorecard", args=[office.supervisor.pk])
    with clock.use_clock(clock.at_noon(END)):
        assert client_of(office, "supervisor").get(url).status_code == 200
        assert client_of(office, "reviewer").get(url).status_code == 200
        assert client_of(office, "employee").get(url).status_code == 403


@pytest.mark.paragraph("9701.405(b)(4)")
def test_the_form_that_rates_a_supervisor_leads_to_his_scorecard(office: Office) -> None:
    Supervision.objects.filter(employee=office.supervisor).delete()
    put_in_team(office.supervisor, supervisor=office.reviewer, cycle=office.cycle)
    make_supervision(make_employee("Head"), office.reviewer)
    on = date(2007, 10, 2)
    with clock.use_clock(clock.at_noon(on)):
        links = {}
        for person, rater in (
            (office.supervisor, "reviewer"),
            (office.employee, "supervisor"),
        ):
            rating = start_rating(person, cycle=office.cycle, actor=office.actor(rater), on=on)
            page = client_of(office, rater).get(reverse("performance:rate", args=[rating.pk]))
            link = reverse("performance:scorecard", args=[person.pk])
            links[rater] = f"{link}?cycle={office.cycle.pk}" in page.content.decode()
    assert links == {"reviewer": True, "supervisor": False}
