"""What counts as basic pay, for an employee's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from governance.queries.policy import policy_on
from pay.models import PayAction
from pay.rules.basic_pay_purposes import counted, purposes
from regulation.refusals import Refused

register = template.Library()


@register.inclusion_tag("pay/history/_counts_as_basic_pay.html")
def counts_as_basic_pay(action: PayAction, on: date) -> dict[str, Any]:
    """The figure of a rate that counts for each purpose on a date (5 CFR 9701.332(c), 9701.333)."""
    try:
        included = bool(policy_on(on)["promotion.includes_supplement"])
    except Refused:
        # Without the parameter no directive specifies otherwise.
        included = False
    basic, adjusted = action.basic_after or 0, action.adjusted or 0
    rows = [
        {
            "purpose": purpose,
            "figure": counted(
                purpose,
                basic=basic,
                adjusted=adjusted,
                kind=action.supplement_kind,  # type: ignore[arg-type]
            ),
        }
        for purpose in purposes(promotion_includes_supplement=included)
    ]
    return {"rows": rows, "action": action}
