"""A person chooses when notices are sent by e-mail; the inbox has each at once."""

from __future__ import annotations

from accounts.models import User
from casework.models import MailRhythm, NoticePreference
from regulation.refusals import Refused


def prefer_notices(user: User, *, rhythm: str) -> NoticePreference:
    """Keep the person's wish. Raises Refused invalid_input."""
    if rhythm not in MailRhythm.values:
        raise Refused("invalid_input", "", "Choose when notices are sent by e-mail.")
    wish, _ = NoticePreference.objects.update_or_create(user=user, defaults={"rhythm": rhythm})
    return wish
