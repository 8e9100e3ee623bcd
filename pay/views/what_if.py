"""The committee's what-if: a payout under another budget, mode or point pattern, unwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from accounts.access import access
from accounts.models import Role
from pay.queries.pools import PoolFacts, pool_facts, previous_payout
from pay.queries.what_if import last_payout_plan, points_in_force
from pay.queries.what_if import what_if as answer_of
from pay.views.run_drafts import next_adjustment
from pay.views.what_if_facts import result_of
from pay.what_if_form import MOST_PEOPLE, WhatIfForm
from performance.models import Cycle, RatingLevel
from performance.models.system import STANDARD_SYSTEM
from regulation import clock
from regulation.refusals import Refused

#: The field whose presence tells a question from a first visit.
ASKED = "mode"


@access(readers={Role.DESIGNEE, Role.PAY_SPECIALIST, Role.AUDITOR})
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """The form and, where it is filled in, what the payout would come to."""
    on = clock.today()
    effective = _effective(on)
    form = _form(request, on=on, effective=effective)
    context: dict[str, Any] = {"form": form, "effective": effective, "result": None}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                found = answer_of(form.question(effective=effective), cutoff=on)
            except Refused as refusal:
                context["refusal"] = refusal
            else:
                context["result"] = result_of(found, form=form)
                status = 200
    htmx = request.htmx  # type: ignore[attr-defined]
    part = htmx and not htmx.history_restore_request
    template = "pay/_what_if.html" if part else "pay/what_if.html"
    # While somebody types, a figure not yet whole is no fault of the request.
    response = render(request, template, context, status=200 if part else status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _effective(on: date) -> date:
    """The next payout's date: this year's where none was paid on it, else next year's."""
    near = next_adjustment(on)
    paid = previous_payout(before=date.max)
    return near if paid is None or paid < near else next_adjustment(date(near.year, 12, 31))


def _form(request: HttpRequest, *, on: date, effective: date) -> WhatIfForm:
    periods = [
        (cycle.ends.isoformat(), f"{cycle.title}, ended {cycle.ends:%B} {cycle.ends.day}, "
         f"{cycle.ends.year}")
        for cycle in Cycle.objects.filter(ends__lt=min(on, effective)).order_by("-ends")[:6]
    ]  # fmt: skip
    plan = None if ASKED in request.GET else last_payout_plan()
    known = {value for value, _ in periods}
    chosen = request.GET.get("period_end", "")
    if plan is not None and not chosen:
        chosen = plan.period_end.isoformat()
    if chosen not in known:
        chosen = periods[0][0] if periods else ""
    snapshot = date.fromisoformat(chosen) if chosen else effective
    pools = pool_facts(snapshot=snapshot, effective=effective)
    levels = list(RatingLevel.objects.filter(system__code=STANDARD_SYSTEM).order_by("rank"))
    parts: dict[str, Any] = {"pools": pools, "periods": periods, "levels": levels}
    if ASKED in request.GET:
        return WhatIfForm(request.GET, **parts)
    paid = set(plan.pools) if plan else set()
    taken = _some([each for each in pools if each.pool.code in paid or not paid])
    points = points_in_force([each.pool for each in pools], on=effective)
    shared = next((points[each.pool.pk] for each in taken if each.pool.pk in points), {})
    amounts = [plan.pools[each.pool.code] for each in taken if plan and each.pool.code in paid]
    initial = {
        "period_end": chosen,
        "pools": [each.pool.pk for each in taken],
        "mode": plan.mode if plan else "share_dollar",
        "budget": f"{sum(each.amount for each in amounts):,}" if amounts else "",
        "value": next((str(each.value) for each in amounts if each.value is not None), ""),
        "since": previous_payout(before=effective),
        **{f"points_{code}": f"{value.normalize():f}" for code, value in shared.items()},
    }
    return WhatIfForm(initial=initial, **parts)


def _some(pools: list[PoolFacts]) -> list[PoolFacts]:
    """Pools with members, as many as the page takes at once."""
    found: list[PoolFacts] = []
    for each in pools:
        if each.members and sum(one.members for one in (*found, each)) <= MOST_PEOPLE:
            found.append(each)
    return found
