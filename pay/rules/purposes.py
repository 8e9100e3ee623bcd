"""What counts as basic pay for which purpose (5 CFR 9701.304 "Basic pay", .332(c), .333)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from regulation.refusals import Refused

CITATION = "9701.304"

#: Purposes for which a supplement is basic pay, each with its paragraph.
WITH_SUPPLEMENT = {
    "retirement": "9701.332(c)(1)",
    "life_insurance": "9701.332(c)(2)",
    "premium_pay": "9701.332(c)(3)",
    "severance_pay": "9701.332(c)(4)",
    "maximum_rate": "9701.332(c)(5)",
    "conversion": "9701.332(c)(6)",
    "like_locality_pay": "9701.332(c)(8)",
    "required_by_law": "9701.332(c)(9)",
}
#: 5 U.S.C. 5941: a special rate supplement counts, a locality one does not.
NONFOREIGN_ALLOWANCE = "nonforeign_allowance"
#: Rules of subpart C: basic pay alone, unless a directive names one (5 CFR 9701.332(c)(7)).
WITHIN_SUBPART_C = (
    "promotion",
    "demotion",
    "within_band_reduction",
    "within_band_increase",
    "developmental",
    "range_increase",
    "payout",
    "pay_retention",
)


@dataclass(frozen=True, slots=True)
class PaidRate:
    """A rate in force: whole dollars a year, and which supplement is in the adjusted one."""

    basic: int
    adjusted: int
    supplement_kind: str


def basic_pay_for(purpose: str, *, rate: PaidRate, directed: Collection[str] = ()) -> int:
    """The rate, in whole dollars, that is basic pay for a purpose; no payment beside it counts.

    5 CFR 9701.204, 9701.304, 9701.332(c), 9701.333. `directed` are rules of subpart C for which a
    directive counts supplements. Refused `invalid_parameter` for a purpose that no text names.
    """
    if purpose in WITH_SUPPLEMENT:
        return rate.adjusted
    if purpose == NONFOREIGN_ALLOWANCE:
        return rate.adjusted if rate.supplement_kind == "special" else rate.basic
    if purpose in WITHIN_SUBPART_C:
        return rate.adjusted if purpose in directed else rate.basic
    raise Refused("invalid_parameter", CITATION, f"No text names basic pay for “{purpose}”.")
