"""Notices by e-mail: the row is the promise, kept once, whatever fails on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from casework.models import MailState, Notice, NoticePreference
from casework.services.notice_mail import MOST_ATTEMPTS, send_gathered, send_waiting
from casework.services.notices import notify
from casework.services.prefer_notices import prefer_notices
from regulation.refusals import Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2007, 10, 3, 14, tzinfo=UTC)  # a Wednesday
TODAY = date(2007, 10, 3)


def person(email: str = "ana@dhs.example", **fields: str) -> User:
    return User.objects.create(username=f"user-{User.objects.count()}", email=email, **fields)


def tell(user: User, title: str = "Your rating of record was issued") -> Notice:
    notify(
        user,
        title=title,
        on=date(2007, 10, 2),
        body="Level Achieved Excellence.",
        citation="9701.409(c)",
        url="/performance/ratings/7/",
    )
    return Notice.objects.latest("id")


def test_a_mail_has_title_date_paragraph_and_way_and_never_the_body() -> None:
    notice = tell(person())
    assert send_waiting(now=NOW) == 1
    (sent,) = mail.outbox
    assert sent.to == ["ana@dhs.example"]
    text = f"{sent.subject}\n{sent.body}"
    for part in (
        "Your rating of record was issued",
        "October 2, 2007, 5 CFR 9701.409(c)",
        "http://localhost:8000/performance/ratings/7/",
        "/notices/preferences/",
    ):
        assert part in text
    assert "Excellence" not in text
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.email_state, kept.emailed_at) == (MailState.SENT, NOW)


def test_a_second_run_sends_nothing_twice() -> None:
    tell(person())
    assert send_waiting(now=NOW) == 1
    assert send_waiting(now=NOW + timedelta(days=3)) == 0
    assert len(mail.outbox) == 1


def test_a_mail_that_fails_keeps_its_error_and_is_tried_again_later() -> None:
    first, second = tell(person()), tell(person("bo@dhs.example"))
    send = mail.EmailMessage.send

    def fail_for_ana(message: mail.EmailMessage, *args: Any) -> int:
        if message.to == ["ana@dhs.example"]:
            raise OSError("451 try later")
        return send(message, *args)

    with patch.object(mail.EmailMessage, "send", fail_for_ana):
        assert send_waiting(now=NOW) == 1, "one that fails holds up no other"
    kept = Notice.objects.get(pk=first.pk)
    assert (kept.email_state, kept.email_attempts) == (MailState.WAITING, 1)
    assert kept.email_error == "OSError: 451 try later"
    assert Notice.objects.get(pk=second.pk).email_state == MailState.SENT
    assert send_waiting(now=NOW + timedelta(seconds=59)) == 0
    assert send_waiting(now=NOW + timedelta(minutes=1)) == 1
    kept = Notice.objects.get(pk=first.pk)
    assert (kept.email_state, kept.email_attempts, kept.email_error) == (MailState.SENT, 2, "")


def test_a_mail_is_given_up_after_many_tries_and_its_error_stays() -> None:
    notice = tell(person())
    Notice.objects.filter(pk=notice.pk).update(email_attempts=MOST_ATTEMPTS - 1)
    with patch.object(mail.EmailMessage, "send", side_effect=OSError("550 no such user")):
        assert send_waiting(now=NOW) == 0
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.email_state, kept.email_error) == (MailState.FAILED, "OSError: 550 no such user")


def test_somebody_without_an_address_has_the_inbox_and_no_mail() -> None:
    notice = tell(person(""))
    assert send_waiting(now=NOW) == 0
    assert Notice.objects.get(pk=notice.pk).email_state == MailState.NONE


def test_a_transaction_tells_the_worker_once_and_only_after_its_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = person()
    with (
        patch("casework.tasks.send_notices.apply_async") as task,
        django_capture_on_commit_callbacks(execute=True),
        transaction.atomic(),
    ):
        tell(user)
        tell(user)
        assert not task.called
    task.assert_called_once_with(retry=False)


def test_a_broker_that_is_down_undoes_nothing_and_the_beat_sends_what_was_left(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    from casework.tasks import send_notices
    from config.celery import app

    user = person()
    with (
        patch("casework.tasks.send_notices.apply_async", side_effect=OSError("no broker")) as task,
        django_capture_on_commit_callbacks(execute=True),
    ):
        tell(user)
    assert task.called
    assert Notice.objects.get().email_state == MailState.WAITING
    tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"casework.tasks.send_notices", "casework.tasks.gather_notices"} <= tasks
    send_notices()
    assert [sent.to for sent in mail.outbox] == [[user.email]]


def test_a_days_notices_go_together_once_a_day() -> None:
    user = person()
    prefer_notices(user, rhythm="daily")
    tell(user, "One")
    tell(user, "Two")
    assert send_waiting(now=NOW) == 0, "nothing at once"
    assert send_gathered(on=TODAY, now=NOW) == 1
    (sent,) = mail.outbox
    assert "One" in sent.body
    assert "Two" in sent.body
    tell(user, "Three")
    assert send_gathered(on=TODAY, now=NOW) == 0
    assert send_gathered(on=TODAY + timedelta(days=1), now=NOW) == 1


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2007, 10, 7), 0),
        (date(2007, 10, 8), 1),
        (date(2007, 10, 10), 1),
    ],
    ids=["Sunday", "Monday", "Wednesday, Monday having been missed"],
)
def test_a_weeks_notices_go_together_on_monday(on: date, count: int) -> None:
    user = person()
    prefer_notices(user, rhythm="weekly")
    NoticePreference.objects.update(gathered_on=TODAY)
    tell(user)
    assert send_gathered(on=on, now=NOW) == count


def test_a_days_mail_that_fails_is_tried_again() -> None:
    user = person()
    prefer_notices(user, rhythm="daily")
    tell(user)
    with patch.object(mail.EmailMessage, "send", side_effect=OSError("busy")):
        assert send_gathered(on=TODAY, now=NOW) == 0
    assert send_gathered(on=TODAY, now=NOW + timedelta(hours=1)) == 1


def test_a_wish_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        prefer_notices(person(), rhythm="never")
    assert refusal.value.code == "invalid_input"


def test_the_page_keeps_the_wish(client: Client) -> None:
    user = person()
    client.force_login(user)
    page = client.get("/notices/preferences/").content.decode()
    key = page.split('name="form_key" value="')[1].split('"')[0]
    answer = client.post("/notices/preferences/", {"form_key": key, "rhythm": "weekly"})
    assert answer.status_code == 302
    assert NoticePreference.objects.get(user=user).rhythm == "weekly"
    assert "Saved." in client.get("/notices/preferences/?saved=1").content.decode()
