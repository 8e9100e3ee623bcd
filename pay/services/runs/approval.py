"""A second person approves what the preview showed, and a payout is certified."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from pay.models import PayRun, RunKind
from pay.services.runs.certification import freeze_pools, refuse_people_in_no_pool
from pay.services.runs.conversion_preview import (
    ConversionComputation,
    refuse_ranges_below_officers,
)
from pay.services.runs.coordination import refuse_uncoordinated_run
from pay.services.runs.drafting import CITATIONS
from pay.services.runs.inbox import START, ask_for
from pay.services.runs.order_of_runs import refuse_out_of_order
from pay.services.runs.payout_preview import PayoutComputation
from pay.services.runs.permissions import may_approve
from pay.services.runs.preview import read_basis
from regulation.refusals import Refused


def approve_run(run: PayRun, *, actor: Actor, on: date, version: int | None = None) -> PayRun:
    """Approve a previewed run; the lines of a payout are frozen from here on.

    5 CFR 9701.342(b)(3), (c)(2). Refused: `same_approver` for the drafter, `not_authorized`,
    `coordination_required`, `coordination_pending` or `coordination_hold` before OPM had its say,
    `run_locked` out of order, `invalid_range` where an initial range is below what law enforcement
    officers were paid (5 CFR 9701.372(b)), and `stale_form` where what the preview rests on has
    changed since.
    """

    def approve(fresh: PayRun) -> None:
        fresh.approve(by=actor.user)
        refuse_uncoordinated_run(fresh, on=on)
        refuse_out_of_order(fresh)
        freeze = freeze_pools(fresh) if fresh.kind == RunKind.PAYOUT else None
        # Each pool is frozen as it is read, and all of it undone where the fingerprint is another.
        computation, fingerprint = read_basis(fresh, on=on, each=freeze)
        if fingerprint != fresh.fingerprint:
            raise Refused(
                "stale_form",
                "",
                "What the preview rests on has changed since. Preview again.",
            )
        if isinstance(computation, PayoutComputation):
            refuse_people_in_no_pool(computation)
        elif isinstance(computation, ConversionComputation):
            refuse_ranges_below_officers(computation)

    citation = CITATIONS[RunKind(run.kind)]
    with transaction.atomic():
        saved = act(
            run,
            name="approve",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_approve(who, fresh, on=on),
            do=approve,
            citation=citation,
            detail={"fingerprint": run.fingerprint},
        )
        ask_for(saved, START, on=on, citation=citation)
    return saved
