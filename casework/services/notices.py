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
    Notice.objects.create(
        recipient=user,
        subject=subject,
        title=title,
        body=body,
        citation=citation,
        url=url,
        on=on,
        recorded_at=clock.now(),
    )
