"""Drafting a run and changing its plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from pay.forms import PayoutRunForm, RangeRunForm
from pay.models import PayRun, RunKind
from pay.queries.pools import pool_facts, previous_payout
from pay.rules.range_change import default_effective_date
from pay.services.runs.checks import ranges_before
from pay.services.runs.drafting import change_plan, draft_run
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.views.conversions import conversion_page
from pay.views.supplement_drafts import supplement_page
from performance.models import Cycle
from regulation import clock
from regulation.pay_periods import pay_calendar
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}
FILL = "fill"
#: A cycle is often drafted a little after the date from which it counts.
NEAR = timedelta(days=90)


@access(roles=ACTORS)
def new_range_adjustment(request: HttpRequest) -> HttpResponse:
    """A table of bands with the ranges they have and the ones they shall have."""
    return _range_page(request, run=None)


@access(roles=ACTORS)
def new_payout(request: HttpRequest) -> HttpResponse:
    """The period, the mode, the fund, and what each pool has of it."""
    return _payout_page(request, run=None)


@access(roles=ACTORS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a run that is not approved yet."""
    run = get_object_or_404(PayRun, pk=pk)
    if run.kind == RunKind.RANGE_ADJUSTMENT:
        return _range_page(request, run=run)
    if run.kind == RunKind.SUPPLEMENT_ADJUSTMENT:
        return supplement_page(request, run=run)
    if run.kind == RunKind.CONVERSION:
        return conversion_page(request, run=run)
    return _payout_page(request, run=run)


def next_adjustment(on: date) -> date:
    """This year's default date while it is near, else next year's (5 CFR 9701.322(b))."""
    this_year = default_effective_date(on.year, calendar=pay_calendar())
    if this_year >= on - NEAR:
        return this_year
    return default_effective_date(on.year + 1, calendar=pay_calendar())


def _range_page(request: HttpRequest, *, run: PayRun | None) -> HttpResponse:
    effective = run.effective if run else next_adjustment(clock.today())
    current = sorted(
        ranges_before(effective).values(),
        key=lambda each: (each.band.cluster.code, each.band.rank),
    )
    initial: dict[str, Any] = {
        "title": f"Rate range adjustment of {effective:%B %Y}",
        "effective": effective,
    }
    if run is not None:
        plan = RangePlan.from_json(run.plan)
        initial |= {"title": run.title, **RangeRunForm.initial_of(plan, ranges=current)}

    def page(form: RangeRunForm, refusal: Refused | None = None) -> HttpResponse:
        context = {"form": form, "run": run, "refusal": refusal, "rows": list(form.rows())}
        return render(request, "pay/range_form.html", context)

    if request.method != "POST":
        return page(RangeRunForm(ranges=current, initial=initial))
    form = RangeRunForm(request.POST, ranges=current)
    if FILL in request.POST:
        return page(RangeRunForm(form.filled(), ranges=current))
    return _saved(request, form, run=run, page=page)


def _payout_page(request: HttpRequest, *, run: PayRun | None) -> HttpResponse:
    on = clock.today()
    effective = run.effective if run else next_adjustment(on)
    periods = [
        (
            cycle.ends.isoformat(),
            f"{cycle.title}, ended {cycle.ends:%B} {cycle.ends.day}, {cycle.ends.year}",
        )
        for cycle in Cycle.objects.filter(ends__lt=effective).order_by("-ends")[:6]
    ]
    snapshot = _snapshot(request, periods=periods, run=run)
    pools = pool_facts(snapshot=snapshot or effective, effective=effective)
    initial: dict[str, Any] = {
        "title": f"Performance payout of {effective:%B %Y}",
        "effective": effective,
        "since": previous_payout(before=effective),
        **{f"included_{each.pool.pk}": each.members > 0 for each in pools},
    }
    if run is not None:
        plan = PayoutPlan.from_json(run.plan)
        initial = {
            "title": run.title,
            "effective": effective,
            **PayoutRunForm.initial_of(plan, pools=pools),
        }

    def page(form: PayoutRunForm, refusal: Refused | None = None) -> HttpResponse:
        context = {"form": form, "run": run, "refusal": refusal, "rows": list(form.rows())}
        return render(request, "pay/payout_form.html", context)

    if request.method != "POST":
        return page(PayoutRunForm(pools=pools, periods=periods, initial=initial))
    form = PayoutRunForm(request.POST, pools=pools, periods=periods)
    if FILL in request.POST:
        return page(PayoutRunForm(form.filled(), pools=pools, periods=periods))
    return _saved(request, form, run=run, page=page)


def _snapshot(
    request: HttpRequest, *, periods: list[tuple[str, str]], run: PayRun | None
) -> date | None:
    """The last day of the period chosen: the day on which membership is read (pool.snapshot)."""
    known = {value for value, _ in periods}
    chosen = request.POST.get("period_end", "")
    if chosen in known:
        return date.fromisoformat(chosen)
    if run is not None:
        return PayoutPlan.from_json(run.plan).period_end
    return date.fromisoformat(periods[0][0]) if periods else None


def _saved(
    request: HttpRequest,
    form: RangeRunForm | PayoutRunForm,
    *,
    run: PayRun | None,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response
    actor, on = actor_of(request), clock.today()

    def save() -> str:
        shared: dict[str, Any] = {
            "title": form.cleaned_data["title"],
            "effective": form.cleaned_data["effective"],
            "actor": actor,
            "on": on,
        }
        if run is None:
            saved = draft_run(form.plan(), **shared)
        else:
            saved = change_plan(run, plan=form.plan(), version=_version(request), **shared)
        return reverse("pay:run", args=[saved.pk])

    return carry_out(request, act=save, again=lambda refusal: page(form, refusal))


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
