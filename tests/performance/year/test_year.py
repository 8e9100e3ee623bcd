"""The running log of the year: feedback, contributions, tools and development."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from casework.models import Entry, Notice, WorkItem
from performance.models import Contribution, Feedback, FollowUp
from performance.queries.evidence import evidence_of
from performance.queries.year_page import year_page
from performance.services.follow_up import finish_follow_up, plan_development
from performance.services.give_feedback import give_feedback
from performance.services.note_contribution import note_contribution
from regulation import clock
from regulation.refusals import Refused
from tests.performance.office import Office, make_office

pytestmark = pytest.mark.django_db

ON = date(2007, 5, 14)


@pytest.fixture
def office() -> Office:
    return make_office()


def give(office: Office, who: str = "supervisor", **fields: Any) -> Feedback:
    given: dict[str, Any] = {
        "text": "The report of May was clear.",
        "given_on": ON,
        "method": "meeting",
        "actor": office.actor(who),
        "on": ON,
        **fields,
    }
    return give_feedback(office.plan, **given)


def note(office: Office, who: str = "employee", **fields: Any) -> Contribution:
    given: dict[str, Any] = {
        "text": "Closed the case.",
        "dated": ON,
        "actor": office.actor(who),
        "on": ON,
        **fields,
    }
    return note_contribution(office.plan, **given)


@pytest.mark.paragraph("9701.407(b)#1")
def test_feedback_is_read_by_the_employee_at_once_with_both_its_dates(office: Office) -> None:
    item = office.expectations[0]
    with clock.use_clock(lambda: datetime.fromisoformat("2007-05-16T12:00:00-04:00")):
        row = give(office, about=[item.pk], given_on=date(2007, 5, 10))
    assert (row.given_on, row.given_by, list(row.about.all())) == (
        date(2007, 5, 10),
        office.supervisor,
        [item],
    )
    page = year_page(office.plan, reader=office.user("employee"), on=ON)
    shown = page.log[0]
    assert (shown.text, shown.on, shown.entered_on, shown.about) == (
        row.text,
        date(2007, 5, 10),
        date(2007, 5, 16),
        (item.title,),
    )
    notice = Notice.objects.get(recipient=office.user("employee"))
    assert row.text not in f"{notice.title}{notice.body}"
    assert Entry.objects.get(subject=office.plan.subject).act == "give_feedback"


@pytest.mark.paragraph("9701.407(b)#1")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"given_on": date(2007, 5, 15)}, "future_date"),
        ({"given_on": date(2006, 9, 30)}, "outside_period"),
        ({"text": "  "}, "reason_required"),
        ({"method": "telepathy"}, "invalid_input"),
        ({"about": [999_999_999]}, "invalid_input"),
    ],
)
def test_feedback_has_a_text_a_way_and_a_day_of_the_past(
    office: Office, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        give(office, **fields)
    assert refusal.value.code == code
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("employee", "own_record"),
        ("reviewer", "not_rating_official"),
        ("hr", "not_rating_official"),
    ],
)
def test_nobody_but_the_supervisor_gives_feedback(office: Office, who: str, code: str) -> None:
    for act in (
        lambda: give(office, who),
        lambda: plan_development(
            office.plan, text="Course", due_on=None, actor=office.actor(who), on=ON
        ),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
    assert not Feedback.objects.exists()
    assert not FollowUp.objects.exists()


@pytest.mark.paragraph("9701.404:contribution")
@pytest.mark.parametrize("who", ["employee", "supervisor"])
def test_both_sides_note_contributions_linked_to_goals(office: Office, who: str) -> None:
    goal = office.expectations[0]
    row = note(office, who, about=[goal.pk])
    assert (row.noted_by, list(row.about.all())) == (getattr(office, who), [goal])
    shown = evidence_of(office.plan, first=office.cycle.starts, last=office.cycle.ends)
    assert [(each.kind, each.text) for each in shown if each.kind == "Contribution"] == [
        ("Contribution", row.text)
    ]


@pytest.mark.paragraph("9701.404:contribution")
@pytest.mark.parametrize(
    ("dated", "on", "code"),
    [
        (date(2006, 9, 30), ON, "outside_period"),
        (date(2007, 10, 1), date(2007, 10, 2), "outside_period"),
        (date(2007, 5, 15), ON, "future_date"),
    ],
)
def test_a_contribution_outside_the_period_cannot_be_kept_for_it(
    office: Office, dated: date, on: date, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        note(office, dated=dated, on=on)
    assert refusal.value.code == code
    assert not Contribution.objects.exists()


@pytest.mark.paragraph("9701.404:appraisal-period", "9701.404:contribution")
@pytest.mark.parametrize("dated", [date(2006, 10, 1), date(2007, 9, 30)])
def test_the_first_and_the_last_day_belong_to_the_period(office: Office, dated: date) -> None:
    assert note(office, dated=dated, on=date(2007, 10, 3)).dated == dated


@pytest.mark.parametrize("who", ["reviewer", "hr"])
def test_nobody_else_notes_contributions(office: Office, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        note(office, who)
    assert refusal.value.code == "not_rating_official"


@pytest.mark.paragraph("9701.408(a)(2)")
def test_development_is_planned_with_its_date_and_finished_with_what_was_done(
    office: Office,
) -> None:
    by: dict[str, Any] = {"actor": office.actor("supervisor"), "on": ON}
    row = plan_development(office.plan, text="Course in writing", due_on=date(2007, 7, 1), **by)
    page = year_page(office.plan, reader=office.user("employee"), on=ON)
    assert [(each.text, each.due_on) for each in page.follow_ups] == [
        ("Course in writing", date(2007, 7, 1))
    ]
    with pytest.raises(Refused) as refusal:
        finish_follow_up(office.plan, follow_up=row.pk, outcome=" ", **by)
    assert refusal.value.code == "reason_required"
    done = finish_follow_up(office.plan, follow_up=row.pk, outcome="Attended.", **by)
    assert (done.done_on, done.outcome) == (ON, "Attended.")
    with pytest.raises(Refused) as refusal:
        finish_follow_up(office.plan, follow_up=row.pk, outcome="Again.", **by)
    assert refusal.value.code == "already_done"


def test_development_is_not_planned_for_the_past(office: Office) -> None:
    with pytest.raises(Refused) as refusal:
        plan_development(
            office.plan,
            text="Course",
            due_on=date(2007, 5, 13),
            actor=office.actor("supervisor"),
            on=ON,
        )
    assert refusal.value.code == "invalid_input"


@pytest.mark.paragraph("9701.408(a)(2)")
def test_a_rating_is_sent_without_any_development_on_record(office: Office) -> None:
    assert not FollowUp.objects.exists()
    assert office.submit(office.start()).state == "submitted"


def test_dates_that_are_coming_are_those_still_to_come(office: Office) -> None:
    page = year_page(office.plan, reader=office.user("employee"), on=date(2007, 3, 2))
    assert [(row.on, row.words) for row in page.coming] == [
        (date(2007, 4, 30), "Interim reviews are due"),
        (date(2007, 9, 30), "Last day of the appraisal period"),
        (date(2007, 10, 30), "Ratings of record are due"),
    ]
    assert not WorkItem.objects.exists()
