"""Files that come with a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.actor import Actor
from casework.services.documents import attach
from reconsideration.models import Request
from regulation.refusals import Refused

MOST = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent."""

    name: str
    media_type: str
    data: bytes


def attach_all(request: Request, uploads: Sequence[Upload], *, actor: Actor) -> None:
    """Keep the files with the request. Raises Refused file_refused or limit_exceeded."""
    if len(uploads) > MOST:
        raise Refused("limit_exceeded", "", f"At most {MOST} files at a time.")
    for upload in uploads:
        attach(
            request,
            name=upload.name,
            media_type=upload.media_type,
            data=upload.data,
            actor=actor,
        )
