"""Sending notices by e-mail: what the inbox has is the promise, and this keeps it.

A mail holds the title, date and paragraph of each notice and the way to it, never the notice's
body, so that nothing of a rating or a case leaves the Department's own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from casework.models import MailRhythm, MailState, Notice, NoticePreference

#: Notices that one transaction claims; others may be sent beside it by another worker.
BATCH = 50
#: Tries until a mail is given up; the first is at once, the last some ten days later.
MOST_ATTEMPTS = 16
LONGEST_WAIT = timedelta(days=1)


def send_waiting(*, now: datetime) -> int:
    """Send every notice that waits to be sent at once; how many were sent.

    Safe to run at any time and many times at once: a notice is claimed by its row's lock, and is
    marked in the same transaction. A mail that fails keeps its error and is tried again later.
    """
    sent = 0
    last = 0
    while True:
        with transaction.atomic():
            batch = list(
                _waiting(now=now)
                .filter(pk__gt=last)
                .filter(
                    Q(recipient__notice_preference=None)
                    | Q(recipient__notice_preference__rhythm=MailRhythm.AT_ONCE)
                )
                .order_by("pk")[:BATCH]
            )
            for notice in batch:
                sent += _send([notice], to=notice.recipient, now=now)
        if not batch:
            return sent
        last = batch[-1].pk


def send_gathered(*, on: date, now: datetime) -> int:
    """Send their one mail to those who want a day's or a week's notices together; how many.

    A day's from its first run on, a week's from Monday on; one that was missed is sent when
    anything runs again, and none twice.
    """
    monday = on - timedelta(days=on.weekday())
    due = Q(rhythm=MailRhythm.DAILY, gathered_on__lt=on) | Q(
        rhythm=MailRhythm.WEEKLY, gathered_on__lt=monday
    )
    due |= Q(gathered_on=None, rhythm__in=[MailRhythm.DAILY, MailRhythm.WEEKLY])
    sent = 0
    for pk in list(NoticePreference.objects.filter(due).values_list("pk", flat=True)):
        with transaction.atomic():
            wish = (
                NoticePreference.objects.filter(due, pk=pk)
                .select_for_update(skip_locked=True)
                .first()
            )
            if wish is None:
                continue
            notices = list(_waiting(now=now).filter(recipient_id=wish.user_id).order_by("pk"))
            if notices and not _send(notices, to=wish.user, now=now) and wish.user.email:
                continue
            sent += bool(notices and wish.user.email)
            wish.gathered_on = on
            wish.save(update_fields=["gathered_on"])
    return sent


def _waiting(*, now: datetime) -> QuerySet[Notice]:
    return (
        Notice.objects.filter(email_state=MailState.WAITING)
        .filter(Q(email_not_before=None) | Q(email_not_before__lte=now))
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
    )


def _send(notices: Sequence[Notice], *, to: User, now: datetime) -> int:
    """Send one mail about notices to one person and mark them; 1 where it was taken, else 0."""
    if not to.email or not to.is_active:
        _mark(notices, email_state=MailState.NONE)
        return 0
    attempts = max(notice.email_attempts for notice in notices) + 1
    try:
        mail(notices, to=to.email).send()
    except Exception as error:  # noqa: BLE001 - whatever the mail system says, the promise stands
        _mark(
            notices,
            email_attempts=attempts,
            email_error=f"{type(error).__name__}: {error}"[:300],
            email_not_before=now + _wait(attempts),
            email_state=MailState.WAITING if attempts < MOST_ATTEMPTS else MailState.FAILED,
        )
        return 0
    _mark(
        notices,
        email_state=MailState.SENT,
        emailed_at=now,
        email_attempts=attempts,
        email_error="",
    )
    return 1


def mail(notices: Sequence[Notice], *, to: str) -> EmailMessage:
    """The mail about one or more notices.

    Its Message-ID is the notices' own, so that a mail sent twice by a worker that died in between
    is known as one.
    """
    first, last = notices[0], notices[-1]
    one = len(notices) == 1
    lines = [line for notice in notices for line in (*_lines(notice), "")]
    return EmailMessage(
        subject="MaxHR: a notice for you" if one else f"MaxHR: {len(notices)} notices for you",
        body="\n".join(
            [
                *lines,
                "This mail holds no more than that. How notices reach you:",
                _address("/notices/preferences/"),
            ]
        ),
        to=[to],
        headers={"Message-ID": f"<notice-{first.pk}-{last.pk}-{first.recipient_id}@maxhr>"},
        connection=get_connection(),
    )


def _lines(notice: Notice) -> list[str]:
    paragraph = f", 5 CFR {notice.citation}" if notice.citation.startswith("9701") else ""
    day = f"{notice.on:%B} {notice.on.day}, {notice.on.year}"
    return [notice.title, f"{day}{paragraph}", _address(notice.url or "/")]


def _address(path: str) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def _wait(attempts: int) -> timedelta:
    """One minute, then twice as long each time, a day at most."""
    return min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)


def _mark(notices: Sequence[Notice], **fields: object) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(**fields)
