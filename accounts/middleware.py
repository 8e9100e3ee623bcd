"""What every request costs: who its reader is, and keeping the session alive."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from accounts.access import READING
from accounts.queries.reading import reading


class ReadingMiddleware:
    """Serves what only reads within `reading`; what acts asks each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING:
            return self._get_response(request)
        with reading():
            return self._get_response(request)


def renewal_seconds() -> int:
    """How old a session may grow before a request renews it."""
    return min(60, settings.SESSION_COOKIE_AGE // 10)


def session_seconds() -> int:
    """How long a session lasts at least after any request."""
    return settings.SESSION_COOKIE_AGE - renewal_seconds()


class SessionRenewalMiddleware:
    """Renews the session of whoever is at work, once a minute and not with every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        session = request.session
        if not session.is_empty():
            now = int(time.time())
            if now - session.get("renewed", 0) >= renewal_seconds():
                session["renewed"] = now
        return response
