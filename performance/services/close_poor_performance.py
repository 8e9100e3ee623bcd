"""Closing a record of poor performance (5 CFR 9701.408(b))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.work_items import finish_work_item
from performance.models import PoorPerformanceOutcome, PoorPerformanceRecord
from performance.rules.poor_performance import ACT
from performance.services.guards import require
from performance.services.poor_performance_act import act_on_record, tell_employee_of
from performance.services.remind_of_poor_performance import NO_ACTION
from regulation.refusals import Refused

OUTCOMES = tuple(PoorPerformanceOutcome.choices[1:])


def close_poor_performance(
    record: PoorPerformanceRecord,
    *,
    outcome: str,
    note: str,
    actor: Actor,
    on: date,
    version: int,
) -> PoorPerformanceRecord:
    """Say what came of it: improved, an adverse action, or something else.

    Raises Refused: what `act_on_record` refuses, `invalid_input`, `reason_required`.
    """

    def close(fresh: PoorPerformanceRecord) -> None:
        if outcome not in dict(OUTCOMES):
            raise Refused("invalid_input", ACT, "Say what came of it.")
        fresh.close(outcome=outcome, note=require(note, "what came of it in words"), on=on)

    saved = act_on_record(
        record,
        name="close_poor_performance",
        do=close,
        actor=actor,
        on=on,
        version=version,
        citation=ACT,
        detail={"outcome": outcome},
    )
    finish_work_item(saved, kind=NO_ACTION, on=on)
    tell_employee_of(saved, title="A record about your performance was closed", on=on)
    return saved
