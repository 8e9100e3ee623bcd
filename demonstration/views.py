"""The banner of a demonstration and its one form."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from celery import current_app
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from demonstration.models import ClockMove, MoveState
from demonstration.services.move_clock import ask_for_move
from regulation.refusals import Refused


@require_GET
@access(anyone=True)
def banner(request: HttpRequest) -> HttpResponse:
    """The banner alone, asked for while the date moves.

    Once it has arrived, the clock's own page is loaded again; any other may hold what somebody has
    typed, so it is told and left alone.
    """
    arrived = not ClockMove.objects.filter(state=MoveState.MOVING).exists()
    response = render(request, "demonstration/_banner.html", {"arrived": arrived})
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if arrived and page == reverse("demonstration:clock"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
@access(roles={Role.ADMINISTRATOR})
def move(request: HttpRequest) -> HttpResponse:
    """Ask for the date to move forward."""
    user = actor_of(request).user
    if user is None:  # pragma: no cover - access lets nobody in without a log-in
        raise Refused("not_authorized", "", "Log in first.")

    def act() -> str:
        asked = ask_for_move(request.POST.get("stretch", ""), by=user)
        transaction.on_commit(
            partial(current_app.send_task, "demonstration.tasks.move_clock", [asked.pk]),
            # Without a broker the row still stands, and beat picks it up.
            robust=True,
        )
        return reverse("demonstration:clock")

    return carry_out(
        request,
        act=act,
        again=lambda refusal: render(request, "demonstration/clock.html", {"refusal": refusal}),
    )


@require_GET
@access(roles={Role.ADMINISTRATOR})
def clock_page(request: HttpRequest) -> HttpResponse:
    """Where the date stands, and how it got there."""
    return render(request, "demonstration/clock.html", {"moves": ClockMove.objects.all()[:20]})
