"""My team, and starting a rating from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.models import Cycle
from performance.queries.team import cycle_shown, cycles, team_rows
from performance.services.start_rating import start_rating
from performance.views.subjects import named_employee, own_record
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


@require_safe
@access(relations={"self"}, subject=own_record)
def team(request: HttpRequest) -> HttpResponse:
    """One row a person."""
    return _team(request, chosen=request.GET.get("cycle", ""))


def _team(request: HttpRequest, *, chosen: str, refusal: Refused | None = None) -> HttpResponse:
    on = clock.today()
    supervisor = own_record(request)
    known = cycles()
    cycle = cycle_shown(known, chosen=chosen, on=on)
    rows = team_rows(supervisor, cycle=cycle, on=on) if supervisor and cycle else []
    context = {
        "supervisor": supervisor,
        "cycles": known,
        "cycle": cycle,
        "rows": rows,
        "owed": sum(1 for row in rows if row.due_on),
        "late": sum(1 for row in rows if row.late),
        "refusal": refusal,
    }
    return render(request, "performance/team.html", context)


@require_POST
@access(relations={"team"}, subject=named_employee)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the annual rating of one employee and go on to rate."""
    employee: Employee = named_employee(request, pk)
    chosen = request.POST.get("cycle", "")
    cycle = get_object_or_404(Cycle, pk=int(chosen[:18]) if chosen.isdecimal() else 0)

    def act() -> str:
        rating = start_rating(employee, cycle=cycle, actor=actor_of(request), on=clock.today())
        return reverse("performance:rate", args=[rating.pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _team(request, chosen=chosen, refusal=refusal),
    )
