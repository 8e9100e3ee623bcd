"""Whose record a page of this app shows."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from reconsideration.models import Request
from reconsideration.queries.requests import request_named
from workforce.models import Employee
from workforce.queries.relations import employee_of_user


def own_record(request: HttpRequest) -> Employee | None:
    """The record of whoever is logged in."""
    return employee_of_user(request.user) if isinstance(request.user, User) else None


def of_request(request: HttpRequest, pk: int, **kwargs: int) -> Employee:
    """The employee who filed the request."""
    return get_object_or_404(Request.objects.select_related("employee"), pk=pk).employee


def the_request(pk: int) -> Request:
    """The request with all that its pages show, or 404."""
    found = request_named(pk).first()
    if found is None:
        raise Http404
    return found


def version_of(request: HttpRequest) -> int | None:
    """The version of the record that the form was made from."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
