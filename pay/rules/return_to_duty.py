"""Basic pay upon return from uniformed service or injury compensation (R20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pay.rules.denied_increase import Denial
from pay.rules.missed_events import MissedEvent, denials_left, replayed_events

RULE = "R20"
VERSION = 1
CITATION = "9701.342(f)"
INJURY_CITATION = "9701.342(g)"


@dataclass(frozen=True, slots=True)
class ReturnResult:
    """Basic pay, in whole dollars, from the day of return on; nothing is owed for the absence.

    `withheld` are range increases denied on their own date, open for release by a new rating;
    `not_paid` is what maximums cut off, in dollars a year, paid in no form.
    """

    basic: int
    retained: bool
    withheld: tuple[Denial, ...]
    not_paid: int


def return_to_duty(basic: int, *, retained: bool, events: Sequence[MissedEvent]) -> ReturnResult:
    """The rate at departure with every missed increase on it, set prospectively.

    5 CFR 9701.342(f), (g). `basic` and `retained` are those of the last day before the absence. The
    events are taken by date and the order of the day, each rounded by its own rule, with the range
    and point value of its time; what goes above a maximum is not paid.
    """
    steps = list(replayed_events(basic, retained=retained, events=events))
    return ReturnResult(
        basic=steps[-1].basic if steps else basic,
        retained=steps[-1].retained if steps else retained,
        withheld=denials_left(steps),
        not_paid=sum(step.not_paid for step in steps),
    )
