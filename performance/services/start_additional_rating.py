"""Starting an additional rating of record (5 CFR 9701.404 (2), .409(b)#2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.documents import Upload, attach_all
from casework.services.history import record
from casework.settlement import lock_person, settle_lapsed
from performance.models import AdditionalPurpose, Cycle, RatingKind, RatingOfRecord, RatingState
from performance.permissions import may_start_rating
from performance.queries.officials import reviewing_official_of
from performance.queries.standing import standing_rating
from performance.services.follow_system import cycle_for
from performance.services.guards import check_change_shown, refuse_uncovered, require
from performance.services.inbox import ask_rating_official
from regulation.refusals import Refused
from workforce.models import Employee

OPEN = (RatingState.DRAFT, RatingState.SUBMITTED, RatingState.APPROVED)


@transaction.atomic
def start_additional_rating(
    employee: Employee,
    *,
    purpose: str,
    actor: Actor,
    on: date,
    change_described: str = "",
    evidence_dated: date | None = None,
    pay_case: str = "",
    documents: Sequence[Upload] = (),
) -> RatingOfRecord:
    """Open an additional rating, as a draft of the employee's supervisor.

    5 CFR 9701.409(b)#2: a standing rating is changed only by a substantial change shown after its
    issue. 5 CFR 9701.404 "Rating of record" (2): in support of a pay determination, named by
    `pay_case`, it needs no standing one. The minimum period does not begin anew. `documents` are
    the evidence, kept with the rating. Raises Refused recused, self_rating, not_rating_official,
    subpart_d_not_effective, duplicate_open, no_substantial_change, reason_required, file_refused,
    limit_exceeded.
    """
    lock_person(employee.pk)
    settle_lapsed(employee.pk, before=on)
    refuse_recused(actor.user, employee, on=on)
    rater = may_start_rating(actor, employee, on=on)
    refuse_uncovered(employee, on=on)
    _refuse_second_open(employee)
    standing = standing_rating(employee, on=on)
    rating = RatingOfRecord(
        employee=employee,
        cycle=standing.cycle if standing else cycle_for(employee, _current_cycle(on), on=on),
        kind=RatingKind.ADDITIONAL,
        purpose=_purpose(purpose),
        pay_case=pay_case,
        rater=rater,
        reviewer=reviewing_official_of(rater, on=on),
        standing=standing,
        change_described=change_described,
        evidence_dated=evidence_dated,
    )
    if rating.purpose == AdditionalPurpose.PAY_DETERMINATION:
        rating.pay_case = require(pay_case, "the pay determination that the rating supports")
    elif standing is None:
        raise Refused(
            "no_substantial_change",
            "9701.409(b)",
            "There is no standing rating of record that performance could have changed from "
            "(9701.409(b)).",
        )
    check_change_shown(rating, on=on)
    rating.save()
    attach_all(rating, documents, actor=actor)
    record(
        rating.subject,
        act="start_additional_rating",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        to_state=str(rating.state),
        citation="9701.409(b)",
        detail={
            "purpose": rating.purpose,
            "standing": standing.pk if standing else None,
            "documents": len(documents),
        },
    )
    ask_rating_official(rating, on=on)
    return rating


def _purpose(purpose: str) -> AdditionalPurpose:
    if purpose not in (AdditionalPurpose.SUBSTANTIAL_CHANGE, AdditionalPurpose.PAY_DETERMINATION):
        raise Refused("reason_required", "9701.409(b)", "Say why the additional rating is needed.")
    return AdditionalPurpose(purpose)


def _current_cycle(on: date) -> Cycle:
    cycle = Cycle.objects.filter(starts__lte=on).order_by("-ends").first()
    if cycle is None:
        raise Refused("min_period_not_met", "9701.404", "No appraisal period has begun (9701.404).")
    return cycle


def _refuse_second_open(employee: Employee) -> None:
    if RatingOfRecord.objects.filter(
        employee=employee, kind=RatingKind.ADDITIONAL, state__in=OPEN
    ).exists():
        raise Refused(
            "duplicate_open",
            "9701.409(b)",
            "An additional rating of record is already being prepared for this employee.",
        )
