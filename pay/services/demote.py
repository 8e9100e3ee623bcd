"""Demotion, by adverse action and otherwise (5 CFR 9701.354; R27, R29)."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from classification.models import Position
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.queries.directions import direction_to
from pay.queries.permanent_rate import Permanent, permanent_of, standing_denials
from pay.rules import demotion as rule
from pay.rules.demotion import ADVERSE, TEMPORARY_ENDED
from pay.rules.demotion import demote as demoted_rate
from pay.services.adverse import AdverseDecision, refuse_undecided
from pay.services.denials import close_denials
from pay.services.denials_left import leave_denials
from pay.services.moves import Move, Moving, NewRate, carry_out_move
from regulation.refusals import Refused
from workforce.models import Employee


def demote(
    employee: Employee,
    *,
    position: Position,
    basis: str,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    basic: int | None = None,
    decision: AdverseDecision | None = None,
    reason: str = "",
    area: str | None = None,
    version: int | None = None,
) -> PayAction:
    """Move somebody into a lower band, and set the rate of basic pay, in whole dollars.

    5 CFR 9701.354, 9701.356, 9701.357. An adverse demotion needs a decision and a rate within 10
    percent, or the lower maximum. The end of a temporary promotion returns to the permanent band at
    the rate as if never promoted. Other demotions take `basic`, or keep the former rate, retained
    where parameter retention.eligible_reasons lists `reason` or the basis. Closes denied increases
    as denied.close_on_band_change says. Refused: `not_a_demotion`, `movement_unmapped`,
    `not_adverse_action`, `reason_required`, `reduction_over_10`, `below_band_minimum`,
    `above_band_maximum`, `invalid_decision`, `invalid_parameter` for another basis, `not_eligible`
    without a temporary promotion, `band_mismatch` away from its permanent band, and what any move
    refuses.
    """
    permanent: list[Permanent] = []

    def set_rate(moving: Moving) -> NewRate:
        if basis == ADVERSE:
            refuse_undecided(
                employee, decision=decision, effective=effective, citation=rule.CITATION
            )
        if basis == TEMPORARY_ENDED:
            permanent.append(permanent_of(moving.person, on=effective))
        return rate_on_demotion(
            moving,
            basis=basis,
            basic=basic,
            reason=reason,
            permanent=permanent[0] if permanent else None,
        )

    def after(moving: Moving, new: NewRate) -> None:
        left = standing_denials(permanent[0]) if permanent else ()
        close_denials(
            employee.pk,
            on=effective,
            actor=actor,
            policy=moving.terms.policy,
            reason="demotion",
            keep=[denial.adjusted_on for denial in left],
        )
        leave_denials(moving.person, left, actor=actor, on=on)

    return carry_out_move(
        employee,
        move=Move(effective=effective, position=position, area=area),
        set_rate=set_rate,
        after=after,
        order=OrderKind.DEMOTION,
        chosen={
            "basis": basis,
            "basic": basic,
            "reason": reason,
            "decision": decision.reference if decision else None,
        },
        citation=rule.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def rate_on_demotion(
    moving: Moving,
    *,
    basis: str,
    basic: int | None,
    reason: str = "",
    permanent: Permanent | None = None,
) -> NewRate:
    """The rate of a move down (R27, R29); writes nothing."""
    terms = moving.terms
    if direction_to(moving.band, moving.to, on=terms.on) != "down":
        raise Refused(
            "not_a_demotion",
            "9701.304",
            f"{moving.to.code} is not a lower band than {moving.band.code}.",
        )
    if permanent is not None and permanent.band_id != moving.to.pk:
        raise Refused(
            "band_mismatch",
            "9701.604(b)(3)",
            f"A temporary promotion ends in the band held before it, not in {moving.to.code}.",
        )
    limits = terms.range_of(moving.to.pk)
    eligible = terms.policy["retention.eligible_reasons"]
    arguments: dict[str, Any] = {
        "basic": moving.basic,
        "basis": basis,
        "proposed": None if permanent is not None else basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retention_eligible": basis not in (ADVERSE, TEMPORARY_ENDED)
        and (reason in eligible or basis in eligible),
        "permanent": permanent.rate if permanent is not None else None,
    }
    result = demoted_rate(**arguments)
    return NewRate(
        kind=Kind.DEMOTION,
        step=step_of(Kind.DEMOTION, policy=terms.policy),
        rule=rule.RULE,
        citation=rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=result.basic < limits.minimum,
    )
