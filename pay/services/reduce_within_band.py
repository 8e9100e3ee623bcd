"""Reduction of basic pay within the band, by a decision under subpart F (5 CFR 9701.343; R21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.rules import within_band_reduction as rule
from pay.rules.within_band_reduction import reduce_within_band as reduced_rate
from pay.services.adverse import AdverseDecision, refuse_undecided
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from workforce.models import Employee


def reduce_within_band(
    employee: Employee,
    *,
    basic: int,
    reason: str,
    decision: AdverseDecision | None,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    version: int | None = None,
) -> PayAction:
    """Lower basic pay to a rate of the band, in whole dollars, on any day.

    5 CFR 9701.343, 9701.604(a), 9701.611(d). At most 10 percent, rounded up, and not below the
    minimum; no pay is retained. Refused: `not_adverse_action` without a decision or for another
    reason than unacceptable performance or conduct, `reduction_over_10`, `below_band_minimum`,
    `no_effect`, `invalid_decision` before its delivery, and what any change refuses.
    """

    def set_rate(changing: Changing) -> NewRate:
        refuse_undecided(employee, decision=decision, effective=effective, citation=rule.CITATION)
        return rate_on_reduction(changing, basic=basic, reason=reason)

    return carry_out_change(
        employee,
        effective=effective,
        set_rate=set_rate,
        order=OrderKind.WITHIN_BAND_REDUCTION,
        chosen={
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


def rate_on_reduction(changing: Changing, *, basic: int, reason: str) -> NewRate:
    """The reduced rate (R21); writes nothing."""
    limits = changing.terms.range_of(changing.band.id)
    arguments: dict[str, Any] = {
        "basic": changing.basic,
        "proposed": basic,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retained": changing.person.retained,
        "reason": reason,
    }
    result = reduced_rate(**arguments)
    return NewRate(
        kind=Kind.WITHIN_BAND_REDUCTION,
        step=step_of(Kind.WITHIN_BAND_REDUCTION, policy=changing.terms.policy),
        rule=rule.RULE,
        citation=rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
    )
