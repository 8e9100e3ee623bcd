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
from pay.queries.demotions import is_repromotion
from pay.queries.directions import direction_to
from pay.rules import promotion as rule
from pay.rules.promotion import SupplementPercents
from pay.rules.promotion import promote as promoted_rate
from pay.services.denials import close_denials
from pay.services.moves import Move, Moving, NewRate, carry_out_move
from regulation.refusals import Refused
from workforce.models import Employee

PLAN_CITATION = "9701.353(b)(1)"
REPROMOTION_CITATION = "9701.353(b)(2)"
LISTED_CITATION = "9701.353(b)(3)"
#: Of the circumstances that a directive lists, the one that a demotion before makes.
REPROMOTION = "repromotion"


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
    below 8. Where parameter promotion.circumstances lists `reason`, or a repromotion after a
    demotion, its increase goes before them. Closes denied increases as denied.close_on_band_change
    says. Refused: `not_a_promotion`, `movement_unmapped`, `parameter_missing`, `invalid_parameter`,
    and what any move refuses.
    """

    def after(moving: Moving, new: NewRate) -> None:
        close_denials(
            employee.pk, on=effective, actor=actor, policy=moving.terms.policy, reason="promotion"
        )

    return carry_out_move(
        employee,
        move=Move(effective=effective, position=position, area=area, temporary=temporary),
        set_rate=lambda moving: rate_on_promotion(moving, percent=percent, reason=reason),
        after=after,
        order=OrderKind.PROMOTION,
        chosen={"percent": percent, "reason": reason, "temporary": temporary},
        citation=rule.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def rate_on_promotion(moving: Moving, *, percent: Decimal | None, reason: str = "") -> NewRate:
    """The rate of a move up (R25, R26). Raises Refused parameter_missing."""
    person, terms = moving.person, moving.terms
    terms.policy.require("promotion.over_max", "round.annual")
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
    listed = None if percent is not None else _listed(moving, reason=reason)
    limits = terms.range_of(moving.to.pk)
    arguments: dict[str, Any] = {
        "basic": moving.basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "percent": _part(moving, percent=percent, listed=listed),
        "current_maximum": terms.range_of(moving.band.id).maximum,
        "retained": person.retained,
        "listed_circumstance": by_plan or listed is not None,
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
        citation=_citation(person.retained, by_plan=by_plan, listed=listed),
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
    )


def _listed(moving: Moving, *, reason: str) -> str | None:
    """The circumstance of the directive that this promotion is in, if it is in one.

    5 CFR 9701.353(b)(2), (3). A repromotion is known by the demotion before it, never by its name.
    """
    circumstances = moving.terms.policy["promotion.circumstances"]
    employee_id = moving.person.employee_id
    if REPROMOTION in circumstances and is_repromotion(
        employee_id, to=moving.to, on=moving.terms.on
    ):
        return REPROMOTION
    return reason if reason in circumstances and reason != REPROMOTION else None


def _part(moving: Moving, *, percent: Decimal | None, listed: str | None) -> Decimal:
    policy = moving.terms.policy
    if percent is not None:
        return percent / 100
    if listed is not None:
        return Decimal(str(policy["promotion.circumstances"][listed]))
    return Decimal(policy["promotion.pct"])


def _citation(retained: bool, *, by_plan: bool, listed: str | None) -> str:
    if by_plan:
        return PLAN_CITATION
    if listed is not None:
        return REPROMOTION_CITATION if listed == REPROMOTION else LISTED_CITATION
    return rule.RETAINED_CITATION if retained else rule.CITATION
