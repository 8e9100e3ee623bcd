"""Earlier requests of an employee about a position, as the filing rules see them."""

from __future__ import annotations

from classification.models import Position
from reconsideration.models import Request, RequestState
from reconsideration.models.request import OPEN_STATES
from reconsideration.rules.filing import Earlier, Stage
from workforce.models import Employee

_CLOSED: dict[str, Stage] = {
    RequestState.DHS_DECIDED: "dhs_decided",
    RequestState.OPM_DECIDED: "opm_decided",
}


def stage_of(request: Request) -> Stage:
    """Open, decided by DHS, decided by OPM, or closed without a decision."""
    if request.state in OPEN_STATES:
        return "open"
    return _CLOSED.get(str(request.state), "closed")


def settled_by(request: Request) -> int:
    """Id of the classification decision that the request left standing."""
    return int(request.resulting_id or request.contested_id)


def earlier_requests(
    employee: Employee, *, position: Position, besides: Request | None = None
) -> list[Earlier]:
    """Every other request of this employee about this position."""
    rows = Request.objects.filter(employee=employee, position=position)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [
        Earlier(stage=stage_of(row), issues=frozenset(row.issues), settled_by=settled_by(row))
        for row in rows
    ]


def decided_by_dhs(
    employee: Employee, *, position: Position, issues: list[str], in_force: int
) -> Request | None:
    """The request that the Department decided on these issues and that OPM can still review."""
    for row in Request.objects.filter(
        employee=employee, position=position, state=RequestState.DHS_DECIDED
    ).order_by("-id"):
        if set(issues) & set(row.issues) and in_force <= settled_by(row):
            return row
    return None
