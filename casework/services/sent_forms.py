"""Carrying out a form once, however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from casework.models import SentForm
from regulation import clock
from regulation.refusals import Refused

NOT_PART_OF_THE_BODY = {"csrfmiddlewaretoken"}


def body_hash(body: Mapping[str, list[str]]) -> str:
    """One name for the content of a form."""
    parts = sorted(
        (k, v) for k, values in body.items() if k not in NOT_PART_OF_THE_BODY for v in values
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def claim(key: UUID, *, user: User, body: str) -> SentForm | None:
    """Claim a form's key inside the act's transaction; the earlier row if it was carried out.

    Raises Refused key_reused where the same key comes with other content.
    """
    try:
        with transaction.atomic():
            SentForm.objects.create(key=key, user=user, body_sha256=body, sent_at=clock.now())
        return None
    except IntegrityError:
        earlier = SentForm.objects.get(key=key)
        if earlier.user_id != user.pk or earlier.body_sha256 != body:
            raise Refused(
                "key_reused", "", "This form was already sent with other content. Open it again."
            ) from None
        return earlier


def answer(key: UUID, *, location: str) -> None:
    """Remember where the act led, for the same form sent again."""
    SentForm.objects.filter(key=key).update(answer=location)
