"""Supplement adjustments and the minimum adjusted rate in words (R11, R12)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.minimum_adjusted import minimum_adjusted
from pay.rules.payable_rate import PayableRate
from pay.rules.supplement_change import SupplementChange
from pay.rules.wording.figures import Lines, dollars, percent, rounded


def describe_supplement_change(
    result: SupplementChange,
    *,
    paid: Decimal,
    old: Decimal,
    new: Decimal,
    denied: bool,
    denial_open: bool,
) -> Lines:
    """R11 in words."""
    published = f"The published supplement goes from {percent(old)} to {percent(new)}"
    now = percent(result.supplement_percent)
    if result.outcome == "denied":
        return [f"{published}; on an unacceptable rating of record {now} stays frozen."]
    if result.outcome == "unchanged":
        return [f"{published}; {now} is paid as before."]
    if result.outcome == "increased" and denial_open:
        return [
            f"{published}; while an older increase is denied only these points are added: "
            f"{percent(paid)} + {percent(new - old)} = {now}"
        ]
    return [f"{published}; {now} is paid."]


def describe_minimum_adjusted(
    result: PayableRate,
    *,
    basic: int,
    frozen: Decimal,
    minimum: int,
    published: Decimal,
    cap: int,
) -> Lines:
    """R12 in words."""
    if frozen == published and result.supplement_percent == published:
        total = basic * (1 + Fraction(published) / 100)
        return [
            f"The withheld supplement is released: the published {percent(published)} is paid.",
            f"{dollars(basic)} × (1 + {percent(published)}) "
            f"{rounded(total, result.uncapped, way='rounded half up')}",
            *_capped(result, cap=cap),
        ]
    least = minimum_adjusted(minimum, published=published, cap=cap)
    lines = [
        f"The minimum adjusted rate is {dollars(minimum)} × (1 + {percent(published)}), "
        f"that is {dollars(least)}."
    ]
    if result.supplement_percent == frozen and result.adjusted >= least:
        return [*lines, f"{dollars(result.adjusted)} is not below it."]
    return [
        *lines,
        f"Basic pay stays {dollars(basic)}; a supplement of {dollars(result.supplement)} "
        f"({percent(result.supplement_percent)}) reaches it.",
    ]


def _capped(result: PayableRate, *, cap: int) -> Lines:
    if result.adjusted >= result.uncapped:
        return []
    return [f"The highest rate allowed is {dollars(cap)}, so {dollars(result.adjusted)} is paid."]
