"""Serves every request of a demonstration under its clock."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from demonstration.clock import is_demonstration, lazy_demonstration_clock
from regulation.clock import use_clock


class DemonstrationClockMiddleware:
    """Only a demonstration has it; production settings leave it unused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not is_demonstration():
            raise MiddlewareNotUsed
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with use_clock(lazy_demonstration_clock()):
            return self._get_response(request)
