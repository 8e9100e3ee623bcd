"""Beginning the review, at DHS or at OPM (5 CFR 9701.222(b), (d))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from reconsideration.models import Request
from reconsideration.permissions import may_decide, may_decide_at_opm
from reconsideration.queries.procedure import refuse_without_directive


def take_up(request: Request, *, actor: Actor, on: date, version: int | None = None) -> Request:
    """A specialist begins the Department's review.

    Raises Refused permission_denied, invalid_transition, directive_required, stale_form.
    """

    def begin(row: Request) -> None:
        row.take_up()
        refuse_without_directive(on=on)

    return act(
        request,
        name="take_up",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_decide(who, row, on=on),
        do=begin,
        citation="9701.222(b)",
    )


def take_up_at_opm(
    request: Request, *, actor: Actor, on: date, version: int | None = None
) -> Request:
    """OPM's reviewer begins the review, by OPM's own procedures.

    Raises Refused permission_denied, invalid_transition, stale_form.
    """
    return act(
        request,
        name="take_up_at_opm",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_decide_at_opm(who, row, on=on),
        do=lambda row: row.take_up_at_opm(),
        citation="9701.222(d)",
    )
