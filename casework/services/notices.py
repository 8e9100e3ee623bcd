"""Telling people, with the date and the paragraph."""

from __future__ import annotations

from datetime import date

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
