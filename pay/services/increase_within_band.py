"""A special increase within the band, beside the payout (5 CFR 9701.344; R22)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.actor import Actor
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction
from pay.rules import special_increase as rule
from pay.rules.special_increase import increase_within_band as increased_rate
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from workforce.models import Employee

#: 5 CFR 9701.344: skills, contributions, and other circumstances that a directive sets.
REASONS = ("exceptional_skills", "exceptional_contributions", "other")


def increase_within_band(
    employee: Employee,
    *,
    reason: str,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    amount: int | None = None,
    percent: Decimal | None = None,
    version: int | None = None,
) -> PayAction:
    """Raise basic pay by whole dollars, or a percentage (4 is 4 %, half up), up to the maximum.

    5 CFR 9701.344, 9701.357(b). Any day; on one day it comes after the payout. What the maximum
    cuts off is lost. Refused: `entry_band_excluded`, `length_of_service`, `reason_required` for a
    reason not listed, `not_eligible` on an unacceptable rating unless parameter
    withinband.unacceptable allows it, `no_effect` at the maximum, `invalid_input` unless there is
    one amount or percentage above zero, and what any change refuses.
    """
    return carry_out_change(
        employee,
        effective=effective,
        set_rate=lambda changing: _rate(changing, reason=reason, amount=amount, percent=percent),
        order=OrderKind.WITHIN_BAND_INCREASE,
        chosen={"reason": reason, "amount": amount, "percent": percent},
        citation=rule.CITATION,
        actor=actor,
        authority=authority,
        on=on,
        version=version,
    )


def _rate(
    changing: Changing, *, reason: str, amount: int | None, percent: Decimal | None
) -> NewRate:
    policy = changing.terms.policy
    limits = changing.terms.range_of(changing.band.id)
    barred = policy["withinband.unacceptable"] == "refuse"
    arguments: dict[str, Any] = {
        "basic": changing.basic,
        "maximum": limits.maximum,
        "amount": amount,
        "percent": percent,
        "reason": reason,
        "listed_reasons": REASONS,
        "entry_developmental": changing.band.entry_developmental,
        "unacceptable": barred and changing.unacceptable,
    }
    result = increased_rate(**arguments)
    return NewRate(
        kind=Kind.WITHIN_BAND_INCREASE,
        step=step_of(Kind.WITHIN_BAND_INCREASE, policy=policy),
        rule=rule.RULE,
        citation=rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=False,
        below_minimum=result.basic < limits.minimum,
    )
