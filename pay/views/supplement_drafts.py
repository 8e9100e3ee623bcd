"""Drafting a supplement adjustment, and changing its plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from pay.forms.supplement_run import SupplementRunForm
from pay.models import PayRun
from pay.services.runs.drafting import change_plan, draft_run
from pay.services.runs.supplement_plan import SupplementPlan
from pay.views.run_acts import version_of
from regulation import clock
from regulation.pay_periods import pay_calendar
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}


@access(roles=ACTORS)
def new_supplement_adjustment(request: HttpRequest) -> HttpResponse:
    """Which supplement, at which percentage, from which pay period on."""
    return supplement_page(request, run=None)


def supplement_page(request: HttpRequest, *, run: PayRun | None) -> HttpResponse:
    """The form of a supplement adjustment, new or to be changed."""
    on = clock.today()
    effective = run.effective if run else pay_calendar().on_or_after(on)
    initial: dict[str, Any] = {
        "title": f"Supplement adjustment of {effective:%B %Y}",
        "effective": effective,
    }
    if run is not None:
        plan = SupplementPlan.from_json(run.plan)
        initial |= {"title": run.title, **SupplementRunForm.initial_of(plan)}

    def page(form: SupplementRunForm, refusal: Refused | None = None) -> HttpResponse:
        context = {"form": form, "run": run, "refusal": refusal}
        return render(request, "pay/supplement_form.html", context)

    if request.method != "POST":
        return page(SupplementRunForm(initial=initial, effective=effective))
    form = SupplementRunForm(request.POST, effective=effective)
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response

    def save() -> str:
        shared: dict[str, Any] = {
            "title": form.cleaned_data["title"],
            "effective": form.cleaned_data["effective"],
            "actor": actor_of(request),
            "on": on,
        }
        if run is None:
            saved = draft_run(form.plan(), **shared)
        else:
            saved = change_plan(run, plan=form.plan(), version=version_of(request), **shared)
        return reverse("pay:run", args=[saved.pk])

    return carry_out(request, act=save, again=lambda refusal: page(form, refusal))
