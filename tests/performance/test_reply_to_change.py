"""Before a reviewing official's change is final the rating official is heard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casework.models import Entry, Notice, WorkItem
from demonstration.clock import set_business_date
from performance.models import RatingOfRecord
from performance.rules.reply import check_reply_offered
from performance.services.change_level import change_level
from performance.services.reply_to_change import reply_to_change
from performance.services.return_rating import return_rating
from regulation.refusals import Refused
from tests.performance.office import APPROVED, Office, make_office

DAYS = 7
LAST = APPROVED + timedelta(days=DAYS)


@pytest.mark.paragraph("9701.409(c)#2")
@pytest.mark.parametrize(
    ("changed_on", "replied_on", "on", "refused"),
    [
        (None, None, APPROVED, False),
        (APPROVED, None, APPROVED, True),
        (APPROVED, None, LAST, True),
        (APPROVED, None, LAST + timedelta(days=1), False),
        (APPROVED, APPROVED, APPROVED, False),
    ],
    ids=["nothing changed", "same day", "last day", "day after the last", "answered"],
)
def test_a_changed_level_waits_for_the_reply_or_for_its_days(
    changed_on: date | None, replied_on: date | None, on: date, refused: bool
) -> None:
    def check() -> None:
        check_reply_offered(changed_on=changed_on, replied_on=replied_on, days=DAYS, on=on)

    if not refused:
        check()
        return
    with pytest.raises(Refused) as refusal:
        check()
    assert refusal.value.code == "reply_window_open"
    assert LAST.isoformat() in refusal.value.message


def changed() -> tuple[Office, RatingOfRecord]:
    office = make_office()
    return office, change(office, office.submit(office.start()))


def change(office: Office, rating: RatingOfRecord, level: str = "AE") -> RatingOfRecord:
    return change_level(
        rating,
        level_code=level,
        reason="The port was reopened in a week.",
        absence_is_no_factor=False,
        actor=office.actor("reviewer"),
        on=APPROVED,
        version=rating.version,
    )


def answer(office: Office, rating: RatingOfRecord, **fields: Any) -> RatingOfRecord:
    given: dict[str, Any] = {
        "text": "The week was mine.",
        "actor": office.actor("supervisor"),
        "on": APPROVED,
        "version": rating.version,
        **fields,
    }
    return reply_to_change(rating, **given)


def waits(rating: RatingOfRecord) -> list[WorkItem]:
    return list(
        WorkItem.objects.filter(subject=rating.subject, kind="reply_to_change", done_at=None)
    )


@pytest.mark.django_db
def test_the_rating_official_is_asked_and_told_without_the_ratings_content() -> None:
    office, rating = changed()
    (item,) = waits(rating)
    assert (item.user, item.due_on) == (office.user("supervisor"), LAST)
    notice = Notice.objects.filter(recipient=office.user("supervisor")).latest("id")
    assert "Exce" not in notice.title + notice.body
    assert notice.citation == "9701.409(c)"


@pytest.mark.django_db
def test_the_approval_waits_and_goes_through_with_the_reply() -> None:
    office, rating = changed()
    with pytest.raises(Refused) as refusal:
        office.approve(rating)
    assert refusal.value.code == "reply_window_open"
    replied = answer(office, rating)
    assert (replied.rater_reply, replied.rater_replied_on) == ("The week was mine.", APPROVED)
    assert waits(rating) == []
    assert Notice.objects.filter(recipient=office.user("reviewer")).exists()
    assert office.approve(replied).state == "approved"


@pytest.mark.django_db
def test_nothing_to_add_is_a_reply_and_silence_ends_with_the_days() -> None:
    office, rating = changed()
    answered = answer(office, rating, text="", nothing_to_add=True)
    assert (answered.rater_reply, answered.rater_replied_on) == ("", APPROVED)
    assert office.approve(answered).state == "approved"


@pytest.mark.django_db
def test_a_silent_rating_official_holds_nothing_up_after_the_last_day() -> None:
    office, rating = changed()
    with pytest.raises(Refused):
        office.approve(rating, on=LAST)
    assert office.approve(rating, on=LAST + timedelta(days=1)).state == "approved"
    assert waits(rating) == []


@pytest.mark.django_db
def test_an_empty_reply_and_a_second_one_are_refused() -> None:
    office, rating = changed()
    with pytest.raises(Refused) as refusal:
        answer(office, rating, text="  ")
    assert refusal.value.code == "reason_required"
    replied = answer(office, rating)
    with pytest.raises(Refused) as refusal:
        answer(office, replied)
    assert refusal.value.code == "no_effect"


@pytest.mark.django_db
def test_another_change_offers_another_reply_and_keeps_the_first_in_the_history() -> None:
    office, rating = changed()
    again = change_level(
        answer(office, rating),
        level_code="ME",
        reason="On reflection less.",
        absence_is_no_factor=True,
        actor=office.actor("reviewer"),
        on=APPROVED,
        version=rating.version + 1,
    )
    assert (again.rater_reply, again.rater_replied_on) == ("", None)
    assert len(waits(rating)) == 1
    entry = Entry.objects.get(subject=rating.subject, act="reply_to_change")
    assert entry.detail["text"] == "The week was mine."


@pytest.mark.django_db
def test_back_to_the_rating_officials_level_there_is_nothing_to_reply_to() -> None:
    office, rating = changed()
    back = change_level(
        rating,
        level_code="EE",
        reason="The rating official was right.",
        absence_is_no_factor=True,
        actor=office.actor("reviewer"),
        on=APPROVED,
        version=rating.version,
    )
    assert waits(rating) == []
    assert office.approve(back).state == "approved"


@pytest.mark.django_db
def test_a_returned_rating_asks_for_no_reply_any_more() -> None:
    office, rating = changed()
    returned = return_rating(
        rating,
        reason="inconsistent",
        text="See May.",
        actor=office.actor("reviewer"),
        on=APPROVED,
        version=rating.version,
    )
    assert returned.level_changed_on is None
    assert waits(rating) == []


@pytest.mark.django_db
def test_the_pages_show_both_levels_both_reasons_and_the_reply(client: Client) -> None:
    set_business_date(APPROVED)
    office, rating = changed()
    client.force_login(office.user("supervisor"))
    assert b"Reply to the change" in client.get(f"/performance/ratings/{rating.pk}/").content
    page = client.get(f"/performance/ratings/{rating.pk}/reply/").content.decode()
    assert "Exceeded Expectations" in page
    assert "Achieved Excellence" in page
    assert "October 4, 2007" in page
    replied = answer(office, rating)
    for who, place in (("reviewer", "review/"), ("supervisor", "")):
        client.force_login(office.user(who))
        page = client.get(f"/performance/ratings/{rating.pk}/{place}").content.decode()
        for text in ("Exceeded Expectations", "reopened in a week", "The week was mine."):
            assert text in page, (who, text)
    issued = office.issue(office.approve(replied))
    client.force_login(office.user("employee"))
    page = client.get(f"/performance/ratings/{issued.pk}/").content.decode()
    assert "The week was mine." in page


@pytest.mark.django_db
def test_the_employee_does_not_see_a_change_before_issue(client: Client) -> None:
    office, rating = changed()
    client.force_login(office.user("employee"))
    assert client.get(f"/performance/ratings/{rating.pk}/").status_code == 403
    assert client.get(f"/performance/ratings/{rating.pk}/reply/").status_code == 403
