"""What cannot be read is refused before any view, and a refusal has a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from portal.views.errors import refused
from regulation.refusals import Refused


class RefusalMiddleware:
    """Answers a Refused with its status, its paragraph and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; other exceptions go on."""
        return refused(request, exception) if isinstance(exception, Refused) else None


class NullByteMiddleware:
    """Refuses null bytes in address and query; a form says it beside what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Raise BadRequest before the view is called."""
        if "\x00" in request.path_info or any(
            "\x00" in text for key, values in request.GET.lists() for text in (key, *values)
        ):
            raise BadRequest("It holds a null byte.")
