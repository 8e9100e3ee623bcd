"""A final rating is cancelled, or cancelled to be given again, on an award or decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casework.models import Entry, WorkItem
from performance.models import RatingKind, RatingOfRecord
from performance.queries.published import RatingUse, rating_for
from performance.queries.standing import standing_rating
from performance.services.cancel_rating import cancel_rating
from performance.services.correct_rating import correct_rating
from performance.services.start_rating import start_rating
from performance.signals import rating_cancelled
from regulation.refusals import Refused
from tests.performance.office import ISSUED, Office, make_office

pytestmark = pytest.mark.django_db

DECIDED = date(2008, 2, 4)
ON = date(2008, 2, 11)


def cancel(office: Office, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "reference": "Award FMCS 07-1234",
        "decided": DECIDED,
        "remanded": False,
        "actor": office.actor("hr"),
        "on": ON,
        "version": rating.version,
        **fields,
    }
    return cancel_rating(rating, **given)


@pytest.mark.paragraph("9701.409(b)#3", "9701.409(b)(7)")
@pytest.mark.parametrize("use", RatingUse.values)
@pytest.mark.parametrize("remanded", [False, True])
def test_no_rating_counts_for_any_use_while_it_is_cancelled(use: str, remanded: bool) -> None:
    office = make_office()
    rating = office.issued()
    seen = rating_for(office.employee, RatingUse(use), ON)
    assert seen is not None
    assert seen.rating_id == rating.pk
    cancelled = cancel(office, rating, remanded=remanded)
    assert cancelled.state == ("cancelled_remanded" if remanded else "cancelled")
    assert rating_for(office.employee, RatingUse(use), ON) is None
    assert rating_for(office.employee, RatingUse(use), ISSUED) is None, "it was void all along"


@pytest.mark.paragraph("9701.409(g)#3")
def test_a_remanded_rating_is_given_again_as_a_new_one() -> None:
    office = make_office()
    cancel(office, office.issued(), remanded=True)
    (item,) = WorkItem.objects.filter(kind="rate_again", done_at=None)
    assert item.user == office.user("supervisor")
    again = start_rating(
        office.employee, cycle=office.cycle, actor=office.actor("supervisor"), on=ON
    )
    assert not WorkItem.objects.filter(kind="rate_again", done_at=None).exists()
    sent = office.submit(again, on=ON)
    issued = office.issue(office.approve(sent, on=ON), on=ON)
    counts = rating_for(office.employee, RatingUse.PERFORMANCE_PAY, ON)
    assert counts is not None
    assert counts.rating_id == issued.pk
    assert rating_for(office.employee, RatingUse.PERFORMANCE_PAY, ON - timedelta(days=1)) is None


def test_a_decision_has_its_reference_and_is_not_of_the_future() -> None:
    office = make_office()
    rating = office.issued()
    for fields, code in (
        ({"reference": " "}, "award_reference_required"),
        ({"decided": ON + timedelta(days=1)}, "invalid_input"),
        ({"actor": office.actor("supervisor")}, "permission_denied"),
        ({"actor": office.actor("employee")}, "own_record"),
        ({"version": rating.version + 1}, "stale_form"),
    ):
        with pytest.raises(Refused) as refusal:
            cancel(office, rating, **fields)
        assert refusal.value.code == code
    assert RatingOfRecord.objects.get().state == "issued"


def test_the_history_tells_a_correction_and_its_reference() -> None:
    office = make_office()
    heard: list[Any] = []

    def hear(sender: Any, **fields: Any) -> None:
        heard.append((fields["rating"].pk, fields["reference"]))

    rating_cancelled.connect(hear)
    try:
        rating = cancel(office, office.issued())
    finally:
        rating_cancelled.disconnect(hear)
    assert heard == [(rating.pk, "Award FMCS 07-1234")]
    entry = Entry.objects.get(subject=rating.subject, act="cancel_rating")
    assert entry.detail["cause"] == "correction"
    assert entry.detail["reference"] == "Award FMCS 07-1234"
    assert (rating.cancelled_on, rating.cancel_reference) == (ON, "Award FMCS 07-1234")


@pytest.mark.paragraph("9701.409(g)#3", "9701.409(g)#4")
def test_an_award_changes_a_level_only_with_the_finding_of_what_would_have_been_given() -> None:
    office = make_office()
    rating = office.issued()
    given: dict[str, Any] = {
        "corrected_level": "AE",
        "reference": "Award FMCS 07-1234",
        "decided": DECIDED,
        "actor": office.actor("hr"),
        "on": ON,
        "by_award": True,
    }
    with pytest.raises(Refused) as refusal:
        correct_rating(rating, **given)
    assert refusal.value.code == "award_standard_not_met"
    corrected = correct_rating(rating, would_have_given=True, **given)
    assert corrected.level is not None
    assert corrected.level.code == "AE"
    assert Entry.objects.get(act="correct_rating").detail["would_have_given"] == "yes"


def test_what_a_cancelled_additional_rating_superseded_stands_again() -> None:
    office = make_office()
    annual = office.issued()
    additional = RatingOfRecord.objects.create(
        employee=office.employee,
        cycle=office.cycle,
        kind=RatingKind.ADDITIONAL,
        state="issued",
        standing=annual,
        rater=office.supervisor,
        reviewer=office.reviewer,
        level=office.cycle.system.levels.get(code="U"),
        issued_on=date(2008, 1, 7),
    )
    RatingOfRecord.objects.filter(pk=annual.pk).update(state="superseded")
    cancel(office, additional)
    standing = standing_rating(office.employee, on=ON)
    assert standing is not None
    assert standing.pk == annual.pk
    counts = rating_for(office.employee, RatingUse.PROMOTION, ON)
    assert counts is not None
    assert counts.rating_id == annual.pk


def test_hr_records_the_decision_on_a_page_that_keeps_what_was_typed(client: Client) -> None:
    office = make_office()
    rating = office.issued()
    client.force_login(office.user("hr"))
    address = f"/performance/ratings/{rating.pk}/decision/"
    page = client.get(address)
    key = page.content.decode().split('name="form_key" value="')[1].split('"')[0]
    typed = {
        "form_key": key,
        "version": rating.version,
        "outcome": "remand",
        "decided_by": "award",
        "reference": " ",
        "decided": "2007-10-01",
    }
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert b"Give the reference" in refused.content
    done = client.post(address, typed | {"reference": "Award 7"})
    assert done.status_code == 302
    assert RatingOfRecord.objects.get().state == "cancelled_remanded"
    shown = client.get(f"/performance/ratings/{rating.pk}/").content.decode()
    assert "on Award 7. It is a basis for nothing any more." in shown
