"""The scorecard of a supervisor, for himself and for whoever rates him."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import access
from performance.queries.scorecard import scorecard_page
from performance.queries.team import cycle_shown, cycles
from performance.views.subjects import named_employee
from regulation import clock


@require_safe
@access(reading_relations={"self", "team", "rating_official"}, subject=named_employee)
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """How he managed the performance of those whom he supervises."""
    supervisor = named_employee(request, pk)
    on = clock.today()
    known = cycles()
    cycle = cycle_shown(known, chosen=request.GET.get("cycle", ""), on=on)
    context = {
        "supervisor": supervisor,
        "own": supervisor.user_id == request.user.pk,
        "cycles": known,
        "cycle": cycle,
        "page": scorecard_page(supervisor, cycle=cycle, on=on) if cycle else None,
    }
    return render(request, "performance/scorecard.html", context)
