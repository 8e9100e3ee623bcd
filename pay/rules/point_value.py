"""What one point is worth in a pay pool (R16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from pay.rules.parameters import require_choice
from regulation.money import down_cent, down_places
from regulation.refusals import Refused

RULE = "R16"
VERSION = 1
CITATION = "9701.342(d)(1)"

SHARE_MODES = ("share_dollar", "share_percent")
FIXED_MODES = ("fixed_dollar", "fixed_percent")
PERCENT_MODES = ("share_percent", "fixed_percent")
MODES = SHARE_MODES + FIXED_MODES
#: Decimal places of a point value in percent, cut so that the pool cannot be overspent.
PERCENT_PLACES = 4


@lru_cache(maxsize=4096)
def weight_of(points: Decimal, proration: Fraction) -> Fraction:
    """Points times proration, exact; most members of a pool share theirs with others."""
    return Fraction(points) * proration


@dataclass(frozen=True, slots=True)
class Share:
    """One member's claim on a pool: points, proration, and the basic pay that counts.

    `base` is basic pay without any supplement, and the band maximum for a retained rate.
    """

    points: Decimal
    proration: Fraction
    base: int

    @property
    def weight(self) -> Fraction:
        """Points times proration, exact."""
        return weight_of(self.points, self.proration)


def point_value(
    mode: str,
    *,
    pool: Decimal,
    shares: Iterable[Share],
    fixed: Decimal | None,
    weighted: bool,
) -> Decimal | None:
    """The value of one point: dollars and cents, or percent of basic pay to four places.

    5 CFR 9701.342(d)(1), (a)(1). Cut, not rounded, in the share modes. None where nobody has
    points: then nothing is paid and the pool is returned. `weighted` is parameter
    pool.weight_by_proration. Refused: `parameter_missing` for a fixed mode without its value;
    `invalid_parameter`; `invalid_input` for a negative amount.
    """
    require_choice(mode, key="pool.mode", choices=MODES, citation=CITATION)
    if pool < 0 or (fixed is not None and fixed < 0):
        raise Refused("invalid_input", CITATION, "A pool's money and value may not be negative.")
    if mode in FIXED_MODES and fixed is None:
        raise Refused("parameter_missing", CITATION, f"{mode} needs the value of a point.")
    # By weight, so that sums are of whole numbers and only weights are fractions.
    bases: dict[Fraction, int] = {}
    for share in shares:
        weight = share.weight if weighted else weight_of(share.points, Fraction(1))
        counted = share.base if mode in PERCENT_MODES else 1
        bases[weight] = bases.get(weight, 0) + counted
    divisor = sum((weight * base for weight, base in bases.items()), Fraction(0))
    if divisor == 0:
        return None
    if mode in FIXED_MODES:
        return fixed
    if mode == "share_dollar":
        return down_cent(Fraction(pool) / divisor)
    return down_places(100 * Fraction(pool) / divisor, PERCENT_PLACES)


def check_pool_spending(paid: Iterable[int], *, pool: Decimal) -> Decimal:
    """What is left of a pool, in dollars and cents, after whole-dollar payouts.

    5 CFR 9701.342(d)(2). More than the pool has is refused, `pool_overspent`.
    """
    spent = sum(paid)
    if spent > pool:
        message = f"The payouts come to {spent:,} dollars; the pool has {pool:,}."
        raise Refused("pool_overspent", "9701.342(d)(2)", message)
    return pool - spent
