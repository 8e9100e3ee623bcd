"""An increase before a move to a General Schedule position with higher duties (R38)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.rules import representative_rate as rule
from pay.rules.representative_rate import increase_before_gs_move as raised_rate
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from workforce.models import Employee


def increase_before_gs_move(
    employee: Employee,
    *,
    target: str,
    percent: Decimal,
    moves_on: date,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """Raise basic pay once, on the day before a move to the General Schedule; half up.

    5 CFR 9701.357(f), (b). `percent` is the directive's (6 is 6 %), `target` the position of higher
    duties in the Department. Not above the maximum; no promotion. Refused: `reason_required`
    without a target, `invalid_input`, and what any change refuses.
    """
    return carry_out_change(
        employee,
        effective=moves_on - timedelta(days=1),
        set_rate=lambda changing: _rate(changing, percent=percent, target=target),
        order=OrderKind.BEFORE_GS_MOVE,
        chosen={"target": target, "percent": percent, "moves_on": moves_on},
        citation=rule.GS_CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def _rate(changing: Changing, *, percent: Decimal, target: str) -> NewRate:
    limits = changing.terms.range_of(changing.band.id)
    arguments: dict[str, Any] = {
        "basic": changing.basic,
        "percent": percent,
        "maximum": limits.maximum,
        "target": target,
    }
    result = raised_rate(**arguments)
    return NewRate(
        kind=Kind.BEFORE_GS_MOVE,
        step=step_of(Kind.BEFORE_GS_MOVE, policy=changing.terms.policy),
        rule=rule.RULE,
        citation=rule.GS_CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=changing.person.retained,
        below_minimum=result.basic < limits.minimum,
    )
