"""Denied increases of the permanent band that a temporary promotion leaves behind (R7, R8, R27)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casework.actor import Actor
from casework.models import DeadlineState
from pay.deadlines import CLOCK_ALERTS, CLOCK_CITATION
from pay.models import DeniedIncrease, PayAction
from pay.queries.people import PersonPay
from pay.queries.permanent_rate import StandingDenial
from pay.rules.denied_increase import ninety_day_deadline
from pay.services.denials import NewDenial, end_clocks, move, open_denials, start_clock

#: 5 CFR 9701.324: a denial that leaves the rate at or above the minimum has no deadline.
OPEN_CITATION = "9701.324"


def leave_denials(
    person: PersonPay, denials: Iterable[StandingDenial], *, actor: Actor, on: date
) -> None:
    """Let the cases of these denials stand, on the figures of the permanent band.

    5 CFR 9701.324, 9701.325(a): the date, and with it day 90, stays that of the adjustment. A case
    of the same date from the temporary band goes on with the new figures.
    """
    for denial in denials:
        case = DeniedIncrease.objects.filter(
            employee_id=person.employee_id, kind="range", adjusted_on=denial.adjusted_on
        ).first()
        if case is None:
            _open(person, denial, actor=actor, on=on)
        elif case.closed_on is None:
            refigure(case, denial, actor=actor, on=on)


def _open(person: PersonPay, denial: StandingDenial, *, actor: Actor, on: date) -> None:
    open_denials(
        [
            NewDenial(
                employee_id=person.employee_id,
                action_id=PayAction.objects.filter(employee_id=person.employee_id).latest("pk").pk,
                rating_id=person.ratings[-1].rating_id,
                adjusted_on=denial.adjusted_on,
                percentage=denial.percentage,
                basic=denial.basic,
                below_minimum=denial.below_minimum,
            )
        ],
        actor=actor,
        on=on,
    )


def refigure(case: DeniedIncrease, denial: StandingDenial, *, actor: Actor, on: date) -> None:
    """Let an open case go on with other figures; day 90 stays that of its adjustment."""
    was_below = case.below_minimum

    def do(fresh: DeniedIncrease) -> None:
        fresh.percentage = f"{denial.percentage.numerator}/{denial.percentage.denominator}"
        fresh.basic_denied = denial.basic
        fresh.below_minimum = denial.below_minimum
        fresh.due_on = ninety_day_deadline(denial.adjusted_on) if denial.below_minimum else None
        fresh.citation = CLOCK_CITATION if denial.below_minimum else OPEN_CITATION

    fresh = move(
        case,
        do,
        name="return_to_permanent_band",
        actor=actor,
        on=on,
        citation="9701.354",
        detail={"basic": denial.basic},
    )
    if was_below and not denial.below_minimum:
        end_clocks(fresh, state=DeadlineState.CANCELLED, on=on, by="not below the minimum")
    elif denial.below_minimum and not was_below:
        past = [day for day in CLOCK_ALERTS if (on - denial.adjusted_on).days >= day]
        start_clock(fresh, sent=past)
