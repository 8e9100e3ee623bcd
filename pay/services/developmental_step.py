"""A step of the progression plan in the Entry/Developmental band (5 CFR 9701.345; R23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.rules import developmental as rule
from pay.rules.developmental import Pace
from pay.rules.developmental import developmental_step as stepped_rate
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from regulation.refusals import Refused
from workforce.models import Employee


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
    time served beside the standard one. Refused: `not_eligible` in another band, on an unacceptable
    rating or with a point not certified, `reason_required` early or late without a reason,
    `invalid_input` unless there is one amount or percentage above zero, `no_effect` at the maximum,
    and what any change refuses.
    """

    def set_rate(changing: Changing) -> NewRate:
        return _rate(
            changing, amount=amount, percent=percent, points=points, certified=certified, pace=pace
        )

    return carry_out_change(
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
