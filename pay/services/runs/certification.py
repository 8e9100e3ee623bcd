"""Certifying a payout: its lines are frozen, whatever happens to ratings afterwards."""

from __future__ import annotations

from datetime import date

from pay.models import PayRun, RunException
from pay.services.certify_pool import store_lines
from pay.services.runs.checks import people_in_no_pool
from pay.services.runs.payout_preview import payout_computation, pool_figures
from regulation.refusals import Refused


def certify(run: PayRun, *, on: date) -> None:
    """Freeze members, ratings, points, proration and amounts of every pool of a run.

    5 CFR 9701.342(a)(2), (b)(2), (c)(2). Ratings issued by `on` count. Refused:
    `pool_member_missing` while an eligible employee is in no pool, and what certifying a pool
    refuses.
    """
    computation = payout_computation(run, on=on)
    alone = people_in_no_pool(computation.plan, effective=run.effective)
    if alone:
        raise Refused(
            "pool_member_missing",
            "9701.342(b)(2)",
            f"{len(alone):,} eligible employees were in no pay pool on "
            f"{computation.plan.period_end}: {', '.join(alone[:5])}.",
        )
    RunException.objects.filter(run=run).delete()
    groups = run.preview["groups"]
    for pool in computation.pools:
        certified = computation.certified(pool)
        store_lines(run, certified)
        RunException.objects.bulk_create(
            RunException(
                run=run, employee_id=employee_id, code=refusal.code, message=str(refusal)[:300]
            )
            for employee_id, refusal in certified.exceptions
        )
        groups[pool.code] = {**groups[pool.code], **pool_figures(certified)}
