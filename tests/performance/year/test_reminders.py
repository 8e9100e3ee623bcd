"""Supervisors are reminded of feedback and of interim reviews; absence stops the count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from psycopg.types.range import DateRange

from casework.models import Notice, WorkItem
from performance.models import Feedback
from performance.rules.absence import Away
from performance.rules.reminder import days_without, interim_window, is_feedback_due
from performance.services.give_feedback import give_feedback
from performance.services.remind_of_feedback import remind_of_feedback
from performance.services.remind_of_interim_reviews import remind_of_interim_reviews
from regulation import clock
from tests.performance.office import REVIEWED, TOLD, Office, make_office
from workforce.models import Absence

SINCE = date(2007, 1, 1)


@pytest.mark.paragraph("9701.407(a)")
@pytest.mark.parametrize(
    ("days", "away", "due"),
    [
        (89, (), False),
        (90, (), True),
        (90, (Away(date(2007, 2, 1), date(2007, 2, 10)),), False),
        (99, (Away(date(2007, 2, 1), date(2007, 2, 10)),), False),
        (100, (Away(date(2007, 2, 1), date(2007, 2, 10)),), True),
        (200, (Away(date(2007, 7, 1)),), False),
        (90, (Away(date(2006, 12, 1), date(2007, 1, 1)),), True),
    ],
)
def test_approved_absence_stops_the_count_of_days_without_feedback(
    days: int, away: tuple[Away, ...], due: bool
) -> None:
    on = SINCE + timedelta(days=days)
    assert is_feedback_due(since=SINCE, on=on, away=away, after_days=90) is due


def test_overlapping_absences_count_once() -> None:
    away = (Away(date(2007, 1, 2), date(2007, 1, 5)), Away(date(2007, 1, 4), date(2007, 1, 6)))
    assert days_without(since=SINCE, on=date(2007, 1, 11), away=away) == 5


def test_the_window_of_a_fiscal_year_is_march_and_april() -> None:
    window = interim_window(
        period_start=date(2006, 10, 1),
        period_end=date(2007, 9, 30),
        opens_after_months=5,
        lasts_months=2,
    )
    assert (window.opens, window.closes, window.last_call) == (
        date(2007, 3, 1),
        date(2007, 4, 30),
        date(2007, 8, 31),
    )


def test_a_window_never_reaches_beyond_the_period() -> None:
    end = date(2007, 9, 30)
    window = interim_window(
        period_start=date(2006, 10, 31), period_end=end, opens_after_months=4, lasts_months=12
    )
    assert (window.opens, window.closes) == (date(2007, 2, 28), end)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def item_of(kind: str) -> WorkItem | None:
    return WorkItem.objects.filter(kind=kind, done_at=None).first()


@pytest.mark.paragraph("9701.407(a)")
def test_the_supervisor_is_reminded_once_until_something_is_said(office: Office) -> None:
    due = REVIEWED + timedelta(days=90)
    assert remind_of_feedback(due - timedelta(days=1)) == 0
    assert (remind_of_feedback(due), remind_of_feedback(due)) == (1, 0)
    item = item_of("feedback_due")
    assert item is not None
    assert (item.user, item.citation, office.employee.name in item.title) == (
        office.user("supervisor"),
        "9701.407(a)",
        True,
    )
    assert Notice.objects.filter(recipient=office.user("supervisor")).count() == 1
    give_feedback(
        office.plan,
        text="Well done.",
        given_on=due,
        method="call",
        actor=office.actor("supervisor"),
        on=due,
    )
    assert item_of("feedback_due") is None
    assert remind_of_feedback(due) == 0


@pytest.mark.paragraph("9701.407(a)")
def test_nobody_is_reminded_of_somebody_on_approved_absence(office: Office) -> None:
    due = REVIEWED + timedelta(days=90)
    remind_of_feedback(due)
    Absence.objects.create(
        employee=office.employee,
        kind="uniformed_service",
        period=DateRange(due, due + timedelta(days=30)),
    )
    assert remind_of_feedback(due) == 1
    assert item_of("feedback_due") is None


@pytest.mark.paragraph("9701.407(b)#2")
def test_interim_reviews_are_asked_for_in_the_window_then_overdue_then_asked_of_hr(
    office: Office,
) -> None:
    office.plan.interim_reviews.all().delete()
    heard: dict[date, Any] = {}
    for on in (
        date(2007, 2, 28),
        date(2007, 3, 1),
        date(2007, 4, 30),
        date(2007, 5, 1),
        date(2007, 8, 30),
        date(2007, 8, 31),
    ):
        remind_of_interim_reviews(on)
        assert remind_of_interim_reviews(on) == 0
        item = item_of("interim_review_due")
        hr = item_of("interim_review_overdue")
        heard[on] = (item.title.split(":")[0] if item else "", hr is not None)
    overdue = "Interim reviews are overdue"
    assert heard == {
        date(2007, 2, 28): ("", False),
        date(2007, 3, 1): ("Hold interim reviews", False),
        date(2007, 4, 30): ("Hold interim reviews", False),
        date(2007, 5, 1): (overdue, False),
        date(2007, 8, 30): (overdue, False),
        date(2007, 8, 31): (
            "Interim reviews are missing, and the period ends on 2007-09-30",
            True,
        ),
    }
    assert Notice.objects.filter(recipient=office.user("supervisor")).count() == 3


def test_a_review_that_was_held_is_not_asked_for(office: Office) -> None:
    assert remind_of_interim_reviews(date(2007, 9, 1)) == 0


def test_feedback_before_the_plan_was_told_is_counted_from_the_telling(office: Office) -> None:
    office.plan.interim_reviews.all().delete()
    row = Feedback.objects.create(
        plan=office.plan,
        given_on=date(2006, 10, 2),
        method="call",
        text="Welcome.",
        given_by=office.supervisor,
        recorded_at=clock.now(),
    )
    assert row.given_on < TOLD
    assert remind_of_feedback(TOLD + timedelta(days=89)) == 0
    assert remind_of_feedback(TOLD + timedelta(days=90)) == 1
