"""Issuing, and what follows: the employee's signature or refusal, and an additional rating."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.dispatch import receiver

from casework.models import Notice, WorkItem
from performance.models import AdditionalPurpose, Plan, RatingOfRecord
from performance.queries.published import RatingUse, rating_for
from performance.services.acknowledge_rating import acknowledge_rating, record_refusal
from performance.services.record_final_rating import record_final_rating
from performance.services.start_additional_rating import start_additional_rating
from performance.signals import rating_issued
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import END, ISSUED, Office, make_office, put_in_team
from workforce.models import Absence

pytestmark = pytest.mark.django_db


@pytest.mark.paragraph("9701.409(b)#1")
def test_on_the_last_day_of_the_period_it_is_refused_and_issued_the_day_after() -> None:
    office = make_office()
    rating = office.approve(office.submit(office.start()))
    with pytest.raises(Refused) as refusal:
        office.issue(rating, on=END)
    assert refusal.value.code == "period_not_complete"
    issued = office.issue(rating, on=ISSUED)
    assert (issued.state, issued.issued_on, issued.shown_by) == ("issued", ISSUED, END)


@pytest.mark.paragraph("9701.409(c)#2")
@pytest.mark.parametrize(
    ("sent", "missing"),
    [(False, "rating official, signature of the reviewing"), (True, "reviewing official")],
)
def test_without_both_signatures_it_is_not_issued(sent: bool, missing: str) -> None:
    office = make_office()
    rating = office.start()
    if sent:
        rating = office.submit(rating)
    with pytest.raises(Refused, match=missing) as refusal:
        office.issue(rating)
    assert refusal.value.code == "signatures_incomplete"


def test_others_hear_of_it_once_and_a_receiver_that_fails_undoes_it_all() -> None:
    office = make_office()
    rating = office.approve(office.submit(office.start()))
    heard: list[RatingOfRecord] = []

    @receiver(rating_issued)
    def hear(sender: object, rating: RatingOfRecord, **_: object) -> None:
        heard.append(rating)
        if len(heard) == 1:
            raise RuntimeError

    try:
        with pytest.raises(RuntimeError):
            office.issue(rating)
        assert RatingOfRecord.objects.get().state == "approved"
        assert not Notice.objects.exists()
        office.issue(rating)
    finally:
        rating_issued.disconnect(hear)
    assert [found.state for found in heard] == ["issued", "issued"]


def test_the_employee_is_told_that_it_was_issued_and_not_what_it_says() -> None:
    office = make_office()
    rating = office.issued()
    notice = Notice.objects.get(recipient=office.user("employee"))
    told = f"{notice.title} {notice.body} {notice.url}"
    assert rating.level is not None
    assert rating.level.title not in told
    assert rating.narrative not in told
    item = WorkItem.objects.get(subject=rating.subject, done_at=None)
    assert (item.kind, item.user) == ("acknowledge_rating", office.user("employee"))


def test_an_unacceptable_rating_asks_hr_to_see_that_poor_performance_is_addressed() -> None:
    office = make_office()
    office.issued(content=office.content("U EE ME EE ME ME EE EE ME", level="U"))
    item = WorkItem.objects.get(kind="poor_performance_not_addressed")
    assert (item.role, item.citation) == ("hr_specialist", "9701.405(c)(4)")


@pytest.mark.paragraph("9701.409(c)#2")
def test_a_refusal_to_sign_is_kept_with_its_witness_and_the_rating_is_final_anyway() -> None:
    office = make_office()
    rating = office.issued()
    refused = record_refusal(
        rating, witness="Pat Long", actor=office.actor("supervisor"), on=ISSUED
    )
    assert (refused.state, refused.acknowledgement, refused.refusal_witness) == (
        "issued",
        "refused",
        "Pat Long",
    )
    with pytest.raises(Refused) as refusal:
        acknowledge_rating(rating, actor=office.actor("employee"), on=ISSUED)
    assert refusal.value.code == "already_done"


def test_a_refusal_names_its_witness() -> None:
    office = make_office()
    with pytest.raises(Refused) as refusal:
        record_refusal(office.issued(), witness=" ", actor=office.actor("supervisor"), on=ISSUED)
    assert refusal.value.code == "reason_required"


def test_an_acknowledged_rating_leaves_the_employees_inbox() -> None:
    office = make_office()
    rating = acknowledge_rating(office.issued(), actor=office.actor("employee"), on=ISSUED)
    assert (rating.acknowledgement, rating.acknowledged_on) == ("acknowledged", ISSUED)
    assert not WorkItem.objects.filter(done_at=None).exists()


def additional(office: Office, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "purpose": AdditionalPurpose.SUBSTANTIAL_CHANGE,
        "change_described": "Two cases were lost for want of notes.",
        "evidence_dated": date(2007, 10, 15),
        "actor": office.actor("supervisor"),
        "on": date(2008, 1, 7),
        **fields,
    }
    return start_additional_rating(office.employee, **given)


@pytest.mark.paragraph("9701.409(b)#2")
@pytest.mark.parametrize(
    "fields",
    [
        {"evidence_dated": ISSUED},
        {"evidence_dated": None},
        {"evidence_dated": date(2008, 1, 8)},
        {"change_described": " "},
    ],
)
def test_an_additional_rating_shows_a_change_since_the_standing_one(
    fields: dict[str, Any],
) -> None:
    office = make_office()
    office.issued()
    with pytest.raises(Refused, match="Describe the change since 2007-10-01") as refusal:
        additional(office, **fields)
    assert refusal.value.code == "no_substantial_change"
    assert RatingOfRecord.objects.count() == 1


@pytest.mark.paragraph("9701.409(b)#2")
def test_a_substantial_change_needs_a_standing_rating() -> None:
    with pytest.raises(Refused) as refusal:
        additional(make_office())
    assert refusal.value.code == "no_substantial_change"


def carried(office: Office, rating: RatingOfRecord, *, level: str, on: date) -> RatingOfRecord:
    """An additional rating submitted and approved on a date."""
    levels = " ".join([level] * 9)
    content = office.content(
        levels,
        level=level,
        change_described=rating.change_described,
        evidence_dated=rating.evidence_dated,
        absence_is_no_factor=True,
    )
    return office.approve(office.submit(rating, content=content, on=on), on=on)


@pytest.mark.paragraph("9701.409(b)#2", "9701.404:minimum-period")
def test_an_additional_rating_supersedes_from_its_issue_and_no_minimum_begins_anew() -> None:
    office = make_office()
    annual = office.issued()
    Plan.objects.update(communicated_on=date(2007, 9, 29))
    rating = carried(office, additional(office), level="ME", on=date(2008, 1, 8))
    rating = office.issue(rating, on=date(2008, 1, 9))
    assert RatingOfRecord.objects.get(pk=annual.pk).state == "superseded"
    assert rating.shown_by == date(2007, 10, 15)
    codes = []
    for on in (date(2008, 1, 8), date(2008, 1, 9)):
        found = rating_for(office.employee, RatingUse.PERFORMANCE_PAY, on)
        codes.append(found.level_code if found else None)
    assert codes == ["EE", "ME"]


def test_nobody_is_asked_any_more_to_acknowledge_a_superseded_rating() -> None:
    office = make_office()
    annual = office.issued()
    rating = carried(office, additional(office), level="ME", on=date(2008, 1, 8))
    office.issue(rating, on=date(2008, 1, 9))
    items = WorkItem.objects.filter(kind="acknowledge_rating", done_at=None)
    assert [item.subject for item in items] == [rating.subject]
    assert annual.subject != rating.subject


@pytest.mark.paragraph("9701.409(b)#2")
def test_the_change_is_measured_from_the_rating_that_stands_on_the_day_of_issue() -> None:
    office = make_office()
    first = office.issued()
    rating = carried(office, additional(office), level="ME", on=date(2008, 1, 8))
    between = record_final_rating(
        office.employee,
        period_end=date(2008, 9, 30),
        level_code="EE",
        issued_on=date(2008, 10, 6),
        actor=office.actor("hr"),
    )
    with pytest.raises(Refused, match="Describe the change since 2008-10-06") as refusal:
        office.issue(rating, on=date(2008, 10, 7))
    assert refusal.value.code == "no_substantial_change"
    assert RatingOfRecord.objects.get(pk=rating.pk).standing == first
    RatingOfRecord.objects.filter(pk=rating.pk).update(evidence_dated=date(2008, 10, 8))
    rating = RatingOfRecord.objects.get(pk=rating.pk)
    assert office.issue(rating, on=date(2008, 10, 9)).standing == between
    assert RatingOfRecord.objects.get(pk=between.pk).state == "superseded"


def test_a_second_additional_rating_waits_for_the_first() -> None:
    office = make_office()
    office.issued()
    additional(office)
    with pytest.raises(Refused) as refusal:
        additional(office)
    assert refusal.value.code == "duplicate_open"


@pytest.mark.paragraph("9701.404:rating-of-record-2")
def test_for_a_pay_determination_it_needs_no_standing_rating_but_the_minimum_period() -> None:
    office = make_office()
    fields: dict[str, Any] = {
        "purpose": AdditionalPurpose.PAY_DETERMINATION,
        "change_described": "",
        "evidence_dated": None,
        "on": date(2006, 12, 1),
    }
    with pytest.raises(Refused) as refusal:
        additional(office, **fields)
    assert refusal.value.code == "reason_required"
    rating = additional(office, pay_case="Within-grade increase of 2007-01-07", **fields)
    assert rating.standing is None
    with pytest.raises(Refused) as refusal:
        carried(office, rating, level="ME", on=date(2007, 1, 13))
    assert refusal.value.code == "min_period_not_met"
    rating = carried(office, rating, level="ME", on=date(2007, 1, 14))
    assert office.issue(rating, on=date(2007, 1, 15)).state == "issued"


@pytest.mark.paragraph("9701.404:rating-of-record-2", "9701.409(b)#2")
def test_for_a_pay_determination_with_a_standing_rating_the_change_is_shown_too() -> None:
    office = make_office()
    office.issued()
    with pytest.raises(Refused) as refusal:
        additional(
            office,
            purpose=AdditionalPurpose.PAY_DETERMINATION,
            pay_case="Case 17",
            change_described="",
        )
    assert refusal.value.code == "no_substantial_change"


@pytest.mark.parametrize("purpose", ["", "quota"])
def test_an_additional_rating_says_what_it_is_for(purpose: str) -> None:
    office = make_office()
    office.issued()
    with pytest.raises(Refused) as refusal:
        additional(office, purpose=purpose)
    assert refusal.value.code == "reason_required"


@pytest.mark.paragraph("9701.409(f)")
def test_a_standing_rating_is_not_lowered_while_the_employee_is_on_approved_absence() -> None:
    office = make_office()
    office.issued()
    rating = carried(office, additional(office), level="ME", on=date(2008, 1, 8))
    Absence.objects.create(
        employee=office.employee,
        kind="approved_leave",
        period=(date(2008, 2, 4), date(2008, 3, 15)),
    )
    with pytest.raises(Refused) as refusal:
        office.issue(rating, on=date(2008, 3, 14))
    assert refusal.value.code == "absence_lowering"
    assert office.issue(rating, on=date(2008, 3, 17)).state == "issued"


@pytest.mark.paragraph("9701.409(d)")
def test_everybody_of_an_office_may_be_rated_at_the_top() -> None:
    office = make_office()
    people = [office.employee, *(make_employee() for _ in range(3))]
    for person in people:
        if person != office.employee:
            office.plan = put_in_team(person, supervisor=office.supervisor, cycle=office.cycle)
        office.employee = person
        office.issued(content=office.content(" ".join(["AE"] * 9), level="AE"))
    codes = RatingOfRecord.objects.filter(state="issued").values_list("level__code", flat=True)
    assert list(codes) == ["AE"] * len(people)
