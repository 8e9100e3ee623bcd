"""Starting a rating of record."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Recusal
from casework.actor import Actor
from casework.models import Entry, WorkItem
from governance.models import Coverage
from performance.models import RatingOfRecord
from performance.services.start_rating import start_rating
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import END, SUBMITTED, make_office
from workforce.models import Supervision

pytestmark = pytest.mark.django_db


def test_the_supervisor_opens_a_draft_with_the_supervisor_above_as_reviewer() -> None:
    office = make_office()
    rating = office.start()
    assert (rating.rater, rating.reviewer) == (office.supervisor, office.reviewer)
    assert Entry.objects.get(subject=rating.subject).act == "start_rating"
    item = WorkItem.objects.get(subject=rating.subject)
    assert (item.user, item.due_on) == (office.user("supervisor"), date(2007, 10, 30))


@pytest.mark.paragraph("9701.405(c)(1)")
@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("employee", "self_rating"),
        ("reviewer", "not_rating_official"),
        ("hr", "not_rating_official"),
        ("system", "not_rating_official"),
    ],
)
def test_nobody_but_the_supervisor_starts_one(who: str, code: str) -> None:
    office = make_office()
    actor = Actor.system("a job") if who == "system" else office.actor(who)
    with pytest.raises(Refused) as refusal:
        start_rating(office.employee, cycle=office.cycle, actor=actor, on=SUBMITTED)
    assert refusal.value.code == code
    assert not RatingOfRecord.objects.exists()


@pytest.mark.paragraph("9701.405(c)(1)")
def test_a_supervisor_whose_time_is_over_may_rate_no_more_and_his_last_day_counts() -> None:
    office = make_office()
    Supervision.objects.filter(employee=office.employee).update(
        period=(date(2000, 1, 3), date(2007, 9, 25))
    )
    with pytest.raises(Refused, match="supervisor") as refusal:
        office.start(on=date(2007, 9, 25))
    assert refusal.value.code == "not_rating_official"
    assert office.start(on=date(2007, 9, 24)).rater == office.supervisor


@pytest.mark.paragraph("9701.404:rating-of-record-1")
def test_a_second_annual_rating_of_the_period_is_refused() -> None:
    office = make_office()
    office.start()
    with pytest.raises(Refused) as refusal:
        office.start()
    assert refusal.value.code == "duplicate_rating"


def test_where_subpart_d_is_not_in_force_no_rating_is_started() -> None:
    office = make_office()
    Coverage.objects.filter(subpart="D").delete()
    with pytest.raises(Refused, match="Subpart D does not apply") as refusal:
        office.start()
    assert refusal.value.code == "subpart_d_not_effective"


def test_one_who_is_recused_starts_none() -> None:
    office = make_office()
    Recusal.objects.create(
        user=office.user("supervisor"),
        subject=f"employee:{office.employee.pk}",
        reason="Married",
        starts=END.replace(month=1),
    )
    with pytest.raises(Refused) as refusal:
        office.start()
    assert refusal.value.code == "recused"


def test_at_the_top_there_is_no_reviewer_until_hr_names_one() -> None:
    office = make_office()
    Supervision.objects.filter(employee=office.supervisor).delete()
    rating = office.submit(office.start())
    assert rating.reviewer is None
    item = WorkItem.objects.get(subject=rating.subject, done_at=None)
    assert (item.kind, item.role) == ("name_reviewing_official", "hr_specialist")
    with pytest.raises(Refused) as refusal:
        office.approve(rating)
    assert refusal.value.code == "permission_denied"


def test_a_stranger_is_no_supervisor() -> None:
    office = make_office()
    with pytest.raises(Refused) as refusal:
        start_rating(
            office.employee,
            cycle=office.cycle,
            actor=Actor(user=make_employee().user),
            on=SUBMITTED,
        )
    assert refusal.value.code == "not_rating_official"
