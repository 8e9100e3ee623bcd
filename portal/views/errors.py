"""The pages for 400, 403, 404, 409 and 500, each with the id of the request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regulation.refusals import Refused


def _page(
    request: HttpRequest, status: int, title: str, message: str, citation: str = ""
) -> HttpResponse:
    context = {
        "status": status,
        "title": title,
        "message": message,
        "citation": citation,
        "request_id": str(getattr(request, "request_id", "") or ""),
    }
    return render(request, "errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return _page(request, 400, "That request could not be read", "Go back and try again.")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this account may not."""
    return _page(
        request,
        403,
        "You may not open this page",
        "Your account has no role or relation that gives access to it.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old."""
    return _page(
        request,
        403,
        "The form was open too long",
        "Go back, reload the page and send the form again. What you typed is still on the page.",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(
        request, 404, "There is no such page", "Check the address, or start from the home page."
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program."""
    return _page(
        request,
        500,
        "Something went wrong on our side",
        "Nothing was half done. Tell the help desk the request id below.",
    )


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409, 422 or 403: the rules do not allow the act, and the page says why."""
    return _page(
        request, refusal.http_status, "This cannot be done", refusal.message, refusal.citation
    )
