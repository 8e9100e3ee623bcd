"""A requester leaves the position while the request is open (5 CFR 9701.222(a))."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Role
from casework.services.work_items import open_work_item
from classification.models import Position
from reconsideration.models import Request
from reconsideration.models.request import OPEN_STATES
from reconsideration.permissions import AT_OPM
from reconsideration.services.told import POSITION_LEFT, address_of
from workforce.models import Employee


def ask_what_becomes_of_requests(
    sender: object, *, employee: Employee, position: Position, on: date, **more: Any
) -> None:
    """Ask whoever has an open request what becomes of it; nothing is closed by itself.

    The text is silent on it: a person looks whether the directive, or OPM's policy, gives a
    corrective date before the employee left.
    """
    requests = Request.objects.filter(
        employee=employee, position=position, state__in=OPEN_STATES
    ).select_related("employee", "position__organization")
    for request in requests:
        at_opm = request.state in AT_OPM
        open_work_item(
            request,
            kind=POSITION_LEFT,
            title=f"{employee} leaves {position.number} on {on}: what becomes of the request?",
            on=on,
            url=address_of(request),
            citation="9701.222(a)",
            role=Role.OPM_REVIEWER if at_opm else Role.HR_SPECIALIST,
            organization=None if at_opm else position.organization,
        )
