"""For which purposes a supplement is basic pay (5 CFR 9701.332(c), 9701.333)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from pay.rules.supplement import SupplementKind

CITATION = "9701.332(c)"

#: Which figure counts: basic pay alone, the adjusted rate, or this where the supplement is special.
Figure: TypeAlias = Literal["basic", "adjusted", "adjusted_if_special"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something that is computed from basic pay, and the figure that counts for it."""

    key: str
    title: str
    citation: str
    figure: Figure


#: One table for the whole Department: no component has another (preamble to 5 CFR 9701.332).
PURPOSES = (
    Purpose("retirement", "Retirement", "9701.332(c)(1)", "adjusted"),
    Purpose("life_insurance", "Life insurance", "9701.332(c)(2)", "adjusted"),
    Purpose("premium_pay", "Premium pay, such as overtime", "9701.332(c)(3)", "adjusted"),
    Purpose("severance_pay", "Severance pay", "9701.332(c)(4)", "adjusted"),
    Purpose("maximum_rate", "The highest rate allowed", "9701.332(c)(5)", "adjusted"),
    Purpose("conversion", "The rate upon conversion", "9701.332(c)(6)", "adjusted"),
    Purpose(
        "locality_authorities",
        "Payments under other law for which locality pay is basic pay",
        "9701.332(c)(8)",
        "adjusted",
    ),
    Purpose("by_law", "What else the law so treats", "9701.332(c)(9)", "adjusted"),
    Purpose(
        "nonforeign_allowance",
        "Cost-of-living allowance and post differential in nonforeign areas",
        "9701.333",
        "adjusted_if_special",
    ),
    Purpose("range_adjustment", "Range adjustments", "9701.323(a)", "basic"),
    Purpose("payout", "Performance payouts", "9701.342(d)", "basic"),
    Purpose("within_band_reduction", "Reductions within the band", "9701.343", "basic"),
    Purpose("special_increase", "Special increases within the band", "9701.344", "basic"),
    Purpose("promotion", "The increase upon promotion", "9701.353(a)", "basic"),
    Purpose("retention", "Pay retention", "9701.356", "basic"),
)

#: What a directive may say of a payment under subpart C, as 5 CFR 9701.332(c)(7) lets it.
BY_DIRECTIVE = {"promotion": "promotion.includes_supplement"}


def purposes(*, promotion_includes_supplement: bool) -> tuple[Purpose, ...]:
    """The purposes with the figure that counts for each, as the directive in force has it.

    5 CFR 9701.332(c)(1)-(9), 9701.333. Other payments and adjustments under subpart C take basic
    pay alone unless a directive specifies otherwise: parameter promotion.includes_supplement.
    """
    if not promotion_includes_supplement:
        return PURPOSES
    return tuple(
        Purpose(each.key, each.title, "9701.332(c)(7)", "adjusted")
        if each.key == "promotion"
        else each
        for each in PURPOSES
    )


def counted(purpose: Purpose, *, basic: int, adjusted: int, kind: SupplementKind) -> int:
    """Whole dollars a year that count for a purpose, of a rate with a supplement of this kind.

    5 CFR 9701.332(c), 9701.333. No rounding.
    """
    if purpose.figure == "adjusted":
        return adjusted
    if purpose.figure == "adjusted_if_special" and kind == "special":
        return adjusted
    return basic
