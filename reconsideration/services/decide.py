"""Determinations: the Department's, and OPM's, which is final (5 CFR 9701.222(b)-(d))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from classification.models import (
    Band,
    ClassificationDecision,
    OccupationalCluster,
    OccupationalSeries,
)
from reconsideration.models import Outcome, Request
from reconsideration.permissions import may_decide, may_decide_at_opm
from reconsideration.queries.procedure import refuse_without_directive
from reconsideration.services.determination import Change, determine
from reconsideration.services.follow_pay import follow_pay, follow_pay_system
from reconsideration.services.told import stop_waiting, tell_employee


@transaction.atomic
def decide(
    request: Request,
    *,
    outcome: str,
    reason: str,
    actor: Actor,
    on: date,
    series: OccupationalSeries | None = None,
    cluster: OccupationalCluster | None = None,
    band: Band | None = None,
    effective: date | None = None,
    version: int | None = None,
) -> Request:
    """The Department sustains the classification or changes it from a date; pay follows.

    Raises Refused permission_denied, invalid_transition, directive_required, stale_form, and what
    `determine` refuses.
    """
    change = Change(series=series, cluster=cluster, band=band, effective=effective)

    def do(row: Request) -> None:
        row.decide(outcome=outcome, reason=reason, on=on, by=actor.user)
        refuse_without_directive(on=on)
        row.resulting = determine(
            row,
            outcome=outcome,
            reason=reason,
            change=change,
            actor=actor,
            on=on,
            citation="9701.222(b)",
        )

    decided = act(
        request,
        name="decide",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_decide(who, row, on=on),
        do=do,
        citation="9701.222(b)",
        detail=_detail(outcome, change),
    )
    _settle(decided, made=decided.resulting, outcome=outcome, on=on)
    tell_employee(
        decided,
        title="The Department has decided your request for reconsideration",
        body="It is final unless you ask OPM to review it. You may do so at any time.",
        citation="9701.222(c)",
        on=on,
    )
    return decided


@transaction.atomic
def decide_at_opm(
    request: Request,
    *,
    outcome: str,
    reason: str,
    actor: Actor,
    on: date,
    series: OccupationalSeries | None = None,
    cluster: OccupationalCluster | None = None,
    band: Band | None = None,
    effective: date | None = None,
    version: int | None = None,
) -> Request:
    """OPM sustains what stands or changes it from a date; no review or appeal follows (222(d)).

    Raises Refused permission_denied, invalid_transition, stale_form, and what `determine` refuses.
    """
    change = Change(series=series, cluster=cluster, band=band, effective=effective)
    made: list[ClassificationDecision | None] = []

    def do(row: Request) -> None:
        row.decide_at_opm(outcome=outcome, reason=reason, on=on, by=actor.user)
        made.append(
            determine(
                row,
                outcome=outcome,
                reason=reason,
                change=change,
                actor=actor,
                on=on,
                citation="9701.222(d)",
            )
        )
        row.resulting = made[0] or row.resulting

    decided = act(
        request,
        name="decide_at_opm",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_decide_at_opm(who, row, on=on),
        do=do,
        citation="9701.222(d)",
        detail=_detail(outcome, change),
    )
    _settle(decided, made=made[0], outcome=outcome, on=on)
    tell_employee(
        decided,
        title="OPM has decided your request for reconsideration",
        body="OPM’s determination is final. There is no further review or appeal.",
        citation="9701.222(d)",
        on=on,
    )
    return decided


def _settle(
    request: Request,
    *,
    made: ClassificationDecision | None,
    outcome: str,
    on: date,
) -> None:
    """What every determination brings: it leaves the inbox, and pay follows a changed band."""
    stop_waiting(request, on=on)
    if made is not None:
        follow_pay(request, decision=made, on=on)
    elif outcome == Outcome.CHANGED:
        follow_pay_system(request, on=on)


def _detail(outcome: str, change: Change) -> dict[str, str]:
    return {
        "outcome": outcome,
        "series": change.series.code if change.series else "",
        "band": change.band.code if change.band else "",
        "effective": change.effective.isoformat() if change.effective else "",
    }
