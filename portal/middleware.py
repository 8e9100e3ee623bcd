"""A refusal that no form caught is a page of its own, not a fault."""

from __future__ import annotations

from collections.abc import Callable

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
