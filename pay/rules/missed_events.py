"""What an absent employee's rate, or the rate of a band left for a time, would have become.

The changes between are replayed one by one, each rounded as its own rule rounds (R20, R27).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from pay.rules.denied_increase import Denial
from pay.rules.developmental import developmental_rate
from pay.rules.payout import PayoutResult, payout
from pay.rules.range_change import RangeChange
from pay.rules.range_increase import RangeIncreaseResult, range_increase


@dataclass(frozen=True, slots=True)
class MissedRangeAdjustment:
    """An adjustment of the band's range, and whether the gate of its own date denies it (R4)."""

    effective: date
    change: RangeChange
    denied: bool


@dataclass(frozen=True, slots=True)
class MissedPayout:
    """A payout by the points of the last rating, or the modal one, at that cycle's point value.

    `proration` leaves out no day of uniformed service or injury compensation (342(f), (g)).
    """

    effective: date
    mode: str
    value: Decimal | None
    points: Decimal
    proration: Fraction
    maximum: int


@dataclass(frozen=True, slots=True)
class MissedDevelopmental:
    """A step of the progression plan that the directive credits: dollars, or percent (6 is 6 %)."""

    effective: date
    amount: int | None
    percent: Decimal | None
    maximum: int


MissedEvent: TypeAlias = MissedRangeAdjustment | MissedPayout | MissedDevelopmental

#: R39: of one day's changes a range adjustment comes first, then the payout, then a step.
_ORDER: dict[type, int] = {MissedRangeAdjustment: 1, MissedPayout: 4, MissedDevelopmental: 5}


@dataclass(frozen=True, slots=True)
class Replayed:
    """One change: the rate before and after it, in whole dollars, and what no maximum let in."""

    event: MissedEvent
    before: int
    was_retained: bool
    outcome: RangeIncreaseResult | PayoutResult | None
    basic: int
    retained: bool
    not_paid: int


def in_order(events: Sequence[MissedEvent]) -> list[MissedEvent]:
    """By date, and within a day as R39 orders them."""
    return sorted(events, key=lambda event: (event.effective, _ORDER[type(event)]))


def replayed_events(
    basic: int, *, retained: bool, events: Sequence[MissedEvent]
) -> Iterator[Replayed]:
    """Each change on the rate that the one before it left; a payout's excess is not paid.

    5 CFR 9701.342(f), 9701.323, 9701.356(c), 9701.357. `retained`: the rate is above the maximum.
    """
    for event in in_order(events):
        step = _replayed(basic, retained=retained, event=event)
        yield step
        basic, retained = step.basic, step.retained


def denials_left(steps: Sequence[Replayed]) -> tuple[Denial, ...]:
    """Increases denied on their own date, which a new rating releases after the return (R7)."""
    return tuple(
        Denial(percentage=step.outcome.withheld, effective=step.event.effective)
        for step in steps
        if isinstance(step.outcome, RangeIncreaseResult) and step.outcome.withheld
    )


def _replayed(basic: int, *, retained: bool, event: MissedEvent) -> Replayed:
    if isinstance(event, MissedRangeAdjustment):
        adjusted = range_increase(
            basic, change=event.change, retained=retained, denied=event.denied
        )
        return Replayed(
            event=event,
            before=basic,
            was_retained=retained,
            outcome=adjusted,
            basic=adjusted.basic,
            retained=adjusted.retained,
            not_paid=adjusted.lost,
        )
    if isinstance(event, MissedPayout):
        paid = payout(
            basic,
            mode=event.mode,
            value=event.value,
            points=event.points,
            proration=event.proration,
            maximum=event.maximum,
            excess_lump=False,
        )
        return Replayed(
            event=event,
            before=basic,
            was_retained=retained,
            outcome=paid,
            basic=paid.basic,
            retained=retained,
            not_paid=paid.amount - paid.increase,
        )
    step = developmental_rate(
        basic, amount=event.amount, percent=event.percent, maximum=event.maximum
    )
    return Replayed(
        event=event,
        before=basic,
        was_retained=retained,
        outcome=None,
        basic=step.basic,
        retained=retained,
        not_paid=step.lost,
    )
