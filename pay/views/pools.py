"""Pay pools: who is in them, what a rating is worth, and what money they had."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import access, user_of
from accounts.models import Role
from accounts.queries.roles import holds_role
from casework.models import Entry
from casework.web import actor_of, carry_out
from pay.forms.pools import PatternForm, SnapshotForm
from pay.models import PayPool
from pay.queries.pool_pages import patterns_of, payouts_of_pools, people_in_no_pool
from pay.queries.pools import pool_facts
from pay.services.set_pattern import set_pattern
from performance.models import RatingLevel
from performance.models.system import STANDARD_SYSTEM
from regulation import clock
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}
READERS = {Role.DESIGNEE, Role.AUDITOR}


@access(roles=ACTORS, readers=READERS)
@require_safe
def pools(request: HttpRequest) -> HttpResponse:
    """Every pool with its pattern, its members on a day, and the money of its latest payout."""
    form = SnapshotForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    paid = payouts_of_pools()
    rows = [
        {"facts": facts, "paid": next(iter(paid.get(facts.pool.code, ())), None)}
        for facts in pool_facts(snapshot=on, effective=on)
    ]
    return render(request, "pay/pools/list.html", {"form": form, "on": on, "rows": rows})


@access(roles=ACTORS, readers=READERS)
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """One pool: its patterns, a form for a new one, and its money, payout by payout."""
    found = get_object_or_404(PayPool.objects.select_related("organization"), pk=pk)
    levels = list(
        RatingLevel.objects.filter(system__code=STANDARD_SYSTEM)
        .order_by("rank")
        .values_list("code", "title")
    )
    works = holds_role(user_of(request), ACTORS, on=clock.today())

    def page(form: PatternForm, refusal: Refused | None = None) -> HttpResponse:
        context = {
            "pool": found,
            "form": form if works else None,
            "refusal": refusal,
            "levels": [code for code, _ in levels],
            "patterns": patterns_of(found),
            "payouts": payouts_of_pools().get(found.code, []),
            "history": Entry.objects.filter(subject=f"pool:{found.pk}")
            .select_related("actor")
            .order_by("-id")[:50],
            "today": clock.today(),
        }
        return render(request, "pay/pools/pool.html", context)

    if request.method != "POST":
        return page(PatternForm(levels=levels))
    form = PatternForm(request.POST, levels=levels)
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response

    def save() -> str:
        warnings = set_pattern(
            found,
            points=form.points(),
            starts=form.cleaned_data["starts"],
            actor=actor_of(request),
            on=clock.today(),
        )
        for warning in warnings:
            messages.warning(request, f"{warning} Nothing forbids it; look again.")
        return reverse("pay:pool", args=[found.pk])

    return carry_out(request, act=save, again=lambda refusal: page(form, refusal))


@access(roles=ACTORS, readers=READERS)
@require_safe
def in_no_pool(request: HttpRequest) -> HttpResponse:
    """Eligible employees whom no pool holds on a day: a payout is not approved before that ends."""
    form = SnapshotForm(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    after = request.GET.get("after", "").replace("\x00", "")[:24]
    context = {
        "form": form,
        "on": on,
        "after": after,
        "page": people_in_no_pool(on=on, after=after),
    }
    return render(request, "pay/pools/in_no_pool.html", context)
