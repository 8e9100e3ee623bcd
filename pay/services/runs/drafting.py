"""Drafting a run, changing what it is to do, and giving it up."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from casework.services.history import record
from pay.models import PayRun, RunKind, RunState
from pay.services.runs.checks import check_payout_plan, check_range_plan
from pay.services.runs.conversion_plan import ConversionPlan, check_conversion_plan
from pay.services.runs.inbox import done_with
from pay.services.runs.permissions import (
    may_work_on,
    organizations_by_code,
    organizations_of_pools,
    refuse_strangers,
)
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.services.runs.supplement_plan import SupplementPlan, check_supplement_plan
from regulation import clock
from regulation.refusals import Refused

Plan: TypeAlias = RangePlan | SupplementPlan | PayoutPlan | ConversionPlan
CITATIONS = {
    RunKind.RANGE_ADJUSTMENT: "9701.322(a)",
    RunKind.SUPPLEMENT_ADJUSTMENT: "9701.334(a)",
    RunKind.PAYOUT: "9701.342(b)(3)",
    RunKind.CONVERSION: "9701.372(a)",
}


@transaction.atomic
def draft_run(plan: Plan, *, title: str, effective: date, actor: Actor, on: date) -> PayRun:
    """A run in draft.

    5 CFR 9701.322(a), 9701.334(a), 9701.342(b)(3), 9701.372(a). Refused: `not_authorized`, and what
    the check of such a plan names.
    """
    kind = _kind(plan)
    if isinstance(plan, (RangePlan, SupplementPlan)):
        refuse_strangers(actor, organizations=[None], on=on)
    elif isinstance(plan, ConversionPlan):
        where = organizations_by_code(plan.organizations)
        refuse_strangers(actor, organizations=where, on=on)
    else:
        organizations = organizations_of_pools(list(plan.pools))
        refuse_strangers(actor, organizations=organizations, on=on)
    _check(plan, effective=effective, run=None)
    run = PayRun.objects.create(
        kind=kind,
        title=_titled(title),
        effective=effective,
        plan=plan.as_json(),
        drafted_by=actor.user,
        created_at=clock.now(),
    )
    record(
        run.subject,
        act="draft",
        actor=actor,
        on=on,
        to_state=RunState.DRAFT,
        citation=CITATIONS[kind],
        detail={"plan": run.plan, "effective": effective.isoformat()},
    )
    return run


def change_plan(
    run: PayRun,
    *,
    plan: Plan,
    title: str,
    effective: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> PayRun:
    """Another plan for a run not yet approved: no preview stands, and who changed it drafted it.

    Refused: `invalid_transition` once approved, `invalid_input` for a plan of the other kind, and
    what drafting refuses.
    """

    def change(fresh: PayRun) -> None:
        citation = CITATIONS[RunKind(fresh.kind)]
        if _kind(plan) != fresh.kind:
            raise Refused(
                "invalid_input", citation, "A run does not change its kind. Draft another."
            )
        if fresh.state == RunState.PREVIEWED:
            fresh.reopen()
        elif fresh.state != RunState.DRAFT:
            message = f"A run that is {fresh.get_state_display().lower()} is not changed."
            raise Refused("invalid_transition", citation, message)
        _check(plan, effective=effective, run=fresh)
        fresh.plan = plan.as_json()
        fresh.title = _titled(title)
        fresh.effective = effective
        if actor.user is not None:
            fresh.drafted_by = actor.user

    with transaction.atomic():
        saved = act(
            run,
            name="change_plan",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_work_on(who, fresh, on=on),
            do=change,
            citation=CITATIONS[RunKind(run.kind)],
            detail={"plan": plan.as_json(), "effective": effective.isoformat()},
        )
        done_with(saved, on=on)
    return saved


def cancel_run(
    run: PayRun, *, reason: str, actor: Actor, on: date, version: int | None = None
) -> PayRun:
    """Give up a run before anything was paid. Refused: `reason_required`, `invalid_transition`."""
    if not reason.strip():
        raise Refused("reason_required", "", "Say why the run is given up.")

    def cancel(fresh: PayRun) -> None:
        fresh.cancel()
        fresh.lines.all().delete()

    with transaction.atomic():
        saved = act(
            run,
            name="cancel",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_work_on(who, fresh, on=on),
            do=cancel,
            detail={"reason": reason.strip()},
        )
        done_with(saved, on=on)
    return saved


def _check(plan: Plan, *, effective: date, run: PayRun | None) -> None:
    if isinstance(plan, RangePlan):
        check_range_plan(plan, effective=effective, run=run)
    elif isinstance(plan, SupplementPlan):
        check_supplement_plan(plan, effective=effective, run=run)
    elif isinstance(plan, ConversionPlan):
        check_conversion_plan(plan, effective=effective, run=run)
    else:
        check_payout_plan(plan, effective=effective, run=run)


def _kind(plan: Plan) -> RunKind:
    if isinstance(plan, SupplementPlan):
        return RunKind.SUPPLEMENT_ADJUSTMENT
    if isinstance(plan, ConversionPlan):
        return RunKind.CONVERSION
    return RunKind.RANGE_ADJUSTMENT if isinstance(plan, RangePlan) else RunKind.PAYOUT


def _titled(title: str) -> str:
    if not title.strip():
        raise Refused("invalid_input", "", "Give the run a title.")
    return title.strip()[:160]
