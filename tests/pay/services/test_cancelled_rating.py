"""A cancelled rating that withheld an increase is a question to HR, not a new computation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from casework.models import Notice, WorkItem
from pay.models import Correction, DeniedIncrease, PayAction
from pay.services.adjust_ranges import adjust_ranges
from pay.services.promote import promote
from performance.models import RatingOfRecord
from performance.services.cancel_rating import cancel_rating
from regulation import clock
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

SUNDAY = date(2007, 1, 7)
DECIDED = date(2007, 5, 13)
RANGES = {"LE-FP": (42_139, 71_750)}


def rated(level: str, **fields: Any) -> RatingOfRecord:
    """The rating of somebody who was in the pay band when its range was adjusted."""
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    with clock.use_clock(clock.at_noon(SUNDAY)):
        person = make_paid_employee(band, 55_000, **fields)
        rating = rate(person, level, issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
        adjust_ranges(RANGES, effective=SUNDAY, actor=SYSTEM, authority="D", on=SUNDAY)
    return rating


def cancel(rating: RatingOfRecord, *, remanded: bool = False) -> None:
    with clock.use_clock(clock.at_noon(DECIDED)):
        cancel_rating(
            rating,
            reference="Award 12",
            decided=DECIDED,
            remanded=remanded,
            actor=SYSTEM,
            on=DECIDED,
        )


def asked() -> list[WorkItem]:
    return list(WorkItem.objects.filter(kind="withheld_by_cancelled_rating", done_at=None))


@pytest.mark.parametrize("remanded", [False, True])
def test_hr_is_asked_by_name_and_pay_stays_as_it_is(client: Client, remanded: bool) -> None:
    organization = make_organization()
    rating = rated("U", organization=organization)
    actions = PayAction.objects.count()
    cancel(rating, remanded=remanded)
    case = DeniedIncrease.objects.get(rating=rating)
    (item,) = asked()
    assert str(rating.employee) in item.title
    assert (item.citation, item.subject, item.role) == (
        "9701.323",
        case.subject,
        Role.HR_SPECIALIST,
    )
    assert item.organization == organization
    assert item.url == f"/pay/denied-increases/{case.pk}/"
    assert case.state == "open"
    assert PayAction.objects.count() == actions
    user = make_user("hale")
    grant_role(user, Role.HR_SPECIALIST, organization=organization)
    client.force_login(user)
    page = client.get(item.url).content.decode()
    assert "<strong>cancelled May 13, 2007</strong> on Award 12" in page
    assert not Correction.objects.exists()


def test_nothing_is_asked_of_a_rating_that_withheld_nothing() -> None:
    cancel(rated("ME"))
    assert asked() == []


def test_the_question_leaves_the_inbox_with_the_case() -> None:
    rating = rated("U")
    cancel(rating)
    assert len(asked()) == 1
    to = make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)
    with clock.use_clock(clock.at_noon(DECIDED)):
        promote(
            Employee.objects.get(pk=rating.employee_id),
            position=position_in(to),
            effective=DECIDED,
            actor=SYSTEM,
            authority="P",
            on=DECIDED,
        )
    assert DeniedIncrease.objects.get(rating=rating).state == "closed"
    assert asked() == []


def test_hr_is_notified_of_a_case_that_ended_before() -> None:
    organization = make_organization()
    user = make_user("hale")
    grant_role(user, Role.HR_SPECIALIST, organization=organization)
    rating = rated("U", organization=organization)
    DeniedIncrease.objects.filter(rating=rating).update(state="closed")
    cancel(rating)
    assert asked() == []
    assert (
        Notice.objects.filter(recipient=user, title__contains="was cancelled: decide").count() == 1
    )
