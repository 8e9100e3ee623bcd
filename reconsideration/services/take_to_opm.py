"""Taking the Department's determination to OPM (5 CFR 9701.222(c))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from casework.services.documents import Upload, attach_all
from reconsideration.models import Request
from reconsideration.permissions import may_take_to_opm
from reconsideration.queries.earlier import earlier_requests
from reconsideration.rules.filing import refuse_repeated
from reconsideration.services.told import wait_for_opm
from regulation.refusals import Refused
from workforce.queries.position_of_record import position_of_record


@transaction.atomic
def take_to_opm(
    request: Request,
    *,
    argument: str,
    actor: Actor,
    on: date,
    documents: Sequence[Upload] = (),
    version: int | None = None,
) -> Request:
    """Ask OPM to review what the Department determined; the text sets no deadline.

    Raises Refused not_authorized, invalid_transition, not_position_of_record, duplicate_open,
    final_decision, stale_form, file_refused, limit_exceeded.
    """

    def go(row: Request) -> None:
        row.take_to_opm(argument=argument, on=on)
        held = position_of_record(row.employee, on=on)
        if held is None or held.pk != row.position_id:
            raise Refused(
                "not_position_of_record",
                "9701.222(a)",
                "Only the current official position of record is reconsidered.",
            )
        refuse_repeated(
            issues=row.issues,
            in_force=row.resulting_id or row.contested_id,
            earlier=[
                one
                for one in earlier_requests(row.employee, position=row.position, besides=row)
                if one.stage in ("open", "opm_decided")
            ],
        )
        attach_all(row, documents, actor=actor)

    moved = act(
        request,
        name="take_to_opm",
        actor=actor,
        on=on,
        version=version,
        may=may_take_to_opm,
        do=go,
        citation="9701.222(c)",
        detail={"documents": len(documents)},
    )
    wait_for_opm(moved, on=on)
    return moved
