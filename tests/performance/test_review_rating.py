"""The reviewing official approves, changes or returns."""

from __future__ import annotations

from typing import Any

import pytest

from casework.models import Entry, WorkItem
from performance.models import RatingOfRecord
from performance.queries.reviews import last_return, review_queue
from performance.services.change_level import change_level
from performance.services.name_officials import name_officials
from performance.services.return_rating import ReturnReason, return_rating
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import APPROVED, Office, make_office

pytestmark = pytest.mark.django_db


def sent() -> tuple[Office, RatingOfRecord]:
    office = make_office()
    return office, office.submit(office.start())


def change(office: Office, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "level_code": "AE",
        "reason": "The port was reopened in a week.",
        "absence_is_no_factor": False,
        "actor": office.actor("reviewer"),
        "on": APPROVED,
        "version": rating.version,
        **fields,
    }
    return change_level(rating, **given)


def send_back(office: Office, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "reason": "insufficient_evidence",
        "text": "Name the reports that you mean.",
        "actor": office.actor("reviewer"),
        "on": APPROVED,
        "version": rating.version,
        **fields,
    }
    return return_rating(rating, **given)


def test_a_changed_level_stands_beside_the_rating_officials_own() -> None:
    office, rating = sent()
    changed = change(office, rating)
    assert changed.level is not None
    assert changed.rater_level is not None
    assert (changed.level.code, changed.rater_level.code, changed.state) == (
        "AE",
        "EE",
        "submitted",
    )
    entry = Entry.objects.get(subject=rating.subject, act="change_level")
    assert (entry.detail["from"], entry.detail["to"]) == ("EE", "AE")
    assert entry.detail["reason"] == "The port was reopened in a week."


def test_a_change_needs_a_reason_and_another_level() -> None:
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        change(office, rating, reason="  ")
    assert refusal.value.code == "reason_required"
    with pytest.raises(Refused) as refusal:
        change(office, rating, level_code="EE")
    assert refusal.value.code == "no_effect"
    with pytest.raises(Refused) as refusal:
        change(office, rating, level_code="MS")
    assert refusal.value.code == "level_not_in_system"


@pytest.mark.paragraph("9701.409(d)")
@pytest.mark.parametrize("text", ["only two AE allowed", "The curve says 20 percent excellence"])
def test_no_level_is_changed_and_nothing_returned_to_meet_a_number(text: str) -> None:
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        change(office, rating, reason=text)
    assert refusal.value.code == "quota_not_allowed"
    with pytest.raises(Refused) as refusal:
        send_back(office, rating, text=text)
    assert refusal.value.code == "quota_not_allowed"
    assert RatingOfRecord.objects.get().state == "submitted"


@pytest.mark.paragraph("9701.409(d)")
def test_a_distribution_is_none_of_the_reasons_to_return() -> None:
    assert "distribution" not in ReturnReason.values
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        send_back(office, rating, reason="distribution")
    assert refusal.value.code == "reason_required"


@pytest.mark.paragraph("9701.404:unacceptable-performance")
def test_the_reviewing_official_cannot_make_it_unacceptable_without_a_failed_part() -> None:
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        change(office, rating, level_code="U", absence_is_no_factor=True)
    assert refusal.value.code == "unacceptable_mismatch"


@pytest.mark.paragraph("9701.409(f)")
def test_a_level_lowered_in_review_needs_the_attestation() -> None:
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        change(office, rating, level_code="ME")
    assert refusal.value.code == "absence_attestation_missing"
    lowered = change(office, rating, level_code="ME", absence_is_no_factor=True)
    assert lowered.level is not None
    assert lowered.level.code == "ME"


def test_a_returned_rating_is_a_draft_with_its_reason_and_the_rating_officials_level() -> None:
    office, rating = sent()
    returned = send_back(office, change(office, rating))
    assert returned.level is not None
    assert (returned.state, returned.rater_signed_at, returned.level.code) == ("draft", None, "EE")
    assert returned.rater_level is None, "a level yet to be signed is not one that was changed"
    assert last_return(returned) == {
        "reason": "insufficient_evidence",
        "text": "Name the reports that you mean.",
    }
    items = WorkItem.objects.filter(subject=rating.subject, done_at=None)
    assert [(item.kind, item.user) for item in items] == [
        ("prepare_rating", office.user("supervisor"))
    ]
    assert last_return(office.submit(returned)) is None


def test_a_return_says_why_in_words() -> None:
    office, rating = sent()
    with pytest.raises(Refused) as refusal:
        send_back(office, rating, text="")
    assert refusal.value.code == "reason_required"


def test_an_approved_rating_leaves_the_queue_and_waits_to_be_issued() -> None:
    office, rating = sent()
    assert list(review_queue(office.reviewer)) == [rating]
    approved = office.approve(rating)
    assert approved.reviewer_signed_at is not None
    assert not review_queue(office.reviewer).exists()
    items = WorkItem.objects.filter(subject=rating.subject, done_at=None)
    assert [(item.kind, item.user) for item in items] == [
        ("issue_rating", office.user("supervisor"))
    ]


@pytest.mark.parametrize("approved", [False, True])
def test_another_rating_official_takes_a_signed_rating_on_as_a_draft(approved: bool) -> None:
    office, rating = sent()
    rating = office.approve(rating) if approved else rating
    successor = make_employee("Okafor")
    taken = name_officials(
        rating,
        rater=successor,
        reviewer=office.reviewer,
        reason="The rating official retired.",
        actor=office.actor("hr"),
        on=APPROVED,
        version=rating.version,
    )
    assert (taken.state, taken.rater) == ("draft", successor)
    assert (taken.rater_signed_at, taken.reviewer_signed_at) == (None, None)
    items = WorkItem.objects.filter(subject=rating.subject, done_at=None)
    assert [(item.kind, item.user) for item in items] == [("prepare_rating", successor.user)]
    with pytest.raises(Refused) as refusal:
        office.submit(taken, on=APPROVED)
    assert refusal.value.code == "not_rating_official"
