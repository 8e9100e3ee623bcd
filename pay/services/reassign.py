"""Reassignment: another duty station, category, position or band (R9, R28, R29)."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from classification.models import Position
from pay.kinds import Kind, duty_station_step, step_of
from pay.models import OrderKind, PayAction
from pay.queries.directions import direction_to
from pay.rules import movement, retention
from pay.rules.movement import lateral_rate
from pay.rules.retention import retained_or_in_range
from pay.services.denials import close_denials
from pay.services.moves import Move, Moving, NewRate, carry_out_move
from pay.services.promote import rate_on_promotion
from workforce.models import Employee


def reassign(
    employee: Employee,
    *,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    position: Position | None = None,
    area: str | None = None,
    special_category: str | None = None,
    reason: str = "management_directed",
    version: int | None = None,
) -> PayAction:
    """Move somebody and set the rate as the direction of the move asks (R28).

    5 CFR 9701.304, 9701.355, 9701.356(a), (b). Lateral, basic pay is kept; down, the former rate is
    kept or retained where parameter retention.eligible_reasons lists the reason, else cut to the
    maximum; up, it is a promotion. In a lateral move an open case below the minimum goes on with
    the same day 90. Refused: `movement_unmapped`, and what any move refuses.
    """
    rates: list[str] = []

    def set_rate(moving: Moving) -> NewRate:
        direction = direction_to(moving.band, moving.to, on=effective)
        rates.append(direction)
        if direction == "up":
            return rate_on_promotion(moving, percent=None)
        eligible = reason in moving.terms.policy["retention.eligible_reasons"]
        if direction == "down":
            return _down(moving, eligible=eligible)
        return _lateral(moving, eligible=eligible, duty_station_alone=position is None)

    def after(moving: Moving, new: NewRate) -> None:
        if rates[-1] != "lateral":
            close_denials(
                employee.pk, on=effective, actor=actor, policy=moving.terms.policy, reason="move"
            )

    return carry_out_move(
        employee,
        move=Move(
            effective=effective, position=position, area=area, special_category=special_category
        ),
        set_rate=set_rate,
        after=after,
        order=OrderKind.REASSIGNMENT,
        chosen={
            "reason": reason,
            "position": position.number if position else None,
            "area": area,
            "special_category": special_category,
        },
        citation=movement.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def _down(moving: Moving, *, eligible: bool) -> NewRate:
    limits = moving.terms.range_of(moving.to.pk)
    arguments: dict[str, Any] = {
        "former": moving.basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "eligible": eligible,
    }
    result = retained_or_in_range(**arguments)
    return NewRate(
        kind=Kind.REASSIGNMENT,
        step=step_of(Kind.REASSIGNMENT, policy=moving.terms.policy),
        rule=retention.RULE,
        citation="9701.356(a)",
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
    )


def _lateral(moving: Moving, *, eligible: bool, duty_station_alone: bool) -> NewRate:
    limits = moving.terms.range_of(moving.to.pk)
    same_band = moving.to.pk == moving.band.id
    arguments: dict[str, Any] = {
        "basic": moving.basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retention_eligible": eligible or (moving.person.retained and same_band),
        "below_minimum_by_denial": moving.person.below_minimum,
    }
    result = lateral_rate(**arguments)
    policy = moving.terms.policy
    return NewRate(
        kind=Kind.REASSIGNMENT,
        step=duty_station_step(policy=policy)
        if duty_station_alone
        else step_of(Kind.REASSIGNMENT, policy=policy),
        rule=movement.RULE,
        citation=movement.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=result.basic < limits.minimum,
    )
