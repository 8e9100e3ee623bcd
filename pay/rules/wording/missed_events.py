"""The replay of missed changes, and the return to duty, in words (R20)."""

from __future__ import annotations

from collections.abc import Sequence

from pay.rules.missed_events import (
    MissedEvent,
    MissedPayout,
    MissedRangeAdjustment,
    Replayed,
    replayed_events,
)
from pay.rules.payout import PayoutResult
from pay.rules.range_increase import RangeIncreaseResult
from pay.rules.return_to_duty import ReturnResult
from pay.rules.wording.developmental import describe_rise
from pay.rules.wording.figures import Lines, dollars
from pay.rules.wording.payout import describe_payout
from pay.rules.wording.range_increase import describe_range_increase


def describe_return(
    result: ReturnResult, *, basic: int, retained: bool, events: Sequence[MissedEvent]
) -> Lines:
    """R20 in words."""
    return [
        f"The rate on departure was {dollars(basic)}.",
        *describe_replay(basic, retained=retained, events=events),
        f"From the day of return basic pay is {dollars(result.basic)}; nothing is paid for the "
        "time before.",
    ]


def describe_replay(basic: int, *, retained: bool, events: Sequence[MissedEvent]) -> Lines:
    """Each missed change with its date, in the words of its own rule."""
    return [
        f"{step.event.effective.isoformat()}: {line}"
        for step in replayed_events(basic, retained=retained, events=events)
        for line in _lines(step)
    ]


def _lines(step: Replayed) -> Lines:
    event, outcome = step.event, step.outcome
    if isinstance(event, MissedRangeAdjustment) and isinstance(outcome, RangeIncreaseResult):
        return describe_range_increase(
            outcome,
            basic=step.before,
            change=event.change,
            retained=step.was_retained,
            denied=event.denied,
        )
    if isinstance(event, MissedPayout) and isinstance(outcome, PayoutResult):
        return describe_payout(
            outcome,
            basic=step.before,
            mode=event.mode,
            value=event.value,
            points=event.points,
            proration=event.proration,
            maximum=event.maximum,
            excess_lump=False,
        )
    percent = None if isinstance(event, (MissedRangeAdjustment, MissedPayout)) else event.percent
    return describe_rise(step.before, new=step.basic, lost=step.not_paid, percent=percent)
