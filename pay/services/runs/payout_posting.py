"""Posting the certified lines of one chunk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.models import PayoutLine, PayPool, PayRun, RunException
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.services.orders import Decision
from pay.services.post_payouts import due_line, post_payouts
from pay.services.runs.outcomes import Mark, Outcome
from pay.services.runs.payout_preview import level_text
from pay.services.runs.plans import PayoutPlan
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused


def post_payout(
    run: PayRun, *, pool: PayPool, ids: Sequence[int], actor: Actor, on: date
) -> list[Outcome]:
    """Pay what the lines of these people say (5 CFR 9701.342(d)); each one's outcome."""
    lock_and_settle(ids, on=on, effective=run.effective)
    mode = PayoutPlan.from_json(run.plan).mode
    text = run.preview["groups"][pool.code]["value"]
    value = None if text is None else Decimal(text)
    rows = binary_rows(_LINES, {"run": run.pk, "pool": pool.pk, "first": ids[0], "last": ids[-1]})
    lines = {row[0]: _Line._make(row) for row in rows}
    found = post_payouts(
        (due_line(line, mode=mode, value=value) for line in lines.values()),
        people=load(ids, on=run.effective, rated=False),
        terms=terms_on(run.effective),
        decision=Decision(actor=actor, authority=run.title, run_id=run.pk),
        on=on,
    )
    adjusted = {posting.employee_id: posting.adjusted for posting in found.postings}
    refused = dict(found.exceptions)
    paid = [
        _refused(line, refused[employee_id], group=pool.code)
        if employee_id in refused
        else _paid(line, group=pool.code, adjusted=adjusted.get(employee_id))
        for employee_id, line in lines.items()
    ]
    others = set(ids) - lines.keys()
    alone = RunException.objects.filter(run=run, employee_id__in=others) if others else ()
    outcomes = paid + [outcome_of_exception(each, group=pool.code) for each in alone]
    return sorted(outcomes, key=lambda outcome: outcome.employee_id)


class _Line(NamedTuple):
    """What is read of a certified line."""

    employee_id: int
    level: str
    level_source: str
    points: Decimal
    proration: str
    basic: int
    band_maximum: int
    retained: bool
    increase: int
    lump_sum: Decimal


_LINES = """
SELECT employee_id, level, level_source, points, proration, basic, band_maximum, retained, increase,
       lump_sum
  FROM pay_payoutline
 WHERE run_id = %(run)s::bigint AND pool_id = %(pool)s::bigint
   AND employee_id BETWEEN %(first)s::bigint AND %(last)s::bigint
 ORDER BY employee_id
"""


def _paid(line: PayoutLine | _Line, *, group: str, adjusted: int | None) -> Outcome:
    marks = [Mark.INCREASE] * (line.increase > 0) + [Mark.LUMP_SUM] * (line.lump_sum > 0)
    return Outcome(
        employee_id=line.employee_id,
        group=group,
        marks=tuple(marks) or (Mark.UNCHANGED,),
        before=line.basic,
        after=line.basic + line.increase,
        adjusted=adjusted,
        lump_sum=int(line.lump_sum),
        level=level_text(line.level, line.level_source),
        posted=bool(marks),
    )


def outcome_of_line(line: PayoutLine) -> Outcome:
    """What a certified line pays."""
    return _paid(line, group=line.pool.code, adjusted=None)


def outcome_of_exception(exception: RunException, *, group: str) -> Outcome:
    """Somebody whom the certification left alone."""
    return Outcome(
        employee_id=exception.employee_id,
        group=group,
        marks=(Mark.EXCEPTION,),
        code=exception.code,
        message=exception.message,
    )


def _refused(line: _Line, refusal: Refused, *, group: str) -> Outcome:
    return Outcome(
        employee_id=line.employee_id,
        group=group,
        marks=(Mark.EXCEPTION,),
        before=line.basic,
        after=line.basic,
        level=level_text(line.level, line.level_source),
        code=refusal.code,
        message=str(refusal)[:300],
    )
