"""Signing a rating and sending it to the reviewing official: every guard, and the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.models import Entry, Notice, WorkItem
from governance.services.directives import issue_directive
from performance.models import Expectation, InterimReview, Plan, RatingElement, RatingOfRecord
from performance.services.draft_content import DraftContent, PartContent
from performance.services.except_interim_review import except_interim_review
from performance.services.record_final_rating import record_final_rating
from performance.services.save_draft import save_draft
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import SUBMITTED, Office, make_office
from workforce.models import Absence

pytestmark = pytest.mark.django_db


def refused(office: Office, **fields: Any) -> Refused:
    """What the refusal is; the rating stays the draft it was."""
    rating = RatingOfRecord.objects.filter(employee=office.employee).first() or office.start()
    with pytest.raises(Refused) as refusal:
        office.submit(rating, **fields)
    now = RatingOfRecord.objects.get(pk=rating.pk)
    assert (now.state, now.version, now.rater_signed_at) == ("draft", rating.version, None)
    return refusal.value


def with_part(office: Office, content: DraftContent, place: int, **fields: Any) -> DraftContent:
    """The content with one part changed."""
    pk = office.expectations[place].pk
    return replace(content, parts={**content.parts, pk: replace(content.parts[pk], **fields)})


def test_it_goes_to_the_reviewing_official_with_the_signature_and_the_level_kept() -> None:
    office = make_office()
    rating = office.submit(office.start())
    assert (rating.state, rating.level, rating.rater_level) == (
        "submitted",
        rating.rater_level,
        rating.level,
    )
    assert rating.rater_signed_at is not None
    assert RatingElement.objects.filter(rating=rating, level__isnull=False).count() == 9
    open_items = WorkItem.objects.filter(subject=rating.subject, done_at=None)
    assert [(item.kind, item.user) for item in open_items] == [
        ("review_rating", office.user("reviewer"))
    ]
    assert not Notice.objects.filter(recipient=office.user("employee")).exists()


@pytest.mark.paragraph("9701.404:minimum-period", "9701.405(b)(3)")
@pytest.mark.parametrize(
    ("told", "on", "served"),
    [
        (date(2007, 7, 4), date(2007, 10, 1), 89),
        (date(2007, 7, 10), date(2007, 10, 1), 83),
        (date(2007, 7, 3), date(2007, 9, 30), 89),
    ],
)
def test_before_the_minimum_period_is_served_it_cannot_be_sent(
    told: date, on: date, served: int
) -> None:
    office = make_office()
    Plan.objects.update(communicated_on=told)
    refusal = refused(office, on=on)
    assert refusal.code == "min_period_not_met"
    assert f"{served} of 90 days served" in refusal.message


@pytest.mark.paragraph("9701.404:minimum-period")
def test_on_the_day_after_the_ninetieth_it_can_whoever_supervised() -> None:
    office = make_office()
    Plan.objects.update(communicated_on=date(2007, 7, 3))
    assert office.submit(office.start(), on=date(2007, 10, 1)).state == "submitted"


@pytest.mark.paragraph("9701.404:minimum-period")
def test_absence_without_pay_does_not_serve_the_minimum_period() -> None:
    office = make_office()
    Plan.objects.update(communicated_on=date(2007, 7, 3))
    Absence.objects.create(
        employee=office.employee,
        kind="leave_without_pay",
        period=(date(2007, 7, 10), date(2007, 7, 20)),
    )
    refusal = refused(office, on=date(2007, 10, 1))
    assert refusal.message.startswith("80 of 90 days")


@pytest.mark.paragraph("9701.407(b)#2")
def test_without_an_interim_review_it_needs_an_exception_of_hr() -> None:
    office = make_office()
    InterimReview.objects.all().delete()
    assert refused(office).code == "interim_review_missing"
    rating = RatingOfRecord.objects.get()
    rating = except_interim_review(
        rating,
        reason="On duty abroad",
        actor=office.actor("hr"),
        on=SUBMITTED,
        version=rating.version,
    )
    assert office.submit(rating).state == "submitted"


def test_goals_that_do_not_weigh_a_hundred_are_refused() -> None:
    office = make_office()
    Expectation.objects.filter(weight=50).update(weight=51)
    assert refused(office).code == "weights_not_100"


@pytest.mark.paragraph("9701.406(b)#2")
@pytest.mark.parametrize("told", [None, SUBMITTED])
def test_an_expectation_not_communicated_in_time_is_not_rated(told: date | None) -> None:
    office = make_office()
    content = office.content()
    Expectation.objects.filter(pk=office.expectations[0].pk).update(communicated_on=told)
    assert refused(office, content=content).code == "expectation_not_communicated"


@pytest.mark.paragraph("9701.406(b)#2")
def test_work_of_the_day_of_communication_cannot_be_held_against_the_employee() -> None:
    office = make_office()
    early = with_part(office, office.content(), 0, work_dated=date(2006, 10, 16))
    assert refused(office, content=early).message == (
        "This expectation was communicated on 2006-10-16. Work dated 2006-10-16 cannot be held "
        "against the employee under it (9701.406(b))."
    )
    later = with_part(office, office.content(), 0, work_dated=date(2006, 10, 17))
    assert office.submit(RatingOfRecord.objects.get(), content=later).state == "submitted"


@pytest.mark.paragraph("9701.409(c)#1")
def test_a_part_without_a_basis_or_a_form_without_a_narrative_is_not_complete() -> None:
    office = make_office()
    bare = with_part(office, office.content(), 1, basis=" ")
    assert "the basis for “Safety”" in refused(office, content=bare).message
    assert refused(office, content=office.content(narrative="")).code == "assessment_incomplete"
    assert refused(office, content=office.content(level="")).code == "assessment_incomplete"


def test_a_part_may_be_left_unassessed_for_a_reason() -> None:
    office = make_office()
    content = with_part(
        office, office.content(), 8, level="", basis="", not_assessed_reason="On detail"
    )
    assert office.submit(office.start(), content=content).state == "submitted"


@pytest.mark.paragraph("9701.404:unacceptable-performance")
def test_one_unacceptable_part_makes_the_summary_unacceptable() -> None:
    office = make_office()
    levels = "AE EE ME EE ME U EE EE ME"
    refusal = refused(office, content=office.content(levels, level="ME"))
    assert refusal.code == "unacceptable_mismatch"
    assert refusal.message == (
        "Service is rated Unacceptable, so the summary must be Unacceptable (9701.404)."
    )
    rating = RatingOfRecord.objects.get()
    assert office.submit(rating, content=office.content(levels, level="U")).state == "submitted"


@pytest.mark.paragraph("9701.404:unacceptable-performance")
def test_an_unacceptable_summary_needs_a_failed_expectation() -> None:
    office = make_office()
    refusal = refused(office, content=office.content(level="U", level_reason="Rude"))
    assert refusal.message == "Summary Unacceptable needs at least one expectation not met."


def test_a_level_that_differs_from_the_score_needs_a_reason() -> None:
    office = make_office()
    refusal = refused(office, content=office.content(level="AE"))
    assert refusal.code == "reason_required"
    assert "the parts propose Exceeded Expectations" in refusal.message
    content = office.content(level="AE", level_reason="The port.")
    assert office.submit(RatingOfRecord.objects.get(), content=content).state == "submitted"


def test_a_level_outside_the_system_is_refused() -> None:
    office = make_office()
    assert refused(office, content=office.content(level="MS")).code == "level_not_in_system"
    strange = with_part(office, office.content(), 0, level="MS")
    assert refused(office, content=strange).code == "level_not_in_system"


@pytest.mark.paragraph("9701.409(f)")
def test_approved_absence_in_the_period_needs_the_attestation() -> None:
    office = make_office()
    Absence.objects.create(
        employee=office.employee,
        kind="approved_leave",
        period=(date(2007, 9, 30), date(2007, 10, 5)),
    )
    assert refused(office).code == "absence_attestation_missing"
    content = office.content(absence_is_no_factor=True)
    assert office.submit(RatingOfRecord.objects.get(), content=content).state == "submitted"


@pytest.mark.paragraph("9701.409(f)")
def test_a_level_below_the_last_one_needs_the_attestation() -> None:
    office = make_office()
    record_final_rating(
        office.employee,
        period_end=date(2006, 9, 30),
        level_code="AE",
        issued_on=date(2006, 10, 20),
        actor=office.actor("hr"),
    )
    rating = office.start()
    with pytest.raises(Refused) as refusal:
        office.submit(rating)
    assert refusal.value.code == "absence_attestation_missing"


@pytest.mark.paragraph("9701.404:performance-management-system")
def test_a_parameter_that_begins_after_the_period_is_for_the_next_one() -> None:
    office = make_office()
    issue_directive(
        number="D-2",
        title="Longer minimum period",
        effective=date(2007, 10, 1),
        signed_by="The Secretary",
        values={"minimum_period_days": 360},
    )
    assert office.submit(office.start(), on=date(2007, 10, 2)).state == "submitted"


def test_a_draft_is_saved_as_far_as_it_is_written() -> None:
    office = make_office()
    rating = office.start()
    goal = office.expectations[0]
    saved = save_draft(
        rating,
        content=DraftContent(narrative="So far", parts={goal.pk: PartContent(basis="May")}),
        actor=office.actor("supervisor"),
        on=SUBMITTED,
        version=rating.version,
    )
    assert (saved.narrative, saved.state, saved.version) == ("So far", "draft", 2)
    assert RatingElement.objects.get(rating=rating).basis == "May"


def test_a_stale_draft_overwrites_nothing() -> None:
    office = make_office()
    rating = office.start()
    given: dict[str, Any] = {"actor": office.actor("supervisor"), "on": SUBMITTED, "version": 1}
    save_draft(rating, content=DraftContent(narrative="First"), **given)
    with pytest.raises(Refused) as refusal:
        save_draft(rating, content=DraftContent(narrative="Second"), **given)
    assert refusal.value.code == "stale_form"
    assert RatingOfRecord.objects.get().narrative == "First"


def test_a_part_of_another_persons_plan_is_refused_and_nothing_is_kept() -> None:
    office = make_office()
    rating = office.start()
    other = make_employee()
    plan = Plan.objects.create(
        employee=other, cycle=office.cycle, communicated_on=date(2006, 10, 16)
    )
    foreign = Expectation.objects.create(
        plan=plan, form="goal", title="X", statement="X", communicated_on=date(2006, 10, 16)
    )
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        save_draft(
            rating,
            content=DraftContent(narrative="x", parts={foreign.pk: PartContent(level="AE")}),
            actor=office.actor("supervisor"),
            on=SUBMITTED,
            version=rating.version,
        )
    assert refusal.value.code == "expectation_not_communicated"
    assert RatingOfRecord.objects.get().narrative == ""
    assert Entry.objects.count() == entries
