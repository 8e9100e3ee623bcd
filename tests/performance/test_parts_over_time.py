"""Parts of a rating: those replaced in the year, what they rest on, and the note on an award."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from performance.models import (
    Expectation,
    ExpectationState,
    Feedback,
    FeedbackMethod,
    RatingElement,
    RatingOfRecord,
)
from performance.queries.awards import unanswered_awards
from performance.queries.rating_file import rating_file
from performance.rules.communication import check_accountable
from performance.rules.expectation_share import share_of_time
from performance.services.draft_content import DraftContent, PartContent
from performance.services.note_award import note_award
from performance.services.save_draft import save_draft
from regulation import clock
from regulation.money import half_up_cent
from regulation.refusals import Refused
from tests.performance.office import ISSUED, SUBMITTED, TOLD, Office, make_office

MARCH = date(2007, 3, 1)


@pytest.mark.paragraph("9701.406(b)#2")
@pytest.mark.parametrize(
    ("told", "ended", "first", "share"),
    [
        (TOLD, None, TOLD, Fraction(1)),
        (date(2007, 1, 1), date(2007, 1, 11), date(2007, 1, 1), Fraction(10, 20)),
        (date(2007, 1, 11), None, date(2007, 1, 1), Fraction(10, 20)),
        (date(2007, 1, 1), date(2007, 1, 30), date(2007, 1, 1), Fraction(1)),
    ],
    ids=["whole time", "first half", "second half", "ended after the time rated"],
)
def test_a_version_counts_for_the_days_for_which_it_stood(
    told: date, ended: date | None, first: date, share: Fraction
) -> None:
    until = date(2007, 1, 21)
    assert (
        share_of_time(communicated_on=told, ended_on=ended, first_told=first, until=until) == share
    )


@pytest.mark.paragraph("9701.406(b)#2")
@pytest.mark.parametrize(
    ("work", "held"), [(date(2007, 2, 28), True), (MARCH, False), (date(2007, 3, 2), False)]
)
def test_work_of_the_day_of_a_replacement_is_not_held_under_the_old_version(
    work: date, held: bool
) -> None:
    if held:
        check_accountable(communicated_on=TOLD, work_dated=work, ended_on=MARCH)
        return
    with pytest.raises(Refused) as refusal:
        check_accountable(communicated_on=TOLD, work_dated=work, ended_on=MARCH)
    assert refusal.value.code == "expectation_not_communicated"


def replaced(office: Office, title: str, *, on: date = MARCH) -> tuple[Expectation, Expectation]:
    """The expectation of that title, and the one that took its place."""
    old = next(item for item in office.expectations if item.title == title)
    old.give_way(on=on, reason="The port was closed.")
    old.save()
    new = Expectation.objects.create(
        plan=office.plan,
        form=old.form,
        title=f"{title} anew",
        statement="Another statement",
        weight=old.weight,
        state=ExpectationState.COMMUNICATED,
        communicated_on=on,
        communicated_how="oral",
        replaces=old,
        order=old.order,
    )
    return old, new


def with_part(content: DraftContent, item: Expectation, **fields: Any) -> DraftContent:
    part = PartContent(**{"level": "ME", "basis": f"Basis of {item.title}", **fields})
    return replace(content, parts={**content.parts, item.pk: part})


@pytest.mark.django_db
@pytest.mark.paragraph("9701.406(b)#2", "9701.409(c)#1")
def test_both_versions_are_assessed_for_their_dates_and_weights_are_those_at_the_end() -> None:
    office = make_office()
    content = office.content()
    old, new = replaced(office, "Cases")
    rating = office.start()
    with pytest.raises(Refused) as refusal:
        office.submit(rating, content=content)
    assert refusal.value.code == "assessment_incomplete", "the new version is open"
    sent = office.submit(rating, content=with_part(content, new))
    file = rating_file(sent, on=SUBMITTED)
    assert {old.pk, new.pk} <= {item.pk for item in file.expectations}
    whole = (SUBMITTED - TOLD).days
    assert file.time_of(old) == Fraction((MARCH - TOLD).days, whole)
    assert file.time_of(old) + file.time_of(new) == 1
    # 50 percent shared between AE (5) and ME (3) by days, EE (4) at 30 and ME (3) at 20.
    share = file.time_of(old)
    goals = Fraction(1, 2) * (share * 5 + (1 - share) * 3) + Fraction(30 * 4 + 20 * 3, 100)
    assert file.score().goals == half_up_cent(goals)


@pytest.mark.django_db
@pytest.mark.paragraph("9701.406(b)#2")
def test_work_dated_after_the_replacement_is_refused_under_the_old_version() -> None:
    office = make_office()
    content = office.content()
    old, new = replaced(office, "Cases")
    content = with_part(with_part(content, new), old, work_dated=date(2007, 5, 2))
    with pytest.raises(Refused) as refusal:
        office.submit(office.start(), content=content)
    assert refusal.value.code == "expectation_not_communicated"
    assert "2007-03-01" in refusal.value.message


@pytest.mark.django_db
def test_a_competency_that_was_replaced_counts_once_over_the_year() -> None:
    office = make_office()
    content = office.content("ME ME ME ME ME ME ME ME ME", level="ME")
    old, new = replaced(office, "Service")
    sent = office.submit(
        office.start(), content=with_part(with_part(content, old), new, level="ME")
    )
    file = rating_file(sent, on=SUBMITTED)
    assert sum(file.time_of(item) for item in file.others()) == 6


@pytest.mark.django_db
@pytest.mark.paragraph("9701.406(b)#2")
def test_what_was_replaced_before_anybody_was_accountable_is_not_assessed() -> None:
    office = make_office()
    content = office.content()
    old, new = replaced(office, "Cases", on=date(2006, 10, 17))
    parts = {pk: part for pk, part in content.parts.items() if pk != old.pk}
    content = replace(content, parts=parts, level="ME")
    office.submit(office.start(), content=with_part(content, new))
    assert not RatingElement.objects.filter(expectation=old).exists()


@pytest.mark.django_db
def test_a_part_keeps_the_evidence_it_rests_on_and_nothing_of_somebody_else(
    client: Client,
) -> None:
    office, other = make_office(), 999_999
    item = office.expectations[0]
    feedback = Feedback.objects.create(
        plan=office.plan,
        given_on=date(2007, 2, 1),
        given_by=office.supervisor,
        method=FeedbackMethod.choices[0][0],
        text="Forty cases were closed in January.",
        recorded_at=clock.now(),
    )
    feedback.about.add(item)
    content = with_part(
        office.content(),
        item,
        level="AE",
        evidence=(f"feedback:{feedback.pk}", f"feedback:{other}", "rating:1"),
    )
    rating = office.start()
    saved = save_draft(
        rating,
        content=content,
        actor=office.actor("supervisor"),
        on=SUBMITTED,
        version=rating.version,
    )
    element = RatingElement.objects.get(rating=saved, expectation=item)
    assert element.evidence == [f"feedback:{feedback.pk}"]
    client.force_login(office.user("supervisor"))
    page = client.get(f"/performance/ratings/{rating.pk}/rate/").content.decode()
    assert f'value="feedback:{feedback.pk}" checked' in page
    assert "about this" in page
    issued = office.issue(office.approve(office.submit(saved, content=content)))
    client.force_login(office.user("employee"))
    page = client.get(f"/performance/ratings/{issued.pk}/").content.decode()
    assert "Feedback of February 1, 2007" in page


@pytest.mark.django_db
def test_a_new_draft_copies_nothing_from_the_rating_before() -> None:
    office = make_office()
    before = office.issued()
    from performance.services.start_additional_rating import start_additional_rating

    again = start_additional_rating(
        office.employee,
        actor=office.actor("supervisor"),
        on=date(2008, 3, 3),
        purpose="substantial_change",
        pay_case="",
        change_described="The port was lost.",
        evidence_dated=date(2008, 2, 1),
    )
    assert before.narrative
    assert (again.narrative, again.level, again.level_reason) == ("", None, "")
    assert not RatingElement.objects.filter(rating=again).exists()


def award(office: Office, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "considered": True,
        "note": "A time-off award for the port.",
        "actor": office.actor("supervisor"),
        "on": ISSUED,
        "version": rating.version,
        **fields,
    }
    return note_award(rating, **given)


@pytest.mark.django_db
@pytest.mark.paragraph("9701.405(c)(3)")
def test_a_level_above_fully_successful_asks_whether_an_award_was_considered() -> None:
    office = make_office()
    rating = office.issued()
    assert list(unanswered_awards()) == [rating]
    with pytest.raises(Refused) as refusal:
        award(office, rating, note=" ")
    assert refusal.value.code == "reason_required"
    noted = award(office, rating)
    assert (noted.award_considered, noted.state) == (True, "issued")
    assert not unanswered_awards().exists()


@pytest.mark.django_db
@pytest.mark.paragraph("9701.405(c)(3)")
def test_a_fully_successful_level_asks_for_no_note_on_an_award() -> None:
    office = make_office()
    content = office.content("ME ME ME ME ME ME ME ME ME", level="ME")
    rating = office.issued(content=content)
    assert not unanswered_awards().exists()
    with pytest.raises(Refused) as refusal:
        award(office, rating)
    assert refusal.value.code == "no_effect"
