"""The highest rate of pay the Executive Schedule allows (R10)."""

from __future__ import annotations

from regulation.refusals import Refused

RULE = "R10"
VERSION = 1
CITATION = "9701.312"


def maximum_rate(*, level_iii: int, level_ii: int, ses: bool, certified: bool) -> int:
    """The cap on basic pay and on the adjusted rate, in whole dollars a year.

    5 CFR 9701.312(a), (b): level III of the Executive Schedule; level II for a member of the SES
    while the certification of 5 U.S.C. 5307(d) is in force.
    """
    return level_ii if ses and certified else level_iii


def payable_adjusted(uncapped: int, *, cap: int) -> int:
    """The adjusted rate that is paid, in whole dollars: the supplement gives way, not basic pay.

    5 CFR 9701.312, 9701.332(c)(5), 9701.333. No rounding. Both figures are kept, so that the
    payable rate rises with the cap.
    """
    return min(uncapped, cap)


def check_basic(basic: int, *, cap: int, critical_pay: bool) -> None:
    """Refuse, as `above_executive_level`, basic pay over the cap, unless under 5 U.S.C. 5377.

    5 CFR 9701.312(a), 9701.303(b)(4).
    """
    if basic > cap and not critical_pay:
        message = f"Basic pay of {basic:,} is above the highest rate allowed, {cap:,}."
        raise Refused("above_executive_level", "9701.312(a)", message)
