"""A step of the progression plan in the Entry/Developmental band (5 CFR 9701.345; R23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction, StepTaken
from pay.queries.progression import NextStep, next_step, plan_in_force
from pay.rules import developmental as rule
from pay.rules.developmental import Pace
from pay.rules.developmental import developmental_step as stepped_rate
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from regulation.refusals import Refused
from workforce.models import Employee


@transaction.atomic
def developmental_step(
    employee: Employee,
    *,
    points: Sequence[str],
    certified: Sequence[str],
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    amount: int | None = None,
    percent: Decimal | None = None,
    pace: Pace | None = None,
    version: int | None = None,
) -> PayAction:
    """Raise basic pay by a step whose points are certified: whole dollars or percent, half up.

    5 CFR 9701.345, 9701.357(b). Not above the maximum; time alone releases no step. `pace` is the
    time served beside the standard one. Where the band has a progression plan, its next step gives
    points, rise and time, and only certifications on record count; of what is given the reason of
    the pace is taken. Refused: `not_eligible` in another band, on an unacceptable rating, with a
    point not certified or past the last step, `reason_required` early or late without a reason,
    `invalid_input` unless there is one amount or percentage above zero, or for another one than the
    plan's, `no_effect` at the maximum, and what any change refuses.
    """
    planned: list[NextStep] = []

    def set_rate(changing: Changing) -> NewRate:
        step = _of_plan(employee, changing, amount=amount, percent=percent)
        if step is None:
            return _rate(
                changing,
                amount=amount,
                percent=percent,
                points=points,
                certified=certified,
                pace=pace,
            )
        planned.append(step)
        return _rate(
            changing,
            amount=step.amount,
            percent=step.percent,
            points=step.points,
            certified=step.certified,
            pace=_pace_of(step, reason=pace.reason if pace is not None else ""),
        )

    action = carry_out_change(
        employee,
        effective=effective,
        set_rate=set_rate,
        order=OrderKind.DEVELOPMENTAL,
        chosen={
            "amount": amount,
            "percent": percent,
            "points": points,
            "certified": certified,
            "pace": pace,
        },
        citation=rule.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )
    if planned:
        StepTaken.objects.create(
            employee_id=action.employee_id, step_id=planned[0].step_id, action=action
        )
    return action


def _of_plan(
    employee: Employee, changing: Changing, *, amount: int | None, percent: Decimal | None
) -> NextStep | None:
    """The next step of the plan of the band held, if it has one; another rise is refused."""
    band, on = changing.band, changing.terms.on
    if not band.entry_developmental or plan_in_force(band.id, on=on) is None:
        return None
    step = next_step(employee, band_id=band.id, on=on)
    if step is None:
        message = "Every step of the progression plan is taken."
        raise Refused("not_eligible", rule.CITATION, message)
    given = (amount, percent)
    if given not in ((None, None), (step.amount, step.percent)):
        rise = f"{step.amount:,} dollars" if step.amount else f"{step.percent} percent"
        message = f"Step {step.number} of the progression plan is {rise}."
        raise Refused("invalid_input", rule.CITATION, message)
    return step


def _pace_of(step: NextStep, *, reason: str) -> Pace | None:
    if step.standard_months is None:
        return None
    return Pace(step.months_served, step.standard_months, reason)


def _rate(
    changing: Changing,
    *,
    amount: int | None,
    percent: Decimal | None,
    points: Sequence[str],
    certified: Sequence[str],
    pace: Pace | None,
) -> NewRate:
    limits = changing.terms.range_of(changing.band.id)
    arguments: dict[str, Any] = {
        "basic": changing.basic,
        "amount": amount,
        "percent": percent,
        "points": points,
        "certified": certified,
        "maximum": limits.maximum,
        "entry_developmental": changing.band.entry_developmental,
        "unacceptable": changing.unacceptable,
        "pace": pace,
    }
    result = stepped_rate(**arguments)
    if result.basic == changing.basic:
        message = f"{changing.basic:,} has no room for a step: the maximum is {limits.maximum:,}."
        raise Refused("no_effect", "9701.357(b)", message)
    return NewRate(
        kind=Kind.DEVELOPMENTAL,
        step=step_of(Kind.DEVELOPMENTAL, policy=changing.terms.policy),
        rule=rule.RULE,
        citation=rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=changing.person.retained,
        below_minimum=result.basic < limits.minimum,
    )
