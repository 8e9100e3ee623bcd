"""Attaching files to a case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from casework.actor import Actor
from casework.models import Case, Document, StoredContent
from regulation import clock
from regulation.refusals import Refused

#: What may be attached, and the bytes such a file begins with; nothing of it is run or inlined.
ACCEPTED = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "text/plain": (b"",),
}
LARGEST = 5 * 1024 * 1024
#: So many files at a time.
MOST = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent."""

    name: str
    media_type: str
    data: bytes


def attach(case: Case, *, name: str, media_type: str, data: bytes, actor: Actor) -> Document:
    """Keep a file with a case. Raises Refused file_refused for a wrong type, content or size."""
    starts = ACCEPTED.get(media_type)
    if starts is None or not data.startswith(starts):
        raise Refused("file_refused", "", f"“{name}” is not a PDF, PNG, JPEG or text file.")
    if media_type == "text/plain" and b"\x00" in data:
        raise Refused("file_refused", "", f"“{name}” is not a text file.")
    if len(data) > LARGEST:
        raise Refused("file_refused", "", f"“{name}” is larger than 5 MB.")
    content, _ = StoredContent.objects.get_or_create(
        sha256=hashlib.sha256(data).hexdigest(), defaults={"size": len(data), "data": data}
    )
    return Document.objects.create(
        subject=case.subject,
        employee_key=case.employee_key,
        name=name[:200],
        media_type=media_type,
        content=content,
        added_by=actor.user,
        added_at=clock.now(),
    )


def attach_all(case: Case, uploads: Sequence[Upload], *, actor: Actor) -> None:
    """Keep files with a case. Raises Refused file_refused or limit_exceeded."""
    if len(uploads) > MOST:
        raise Refused("limit_exceeded", "", f"At most {MOST} files at a time.")
    for upload in uploads:
        attach(case, name=upload.name, media_type=upload.media_type, data=upload.data, actor=actor)
