"""Asking DHS or OPM to reconsider a classification (5 CFR 9701.222(a))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.documents import Upload, attach_all
from casework.services.history import record
from casework.settlement import settle_lapsed
from classification.models import ClassificationDecision, Position
from classification.queries.decisions import classification_on
from reconsideration.models import Forum, Request, RequestState
from reconsideration.permissions import may_file
from reconsideration.queries.earlier import decided_by_dhs, earlier_requests
from reconsideration.rules.filing import refuse_not_reviewable, refuse_repeated
from reconsideration.services.take_to_opm import take_to_opm
from reconsideration.services.told import wait_for_dhs, wait_for_opm
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.coverage import refuse_uncovered
from workforce.queries.position_of_record import position_of_record

CITATION = "9701.222(a)"


@transaction.atomic
def file_request(
    employee: Employee,
    *,
    to: Forum,
    issues: Sequence[str],
    actor: Actor,
    on: date,
    argument: str = "",
    requested_classification: str = "",
    documents: Sequence[Upload] = (),
    position: Position | None = None,
    ref: str = "",
) -> Request:
    """File a request on the position of record; there is no deadline (5 CFR 9701.222(a)).

    To OPM, what the Department has decided on these issues is taken there; the same request comes
    back. Refused, nothing is kept: not_authorized, not_covered, not_reviewable, record_incomplete,
    not_position_of_record, duplicate_open, final_decision, file_refused, limit_exceeded.
    """
    employee.lock_subject()
    settle_lapsed(employee.employee_key, before=on)
    may_file(actor, employee=employee)
    refuse_uncovered(employee, subpart="B", on=on)
    refuse_not_reviewable(issues)
    contested = _contested(employee, position=position, on=on)
    asked = list(dict.fromkeys(issues))
    if to == Forum.OPM:
        decided = decided_by_dhs(
            employee, position=contested.position, issues=asked, in_force=contested.pk
        )
        if decided is not None:
            return take_to_opm(decided, argument=argument, documents=documents, actor=actor, on=on)
    refuse_repeated(
        issues=asked,
        in_force=contested.pk,
        earlier=earlier_requests(employee, position=contested.position),
    )
    request = Request.objects.create(
        employee=employee,
        position=contested.position,
        contested=contested,
        issues=asked,
        argument=argument,
        requested_classification=requested_classification,
        filed_on=on,
        opm_filed_on=on if to == Forum.OPM else None,
        ref=ref,
        state=RequestState.FILED_OPM if to == Forum.OPM else RequestState.FILED_DHS,
    )
    attach_all(request, documents, actor=actor)
    record(
        request.subject,
        act="file",
        actor=actor,
        on=on,
        employee_key=request.employee_key,
        to_state=str(request.state),
        citation=CITATION,
        detail={"to": str(to), "issues": asked, "documents": len(documents)},
    )
    if to == Forum.OPM:
        wait_for_opm(request, on=on)
    else:
        wait_for_dhs(request, on=on)
    return request


def _contested(
    employee: Employee, *, position: Position | None, on: date
) -> ClassificationDecision:
    """The decision in force on the position of record."""
    held = position_of_record(employee, on=on)
    if held is None or (position is not None and position.pk != held.pk):
        raise Refused(
            "not_position_of_record",
            CITATION,
            "Only the current official position of record is reconsidered.",
        )
    contested = classification_on(held, on=on)
    if contested is None:
        raise Refused(
            "record_incomplete", CITATION, f"No decision has classified position {held.number}."
        )
    return contested
