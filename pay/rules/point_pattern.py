"""What makes a point pattern valid, who belongs to a pool, and how a fund is shared out (R15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from regulation.money import floor_dollar
from regulation.refusals import Refused

RULE = "R15"
VERSION = 1
CITATION = "9701.342(c)"


def check_pattern(
    points: Mapping[str, Decimal], *, best_first: Sequence[str], unacceptable: str
) -> list[str]:
    """Warnings about a pay pool's point pattern; an invalid one is refused.

    5 CFR 9701.342(c)(1)-(3). Refused: `invalid_parameter` for a level without points, an unknown
    level or negative points; `zero_points_required` for points on the unacceptable level.
    """
    missing = [level for level in best_first if level not in points]
    unknown = [level for level in points if level not in best_first]
    if missing or unknown:
        message = "A point pattern has one value for each level of the rating system"
        details = [f"missing: {', '.join(missing)}"] * bool(missing)
        details += [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        raise Refused("invalid_parameter", "9701.342(c)(1)", f"{message}; {'; '.join(details)}.")
    negative = [level for level in best_first if points[level] < 0]
    if negative:
        message = f"Points may not be negative: {', '.join(negative)}."
        raise Refused("invalid_parameter", "9701.342(c)(1)", message)
    if points[unacceptable] != 0:
        message = f"An unacceptable rating ({unacceptable}) carries no points."
        raise Refused("zero_points_required", "9701.342(c)(3)", message)
    return [
        f"{better} has fewer points than {worse}."
        for better, worse in pairwise(best_first)
        if points[better] < points[worse]
    ]


def check_fund(pools: Mapping[str, Decimal], *, fund: Decimal) -> Decimal:
    """What is left of the performance fund, in dollars and cents, after the pools have their money.

    5 CFR 9701.342(b)(3). Refused: `fund_exceeded`; `invalid_input` for a negative amount.
    """
    negative = [pool for pool, amount in pools.items() if amount < 0]
    if negative:
        message = f"A pool's money may not be negative: {', '.join(negative)}."
        raise Refused("invalid_input", "9701.342(b)(3)", message)
    left = fund - sum(pools.values(), Decimal(0))
    if left < 0:
        message = f"The pools come to {fund - left:,} dollars; the performance fund is {fund:,}."
        raise Refused("fund_exceeded", "9701.342(b)(3)", message)
    return left


def divide_fund(fund: Decimal, *, basic_pay: Mapping[str, int]) -> dict[str, Decimal]:
    """Each pool's dollars of a fund by its members' basic pay, cut to the dollar.

    5 CFR 9701.342(b)(3): one way to distribute it, which the authorized official may change.
    Empty where nobody has basic pay.
    """
    everything = sum(basic_pay.values())
    if not everything:
        return {}
    return {
        pool: Decimal(floor_dollar(Fraction(fund) * basic / everything))
        for pool, basic in basic_pay.items()
    }


def check_membership(pools_of: Mapping[str, Sequence[str]]) -> None:
    """Refuse, as `pool_member_missing`, an eligible employee who is not in exactly one pool.

    5 CFR 9701.342(b)(2). `pools_of` maps each eligible employee to the pools found on the
    snapshot date.
    """
    wrong = {member: pools for member, pools in pools_of.items() if len(pools) != 1}
    if wrong:
        each = "; ".join(
            f"{member}: {', '.join(pools) if pools else 'none'}" for member, pools in wrong.items()
        )
        message = f"Every eligible employee belongs to exactly one pay pool ({each})."
        raise Refused("pool_member_missing", "9701.342(b)(2)", message)


def check_member_band(*, entry_developmental: bool) -> None:
    """Refuse, as `entry_band_excluded`, a member in an Entry/Developmental band.

    5 CFR 9701.342(a)(1).
    """
    if entry_developmental:
        message = "Performance pay increases are for Full Performance and higher bands."
        raise Refused("entry_band_excluded", "9701.342(a)(1)", message)
