"""Home: what waits, what is late, what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access, user_of
from accounts.models import Role
from accounts.queries.roles import roles_of
from casework.web import actor_of, carry_out
from portal.queries.inbox import inbox_of
from portal.services.notices import mark_notices_read
from regulation import clock
from regulation.refusals import Refused


@access(anyone=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The inbox of the user."""
    return _inbox_page(request)


@access(anyone=True)
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice up to the newest that was shown as read."""

    def act() -> str:
        user = actor_of(request).user
        newest = request.POST.get("newest", "")
        if user is None or not (newest.isascii() and newest.isdigit() and len(newest) < 19):
            raise Refused("invalid_input", "", "The form names no notice. Open the page again.")
        mark_notices_read(user, newest=int(newest), at=clock.now())
        return "/"

    return carry_out(request, act=act, again=lambda refusal: _inbox_page(request, refusal))


def _inbox_page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    today = clock.today()
    user = user_of(request)
    inbox = inbox_of(user, on=today)
    context = {
        "inbox": inbox,
        "today": today,
        "unread": any(notice.read_at is None for notice in inbox.notices),
        "refusal": refusal,
        "sets_pay": bool(roles_of(user, on=today) & {Role.HR_SPECIALIST, Role.PAY_SPECIALIST}),
    }
    return render(request, "portal/home.html", context)
