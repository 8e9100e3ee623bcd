"""A corrected rating asks HR to look again at proposals that rest on it, and decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Organization, Role
from adverse_actions.models import Proposal
from adverse_actions.services.decide import decide
from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.models import Notice, WorkItem
from pay.models import DeniedIncrease
from pay.services.adjust_ranges import adjust_ranges
from performance.models import RatingOfRecord
from performance.services.correct_rating import correct_rating
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

RISE, PROPOSED = date(2007, 1, 7), date(2007, 3, 1)
DELIVERED, OVERTURNED = date(2007, 3, 20), date(2007, 5, 13)


@pytest.fixture
def person() -> Employee:
    """Below the new minimum since January 7, on an unacceptable rating."""
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    found = make_paid_employee(band, 41_111, organization=make_organization("OFFICE"))
    rate(found, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=RISE, actor=SYSTEM, authority="D", on=RISE)
    return found


def proposed(person: Employee, kind: str = "removal", *, on: date = PROPOSED) -> Proposal:
    return propose(person, kind=kind, delivered_on=on, actor=SYSTEM, on=on)


def overturn(person: Employee, level: str = "ME") -> None:
    rating = RatingOfRecord.objects.filter(employee=person).earliest("issued_on")
    correct_rating(
        rating, corrected_level=level, reference="Award 12", decided=OVERTURNED, actor=SYSTEM,
        on=OVERTURNED,
    )  # fmt: skip


def waiting() -> list[dict[str, Any]]:
    found = WorkItem.objects.filter(kind="rating_corrected", done_at=None)
    return [dict(row) for row in found.values("subject", "role", "url", "citation")]


@pytest.mark.paragraph("9701.323:preamble-error")
def test_hr_is_asked_to_look_again_and_the_proposal_stands_as_it_was(person: Employee) -> None:
    proposal = proposed(person)
    overturn(person)
    assert waiting() == [
        {
            "subject": proposal.subject,
            "role": Role.HR_SPECIALIST,
            "url": f"/adverse-actions/proposals/{proposal.pk}/",
            "citation": "9701.323",
        }
    ]
    assert str(Proposal.objects.get(pk=proposal.pk).state) == "proposed"
    assert str(DeniedIncrease.objects.get(employee=person).state) == "closed"


def test_the_item_ends_with_the_withdrawal_or_the_decision(person: Employee) -> None:
    one, other = proposed(person), proposed(person, "suspension")
    overturn(person)
    assert len(waiting()) == 2
    withdraw(one, actor=SYSTEM, on=OVERTURNED)
    assert [each["subject"] for each in waiting()] == [other.subject]
    decide(other, outcome="not_sustained", delivered_on=OVERTURNED, actor=SYSTEM, on=OVERTURNED)
    assert waiting() == []


def test_of_an_action_in_effect_hr_is_told(person: Employee) -> None:
    hr = make_user()
    grant_role(hr, Role.HR_SPECIALIST, organization=Organization.objects.get(code="OFFICE"))
    proposal = proposed(person, "suspension")
    decide(proposal, outcome="sustained", delivered_on=DELIVERED, actor=SYSTEM, on=DELIVERED)
    overturn(person)
    assert waiting() == []
    (notice,) = Notice.objects.filter(recipient=hr, citation="9701.323")
    assert "Look again at proposed suspension" in notice.title


@pytest.mark.parametrize("when", ["before the rating", "after the next rating", "withdrawn"])
def test_a_proposal_that_does_not_rest_on_the_rating_is_left_in_peace(
    person: Employee, when: str
) -> None:
    if when == "before the rating":
        proposed(person, on=date(2006, 11, 14))
    elif when == "after the next rating":
        rate(person, "U", issued=date(2007, 2, 1), period_end=date(2006, 9, 30), kind="additional")
        proposed(person)
    else:
        withdraw(proposed(person), actor=SYSTEM, on=PROPOSED)
    overturn(person)
    assert waiting() == []


def test_a_correction_of_a_better_rating_asks_nothing(person: Employee) -> None:
    rate(person, "EE", issued=date(2007, 2, 1), period_end=date(2006, 9, 30), kind="additional")
    proposed(person)
    rating = RatingOfRecord.objects.filter(employee=person).latest("issued_on")
    correct_rating(
        rating, corrected_level="ME", reference="Award 12", decided=OVERTURNED, actor=SYSTEM,
        on=OVERTURNED,
    )  # fmt: skip
    assert waiting() == []
