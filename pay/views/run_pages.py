"""Reading runs: the list, one run, its progress, its lines and their export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import access
from accounts.models import Role
from casework.models import Entry
from casework.web import actor_of
from pay.forms import CancelForm
from pay.models import ChunkState, PayRun, RunChunk, RunState
from pay.queries.run_lines import EVERYTHING, Line, all_lines, page_of_lines
from pay.services.runs.marks import marks_of_kind
from pay.services.runs.outcomes import MARK_TITLES, Mark
from pay.views.run_facts import acts_of, plan_facts, summary_of
from regulation import clock
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}
READERS = {Role.DESIGNEE, Role.AUDITOR}
EARLIEST = 1_000


@access(roles=ACTORS, readers=READERS)
@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Every run, the newest first."""
    found = PayRun.objects.defer("plan", "preview").select_related("drafted_by", "approved_by")
    return render(
        request,
        "pay/runs.html",
        {"runs": found[:EARLIEST], "may_draft": actor_drafts(request)},
    )


@access(roles=ACTORS, readers=READERS)
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: what it is to do, what it comes to, what can be done now."""
    found = get_object_or_404(PayRun.objects.select_related("drafted_by", "approved_by"), pk=pk)
    return show_run(request, found)


def show_run(
    request: HttpRequest, found: PayRun, *, refusal: Refused | None = None, reason: str = ""
) -> HttpResponse:
    """The page of a run, with what was refused and what was typed."""
    context = {
        "run": found,
        "refusal": refusal,
        "plan": plan_facts(found),
        "summary": summary_of(found),
        "acts": acts_of(found, actor=actor_of(request), on=clock.today()),
        "cancel_form": CancelForm(initial={"reason": reason}),
        "history": Entry.objects.filter(subject=found.subject)
        .select_related("actor")
        .order_by("id"),
        **progress_of(found),
    }
    return render(request, "pay/run.html", context)


@access(roles=ACTORS, readers=READERS)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run has come; asked for every second while it runs."""
    found = get_object_or_404(PayRun.objects.defer("plan", "preview", "totals"), pk=pk)
    response = render(request, "pay/_progress.html", {"run": found, **progress_of(found)})
    if found.state != RunState.RUNNING:
        # The rest of the page shows another state now, so the browser loads it anew.
        response["HX-Refresh"] = "true"
    return response


def progress_of(found: PayRun) -> dict[str, Any]:
    """Chunks and people done, and what a failed chunk said."""
    if found.state not in (RunState.RUNNING, RunState.DONE, RunState.VERIFIED):
        return {"progress": None}
    chunks = list(
        RunChunk.objects.filter(run=found).values(
            "ordinal", "state", "totals__people", "totals__error"
        )
    )
    done = [each for each in chunks if each["state"] == ChunkState.DONE]
    return {
        "progress": {
            "chunks": len(chunks),
            "done": len(done),
            "people": sum(each["totals__people"] or 0 for each in done),
            "errors": [
                {"ordinal": each["ordinal"], "message": each["totals__error"]}
                for each in chunks
                if each["state"] != ChunkState.DONE and each["totals__error"]
            ],
        }
    }


@access(roles=ACTORS, readers=READERS)
@require_GET
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets what, a page at a time: computed before the run, afterwards as it was done."""
    found = get_object_or_404(PayRun, pk=pk)
    shown = request.GET.get("show", EVERYTHING)
    if shown not in MARK_TITLES:
        shown = EVERYTHING
    name = request.GET.get("name", "").strip()[:80]
    context: dict[str, Any] = {
        "run": found,
        "shown": shown,
        "name": name,
        "filters": [
            (EVERYTHING, "Everybody"),
            *((mark.value, MARK_TITLES[mark]) for mark in marks_of_kind(found.kind)),
        ],
        "refusal": None,
        "page": None,
    }
    try:
        context["page"] = page_of_lines(
            found,
            mark=None if shown == EVERYTHING else Mark(shown),
            name=name,
            after=request.GET.get("after", ""),
        )
    except Refused as refusal:
        context["refusal"] = refusal
    template = "pay/_lines.html" if request.htmx else "pay/lines.html"  # type: ignore[attr-defined]
    return render(request, template, context)


CSV_HEADINGS = (
    "number", "family name", "given name", "band or pool", "rating", "basic before", "basic after",
    "adjusted before", "adjusted after", "percent before", "percent after", "lump sum",
    "cut off at maximum", "former total", "credit for waiting time", "result",
    "exception", "reason",
)  # fmt: skip


@access(roles=ACTORS, readers=READERS)
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Every line of a run as CSV."""
    found = get_object_or_404(PayRun, pk=pk)
    try:
        rows = all_lines(found)
    except Refused as refusal:
        return show_run(request, found, refusal=refusal)
    response = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="run-{found.pk}-lines.csv"'
    return response


class Echo:
    """A file that gives each row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row


def _written(rows: Iterator[Line]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(CSV_HEADINGS)
    for line in rows:
        yield writer.writerow(_csv_row(line))


def _csv_row(line: Line) -> list[Any]:
    outcome = line.outcome
    return [
        line.number,
        _safe(line.family_name),
        _safe(line.given_name),
        outcome.group,
        outcome.level,
        outcome.before,
        outcome.after,
        outcome.adjusted_before,
        outcome.adjusted,
        outcome.percent_before,
        outcome.percent,
        outcome.lump_sum,
        outcome.lost,
        outcome.former_total,
        outcome.buy_in,
        ", ".join(MARK_TITLES[mark].lower() for mark in outcome.marks),
        outcome.code,
        outcome.message,
    ]


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def actor_drafts(request: HttpRequest) -> bool:
    """Whether this user may draft a run at all."""
    from accounts.queries.roles import holds_role

    user = actor_of(request).user
    return user is not None and holds_role(user, ACTORS, on=clock.today())
