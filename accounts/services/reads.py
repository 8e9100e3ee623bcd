"""Keeping who took many people's records away at once."""

from __future__ import annotations

import structlog

from accounts.models import ReadLog, User
from regulation import clock


def log_export(user: User, *, subject: str, page: str) -> None:
    """Log the export of a list as one read, with the address that says what was asked."""
    ReadLog.objects.create(
        user=user,
        subject=subject,
        page=page[:120],
        read_at=clock.now(),
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
    )
