"""Promotion (5 CFR 9701.353; R25, R26)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from classification.models import BandLevel, Position
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.pricing import supplement_of
from pay.queries.directions import direction_to
from pay.rules import promotion as rule
from pay.rules.promotion import SupplementPercents
from pay.rules.promotion import promote as promoted_rate
from pay.services.denials import close_denials
from pay.services.moves import Move, Moving, NewRate, carry_out_move
from regulation.refusals import Refused
from workforce.models import Employee

PLAN_CITATION = "9701.353(b)(1)"


def promote(
    employee: Employee,
    *,
    position: Position,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    percent: Decimal | None = None,
    reason: str = "",
    temporary: bool = False,
    area: str | None = None,
    version: int | None = None,
) -> PayAction:
    """Promote into a position of a higher band, and set the rate of basic pay.

    5 CFR 9701.353, 9701.356(a), 9701.357. `percent` (8 is 8 %) is that of the progression plan from
    Entry/Developmental to Full Performance, and elsewhere replaces parameter promotion.pct, never
    below 8. Closes denied increases as denied.close_on_band_change says. Refused:
    `not_a_promotion`, `movement_unmapped`, `parameter_missing`, `invalid_parameter`, and what any
    move refuses.
    """

    def after(moving: Moving, new: NewRate) -> None:
        close_denials(
            employee.pk, on=effective, actor=actor, policy=moving.terms.policy, reason="promotion"
        )

    return carry_out_move(
        employee,
        move=Move(effective=effective, position=position, area=area, temporary=temporary),
        set_rate=lambda moving: rate_on_promotion(moving, percent=percent),
        after=after,
        order=OrderKind.PROMOTION,
        chosen={"percent": percent, "reason": reason, "temporary": temporary},
        citation=rule.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def rate_on_promotion(moving: Moving, *, percent: Decimal | None) -> NewRate:
    """The rate of a move up (R25, R26)."""
    person, terms = moving.person, moving.terms
    if direction_to(moving.band, moving.to, on=terms.on) != "up":
        raise Refused(
            "not_a_promotion",
            "9701.304",
            f"{moving.to.code} is not a higher band than {moving.band.code}.",
        )
    by_plan = moving.band.entry_developmental and moving.to.level == BandLevel.FULL_PERFORMANCE
    if by_plan and percent is None:
        raise Refused(
            "parameter_missing",
            PLAN_CITATION,
            "Out of Entry/Developmental the progression plan gives the percentage; name it.",
        )
    limits = terms.range_of(moving.to.pk)
    arguments: dict[str, Any] = {
        "basic": moving.basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "percent": terms.policy["promotion.pct"] if percent is None else percent / 100,
        "current_maximum": terms.range_of(moving.band.id).maximum,
        "retained": person.retained,
        "listed_circumstance": by_plan,
    }
    if terms.policy["promotion.includes_supplement"] and not by_plan:
        arguments["supplements"] = SupplementPercents(
            old=supplement_of(moving.moved, band_id=moving.band.id, terms=terms).percent,
            new=supplement_of(moving.moved, band_id=moving.to.pk, terms=terms).percent,
        )
    result = promoted_rate(**arguments)
    return NewRate(
        kind=Kind.PROMOTION,
        step=step_of(Kind.PROMOTION, policy=terms.policy),
        rule=rule.RETAINED_RULE if person.retained else rule.RULE,
        citation=_citation(person.retained, by_plan=by_plan),
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
    )


def _citation(retained: bool, *, by_plan: bool) -> str:
    if by_plan:
        return PLAN_CITATION
    return rule.RETAINED_CITATION if retained else rule.CITATION
