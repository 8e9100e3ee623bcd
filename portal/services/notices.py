"""Marking notices as read."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from casework.models import Notice


def mark_notices_read(user: User, *, newest: int, at: datetime) -> int:
    """Mark the user's own unread notices up to one as read, and say how many they were."""
    return Notice.objects.filter(recipient=user, pk__lte=newest, read_at=None).update(read_at=at)
