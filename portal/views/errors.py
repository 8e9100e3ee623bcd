"""The pages for 400, 403, 404, 409 and 500, each with the id of the request."""

from __future__ import annotations

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from accounts.access import access
from regulation.refusals import Refused


def request_id() -> str:
    """The id under which the log has this request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def _context(status: int, title: str, message: str, citation: str = "") -> dict[str, object]:
    return {
        "status": status,
        "title": title,
        "message": message,
        "citation": citation,
        "request_id": request_id(),
    }


def _page(
    request: HttpRequest, status: int, title: str, message: str, citation: str = ""
) -> HttpResponse:
    context = _context(status, title, message, citation)
    return render(request, "errors/error.html", context, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    message = str(exception) if isinstance(exception, BadRequest) else ""
    message = message or "Go back and try again."
    return _page(request, 400, "That request could not be read", message)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this account may not."""
    return _page(
        request,
        403,
        "You may not open this page",
        "Your account has no role or relation that gives access to it.",
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old."""
    return _page(
        request,
        403,
        "The form was open too long",
        "Go back, reload the page and send the form again. What you typed is still on the page.",
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(
        request, 404, "There is no such page", "Check the address, or start from the home page."
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; the page asks neither session nor database for anything."""
    context = _context(
        500,
        "Something went wrong on our side",
        "Nothing was half done. Tell the help desk the request id below.",
    )
    return HttpResponse(render_to_string("errors/error.html", context), status=500)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409, 422 or 403: the rules do not allow the act, and the page says why."""
    return _page(
        request, refusal.http_status, "This cannot be done", refusal.message, refusal.citation
    )


@access(public=True)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where old browsers look for the icon."""
    return HttpResponsePermanentRedirect(static("img/favicon.svg"))
