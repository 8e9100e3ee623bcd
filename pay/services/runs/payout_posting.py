"""Posting the certified lines of one chunk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pay.deadlines import lock_and_settle
from pay.ledger import post_many
from pay.models import PayoutLine, PayPool, PayRun, RunException
from pay.pricing import Source
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.services.pay_out import due_line, postings_for_payout
from pay.services.runs.outcomes import Mark, Outcome
from pay.services.runs.payout_preview import level_text
from pay.services.runs.plans import PayoutPlan


def post_payout(run: PayRun, *, pool: PayPool, ids: Sequence[int], on: date) -> list[Outcome]:
    """Pay what the lines of these people say (5 CFR 9701.342(d)); each one's outcome."""
    lock_and_settle(ids, on=on, effective=run.effective)
    lines = list(
        PayoutLine.objects.filter(
            run=run, pool=pool, employee_id__gte=ids[0], employee_id__lte=ids[-1]
        )
        .select_related("pool")
        .order_by("employee_id")
    )
    mode = PayoutPlan.from_json(run.plan).mode
    values = {
        code: None if pool["value"] is None else Decimal(pool["value"])
        for code, pool in run.preview["groups"].items()
    }
    found = postings_for_payout(
        (due_line(line, mode=mode, value=values[line.pool.code]) for line in lines),
        people=load(ids, on=run.effective),
        terms=terms_on(run.effective),
        source=Source(run_id=run.pk, authority=run.title),
    )
    post_many(found.postings)
    adjusted = {posting.employee_id: posting.adjusted for posting in found.postings}
    refused = dict(found.exceptions)
    paid = [
        _refused(line, refused[line.employee_id].code, str(refused[line.employee_id]))
        if line.employee_id in refused
        else outcome_of_line(line, adjusted=adjusted.get(line.employee_id))
        for line in lines
    ]
    certified = {line.employee_id for line in lines}
    alone = RunException.objects.filter(run=run, employee_id__in=set(ids) - certified)
    outcomes = paid + [outcome_of_exception(each, group=pool.code) for each in alone]
    return sorted(outcomes, key=lambda outcome: outcome.employee_id)


def outcome_of_line(line: PayoutLine, *, adjusted: int | None = None) -> Outcome:
    """What a certified line pays."""
    marks = [Mark.INCREASE] * (line.increase > 0) + [Mark.LUMP_SUM] * (line.lump_sum > 0)
    return Outcome(
        employee_id=line.employee_id,
        group=line.pool.code,
        marks=tuple(marks) or (Mark.UNCHANGED,),
        before=line.basic,
        after=line.basic + line.increase,
        adjusted=adjusted,
        lump_sum=int(line.lump_sum),
        level=level_text(line.level, line.level_source),
        posted=bool(marks),
    )


def outcome_of_exception(exception: RunException, *, group: str) -> Outcome:
    """Somebody whom the certification left alone."""
    return Outcome(
        employee_id=exception.employee_id,
        group=group,
        marks=(Mark.EXCEPTION,),
        code=exception.code,
        message=exception.message,
    )


def _refused(line: PayoutLine, code: str, message: str) -> Outcome:
    return Outcome(
        employee_id=line.employee_id,
        group=line.pool.code,
        marks=(Mark.EXCEPTION,),
        before=line.basic,
        after=line.basic,
        level=level_text(line.level, line.level_source),
        code=code,
        message=message[:300],
    )
