"""Carrying out a form that acts: once, whole, or refused with everything typed still there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from casework.actor import Actor
from casework.services import sent_forms
from regulation.refusals import Refused

#: The session's name for the key of the form that was carried out last.
CARRIED_OUT = "carried_out"


def actor_of(request: HttpRequest) -> Actor:
    """The logged-in user as the actor of a service."""
    user = request.user
    if not isinstance(user, User):
        raise BadRequest("Log in first.")
    return Actor(user=user)


def carry_out(
    request: HttpRequest,
    *,
    act: Callable[[], str],
    again: Callable[[Refused], HttpResponse],
) -> HttpResponse:
    """Run `act` in one transaction under the form's key and go where it says.

    `act` calls one service and returns an address. The same form sent twice acts once; where the
    rules refuse, nothing is kept and `again(refusal)` shows the form with what was typed, answered
    with the refusal's status. The form holds `{% form_key %}`.
    """
    actor = actor_of(request)
    user = actor.user
    if user is None:
        raise BadRequest("Log in first.")
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError as error:
        raise BadRequest("The form has no key. Open it again.") from error
    body = sent_forms.body_hash(_content(request))
    try:
        _refuse_null_bytes(request)
        with transaction.atomic():
            earlier = sent_forms.claim(key, user=user, body=body)
            if earlier is not None:
                return _arrived(request, key, location=earlier.answer or "/")
            location = act()
            sent_forms.answer(key, location=location)
    except Refused as refusal:
        response = again(refusal)
        response.status_code = refusal.http_status
        return response
    return _arrived(request, key, location=location)


def _arrived(request: HttpRequest, key: UUID, *, location: str) -> HttpResponse:
    """Go on, and let the next page know which form arrived, so that its draft is forgotten."""
    request.session[CARRIED_OUT] = str(key)
    return redirect(location)


def _content(request: HttpRequest) -> dict[str, list[str]]:
    """Every field as it was sent, and every file by its name and hash."""
    content = dict(request.POST.lists())
    for field, files in request.FILES.lists():
        content[f"file {field}"] = [f"{one.name} {_digest(one)}" for one in files]
    return content


def _digest(file: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _refuse_null_bytes(request: HttpRequest) -> None:
    """The database keeps no text with one. Raises Refused invalid_input."""
    if any("\x00" in text for key, values in request.POST.lists() for text in (key, *values)):
        raise Refused("invalid_input", "", "What was typed holds a null byte. Type it again.")
