"""Telling people, with the date and the paragraph."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from casework.models import Notice
from regulation import clock


def notify(
    user: User | None,
    *,
    title: str,
    on: date,
    subject: str = "",
    body: str = "",
    citation: str = "",
    url: str = "",
) -> None:
    """Write a notice with the act that causes it; somebody without a log-in gets none."""
    if user is None:
        return
    notice_of(
        user, title=title, on=on, subject=subject, body=body, citation=citation, url=url
    ).save(force_insert=True)
    hurry_mail()


def hurry_mail() -> None:
    """Tell a worker, once the transaction is over, that notices wait to be sent.

    Once a transaction, however many notices it writes. Where no worker hears it the notices are
    picked up by the beat, so that a broker that is down holds up nothing.
    """
    connection = transaction.get_connection()
    if any(hook is _hurry for _, hook, *_ in connection.run_on_commit):
        return
    transaction.on_commit(_hurry, robust=True)


def _hurry() -> None:
    from casework.tasks import send_notices

    send_notices.apply_async(retry=False)


def notice_of(
    user: User,
    *,
    title: str,
    on: date,
    subject: str = "",
    body: str = "",
    citation: str = "",
    url: str = "",
) -> Notice:
    """The notice, to be written with many others at once."""
    return Notice(
        recipient=user,
        subject=subject,
        title=title,
        body=body,
        citation=citation,
        url=url,
        on=on,
        recorded_at=clock.now(),
    )
