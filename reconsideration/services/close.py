"""Closing a request without a determination."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from reconsideration.models import Request
from reconsideration.permissions import may_cancel, may_make_moot
from reconsideration.services.told import stop_waiting, tell_employee
from regulation.refusals import Refused
from workforce.queries.position_of_record import position_of_record


@transaction.atomic
def cancel(request: Request, *, actor: Actor, on: date, version: int | None = None) -> Request:
    """The employee withdraws an open request; it may be filed again.

    Raises Refused permission_denied, invalid_transition, stale_form.
    """
    closed = act(
        request,
        name="cancel",
        actor=actor,
        on=on,
        version=version,
        may=may_cancel,
        do=lambda row: row.cancel(on=on),
        citation="9701.222(a)",
    )
    stop_waiting(closed, on=on)
    return closed


@transaction.atomic
def make_moot(
    request: Request, *, reason: str, actor: Actor, on: date, version: int | None = None
) -> Request:
    """A person closes the request of an employee who left the position; it never happens by itself.

    Raises Refused permission_denied, reason_required, invalid_transition (also while the position
    is still held), stale_form.
    """

    def close(row: Request) -> None:
        row.make_moot(on=on)
        if not reason.strip():
            raise Refused(
                "reason_required",
                "9701.222(a)",
                "Say why no corrective date before the employee left comes into question.",
            )
        held = position_of_record(row.employee, on=on)
        if held is not None and held.pk == row.position_id:
            raise Refused(
                "invalid_transition",
                "9701.222(a)",
                "The employee still holds the position; the request goes on.",
            )

    closed = act(
        request,
        name="make_moot",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_make_moot(who, row, on=on),
        do=close,
        citation="9701.222(a)",
        detail={"reason": reason.strip()},
    )
    stop_waiting(closed, on=on)
    tell_employee(
        closed,
        title="Your request for reconsideration was closed as moot",
        body=reason.strip(),
        citation="9701.222(a)",
        on=on,
    )
    return closed
