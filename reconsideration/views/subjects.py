"""Whose record a page of this app shows."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Role, User
from accounts.queries.roles import holds_role
from casework.web import actor_of
from reconsideration.models import Request
from reconsideration.permissions import is_party
from reconsideration.queries.requests import request_named
from regulation import clock
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


def refuse_stranger(request: HttpRequest, case: Request, *, reading: bool = False) -> None:
    """OPM sees what came to OPM, and nobody more than the relation that let him in gives."""
    on = clock.today()
    user = actor_of(request).user
    if user is None or is_party(user, case, on=on):
        return
    organization = case.position.organization
    if reading and holds_role(user, [Role.AUDITOR], on=on, organization=organization):
        return
    raise PermissionDenied("This account is no party to the case.")


def version_of(request: HttpRequest) -> int | None:
    """The version of the record that the form was made from."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
