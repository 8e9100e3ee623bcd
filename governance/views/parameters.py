"""The page of parameters: what holds on a date, who said so, and what held before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import access
from governance.forms import FilterForm
from governance.queries.parameters import parameters_on
from governance.views.standing import may_draft
from regulation import clock


@access(anyone=True)
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter of the registry; policy is open to all who work under it."""
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or clock.today()
    found = parameters_on(on, text=asked.get("q", ""))
    context = {
        "form": form,
        "on": on,
        "shown": found,
        "missing": [each for each in found if not each.in_force],
        "may_draft": may_draft(request),
    }
    return render(request, "governance/parameters.html", context)
