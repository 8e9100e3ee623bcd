"""Recording ratings that became final elsewhere, and reading them back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.dispatch import receiver

from casework.actor import Actor
from casework.models import Entry
from performance.models import PerformanceSystem, RatingKind, RatingOfRecord, RatingState
from performance.queries.published import (
    RatingUse,
    latest_completed_period_end,
    rating_facts,
    rating_for,
)
from performance.services.record_final_rating import record_final_rating
from performance.signals import rating_issued
from regulation.refusals import Refused
from tests.factories import make_employee
from workforce.models import Absence, Employee

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("a test")
FY2006 = date(2006, 9, 30)
FY2007 = date(2007, 9, 30)
ISSUED = date(2007, 10, 19)


def record(employee: Employee, level: str = "EE", **fields: Any) -> RatingOfRecord:
    fields = {"period_end": FY2007, "issued_on": ISSUED, "actor": SYSTEM, **fields}
    return record_final_rating(employee, level_code=level, **fields)


def test_the_rating_is_final_and_the_history_says_where_it_came_from() -> None:
    rating = record(make_employee(), source="lab")
    rating = RatingOfRecord.objects.get(pk=rating.pk)
    assert (rating.state, rating.issued_on) == (RatingState.ISSUED, ISSUED)
    entry = Entry.objects.get(subject=rating.subject)
    assert entry.act == "record_final_rating"
    assert entry.detail == {"source": "lab", "level": "EE"}


@pytest.mark.paragraph("9701.404:appraisal-period")
def test_the_period_made_for_it_is_the_year_that_ends_on_the_given_day() -> None:
    cycle = record(make_employee()).cycle
    assert (cycle.starts, cycle.ends) == (date(2006, 10, 1), FY2007)
    assert [level.code for level in PerformanceSystem.objects.get().levels.all()] == [
        "AE", "EE", "ME", "U",
    ]  # fmt: skip


@pytest.mark.paragraph("9701.409(b)#1")
@pytest.mark.parametrize(
    ("issued", "allowed"), [(date(2007, 9, 30), False), (date(2007, 10, 1), True)]
)
def test_an_annual_rating_is_issued_from_the_day_after_the_period(
    issued: date, allowed: bool
) -> None:
    employee = make_employee()
    if allowed:
        assert record(employee, issued_on=issued).issued_on == issued
        return
    with pytest.raises(Refused, match="can be issued from 2007-10-01") as refusal:
        record(employee, issued_on=issued)
    assert refusal.value.code == "period_not_complete"
    assert not RatingOfRecord.objects.exists()


@pytest.mark.paragraph("9701.404:rating-of-record-1")
def test_a_second_annual_rating_of_a_period_is_refused() -> None:
    employee = make_employee()
    record(employee)
    with pytest.raises(Refused, match="Use an additional rating") as refusal:
        record(employee, "AE", issued_on=date(2007, 11, 1))
    assert refusal.value.code == "duplicate_rating"


def test_a_level_outside_the_system_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        record(make_employee(), "MS")
    assert refusal.value.code == "level_not_in_system"


def test_an_additional_rating_supersedes_the_standing_one_from_its_issue() -> None:
    employee = make_employee()
    annual = record(employee, "U")
    additional = record(employee, "ME", kind=RatingKind.ADDITIONAL, issued_on=date(2008, 3, 14))
    assert RatingOfRecord.objects.get(pk=annual.pk).state == RatingState.SUPERSEDED
    assert additional.standing == annual
    before = rating_for(employee, RatingUse.PERFORMANCE_PAY, date(2008, 3, 13))
    after = rating_for(employee, RatingUse.PERFORMANCE_PAY, date(2008, 3, 14))
    assert before is not None
    assert before.level_code == "U"
    assert after is not None
    assert after.level_code == "ME"


@pytest.mark.paragraph("9701.404:rating-of-record-2")
def test_an_additional_rating_needs_no_standing_one() -> None:
    additional = record(make_employee(), kind=RatingKind.ADDITIONAL)
    assert additional.standing is None


@pytest.mark.paragraph("9701.409(f)")
@pytest.mark.parametrize(
    ("on", "level", "allowed"),
    [
        (date(2008, 2, 3), "ME", True),
        (date(2008, 2, 4), "ME", False),
        (date(2008, 3, 14), "ME", False),
        (date(2008, 3, 14), "EE", True),
        (date(2008, 3, 15), "ME", True),
    ],
)
def test_a_standing_rating_is_not_lowered_during_approved_absence(
    on: date, level: str, allowed: bool
) -> None:
    employee = make_employee()
    record(employee, "EE")
    Absence.objects.create(
        employee=employee, kind="approved_leave", period=(date(2008, 2, 4), date(2008, 3, 15))
    )
    if allowed:
        assert record(employee, level, kind=RatingKind.ADDITIONAL, issued_on=on)
        return
    with pytest.raises(Refused, match="on approved absence 2008-02-04-2008-03-14") as refusal:
        record(employee, level, kind=RatingKind.ADDITIONAL, issued_on=on)
    assert refusal.value.code == "absence_lowering"


@pytest.mark.paragraph("9701.409(b)#3")
def test_a_rating_issued_after_a_date_is_not_seen_by_it_and_a_draft_never() -> None:
    employee = make_employee()
    rating = record(employee)
    draft = RatingOfRecord.objects.create(
        employee=employee, cycle=rating.cycle, kind=RatingKind.ADDITIONAL
    )
    assert draft.state == RatingState.DRAFT
    assert rating_for(employee, RatingUse.AWARD, date(2007, 10, 18)) is None
    found = rating_for(employee, RatingUse.AWARD, ISSUED)
    assert found is not None
    assert found.rating_id == rating.pk
    assert rating_facts([employee.pk], on=date(2007, 10, 18)) == {employee.pk: []}


def test_facts_of_many_people_are_one_query(django_assert_num_queries: Any) -> None:
    people = [make_employee() for _ in range(5)]
    for person in people:
        record(person, period_end=FY2006, issued_on=date(2006, 10, 20))
        record(person)
    with django_assert_num_queries(1):
        facts = rating_facts([person.pk for person in people], on=ISSUED)
    assert {len(ratings) for ratings in facts.values()} == {2}
    assert [fact.period_end for fact in facts[people[0].pk]] == [FY2006, FY2007]


def test_the_period_completed_most_recently_ended_before_the_date() -> None:
    record(make_employee())
    assert latest_completed_period_end(FY2007) is None
    assert latest_completed_period_end(date(2007, 10, 1)) == FY2007


def test_others_hear_of_it_once_inside_the_transaction() -> None:
    heard: list[RatingOfRecord] = []

    @receiver(rating_issued)
    def hear(sender: object, rating: RatingOfRecord, **_: object) -> None:
        heard.append(rating)

    try:
        rating = record(make_employee())
    finally:
        rating_issued.disconnect(hear)
    assert heard == [rating]
