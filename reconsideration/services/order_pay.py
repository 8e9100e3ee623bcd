"""The pay order of a changed band: promotion, or reclassification with pay retention."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from classification.models import ClassificationDecision
from pay.queries.directions import direction_to
from pay.queries.people import load_one
from pay.services.promote import promote
from pay.services.reassign import reassign
from reconsideration.models import Request
from regulation.refusals import Refused
from workforce.queries.relations import assignment_on

#: Parameter retention.eligible_reasons lists it: a lower band keeps the pay (5 CFR 9701.356(a)).
REASON = "reclassification"


def order_pay(request: Request, *, decision: ClassificationDecision, on: date) -> None:
    """Order the pay of the band that a reconsideration gave the position, as of its date.

    The determination is the authority. Raises Refused movement_unmapped where no directive says
    which way the move goes, invalid_input during a temporary promotion, and what the pay rules
    refuse.
    """
    employee = request.employee
    effective = decision.effective
    held = assignment_on(employee, on=effective)
    if held is None or held.position_id != decision.position_id:
        raise Refused(
            "invalid_input",
            "9701.353",
            "During a temporary promotion the pay of the position of record is set by a person.",
        )
    authority = f"Reconsideration {request.pk}, decided by {decision.deciding_official}"[:160]
    actor = Actor.system(f"reconsideration {request.pk} changed the band")
    _, band = load_one(employee.pk, on=effective).paid()
    if direction_to(band, decision.band, on=effective) == "up":
        promote(
            employee,
            position=decision.position,
            effective=effective,
            actor=actor,
            authority=authority,
            on=on,
            reason=REASON,
        )
        return
    reassign(
        employee,
        position=decision.position,
        effective=effective,
        actor=actor,
        authority=authority,
        on=on,
        reason=REASON,
    )
