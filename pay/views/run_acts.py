"""Acting on a run: preview, approve, start, verify, give up."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from pay.models import PayRun
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import cancel_run
from pay.services.runs.execution import start_run
from pay.services.runs.preview import Preview, read_preview, record_preview
from pay.services.runs.verification import verify_run
from pay.views.run_pages import show_run
from regulation import clock
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}


@access(roles=ACTORS)
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the whole run on the workforce as it is, and keep what it comes to."""
    run = get_object_or_404(PayRun, pk=pk)
    # Read before the form's own transaction, so that the reading is one snapshot that cannot write.
    found: Preview | Refused
    try:
        found = read_preview(run, on=clock.today())
    except Refused as refusal:
        found = refusal

    def act() -> None:
        if isinstance(found, Refused):
            raise found
        record_preview(
            run,
            preview=found,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        )

    return _act(request, run, act)


@access(roles=ACTORS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second pay specialist approves; the lines of a payout are certified."""
    run = get_object_or_404(PayRun, pk=pk)
    return _act(
        request,
        run,
        lambda: approve_run(
            run, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


@access(roles=ACTORS)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the chunks and let the workers begin."""
    run = get_object_or_404(PayRun, pk=pk)
    return _act(
        request,
        run,
        lambda: start_run(
            run, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


@access(roles=ACTORS)
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the totals prove themselves again."""
    run = get_object_or_404(PayRun, pk=pk)
    return _act(
        request,
        run,
        lambda: verify_run(
            run, actor=actor_of(request), on=clock.today(), version=version_of(request)
        ),
    )


@access(roles=ACTORS)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the run up before anything is paid."""
    run = get_object_or_404(PayRun, pk=pk)
    reason = request.POST.get("reason", "")[:300]
    return _act(
        request,
        run,
        lambda: cancel_run(
            run,
            reason=reason,
            actor=actor_of(request),
            on=clock.today(),
            version=version_of(request),
        ),
        reason=reason,
    )


def _act(
    request: HttpRequest, run: PayRun, act: Callable[[], object], *, reason: str = ""
) -> HttpResponse:
    def done() -> str:
        act()
        return reverse("pay:run", args=[run.pk])

    def again(refusal: Refused) -> HttpResponse:
        # A protected state cannot be refreshed in place.
        fresh = PayRun.objects.select_related("drafted_by", "approved_by").get(pk=run.pk)
        return show_run(request, fresh, refusal=refusal, reason=reason)

    return carry_out(request, act=done, again=again)


def version_of(request: HttpRequest) -> int:
    """The version of the page that the button stood on; 0, which is never current, without one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
