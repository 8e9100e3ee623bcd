"""What counts as basic pay, for an employee's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from governance.queries.policy import policy_on
from pay.models import PayAction
from pay.rules.purposes import NONFOREIGN_ALLOWANCE, WITH_SUPPLEMENT, PaidRate, basic_pay_for
from regulation.refusals import Refused

register = template.Library()

#: Each purpose in words.
TITLES = {
    "retirement": "Retirement",
    "life_insurance": "Life insurance",
    "premium_pay": "Premium pay, such as overtime",
    "severance_pay": "Severance pay",
    "maximum_rate": "The highest rate allowed",
    "conversion": "The rate upon conversion",
    "like_locality_pay": "Payments under other law for which locality pay is basic pay",
    "required_by_law": "What else the law so treats",
    NONFOREIGN_ALLOWANCE: "Cost-of-living allowance and post differential in nonforeign areas",
    "range_increase": "Range adjustments",
    "payout": "Performance payouts",
    "within_band_reduction": "Reductions within the band",
    "within_band_increase": "Special increases within the band",
    "developmental": "Developmental pay adjustments",
    "promotion": "The increase upon promotion",
    "demotion": "The rate upon demotion",
    "pay_retention": "Pay retention",
}
#: The paragraph of each, 9701.332(c)(7) where a directive counts the supplement.
CITATIONS = {
    **WITH_SUPPLEMENT,
    NONFOREIGN_ALLOWANCE: "9701.333",
    "range_increase": "9701.323(a)",
    "payout": "9701.342(d)",
    "within_band_reduction": "9701.343",
    "within_band_increase": "9701.344",
    "developmental": "9701.345",
    "promotion": "9701.353(a)",
    "demotion": "9701.354",
    "pay_retention": "9701.356",
}


@register.inclusion_tag("pay/history/_counts_as_basic_pay.html")
def counts_as_basic_pay(action: PayAction, on: date) -> dict[str, Any]:
    """The figure of a rate that counts for each purpose on a date (5 CFR 9701.332(c), 9701.333)."""
    try:
        included = bool(policy_on(on)["promotion.includes_supplement"])
    except Refused:
        # Without the parameter no directive specifies otherwise.
        included = False
    directed = ("promotion",) if included else ()
    rate = PaidRate(
        basic=action.basic_after or 0,
        adjusted=action.adjusted or 0,
        supplement_kind=action.supplement_kind,
    )
    return {
        "rows": [
            {
                "title": title,
                "citation": "9701.332(c)(7)" if key in directed else CITATIONS[key],
                "figure": basic_pay_for(key, rate=rate, directed=directed),
            }
            for key, title in TITLES.items()
        ]
    }
