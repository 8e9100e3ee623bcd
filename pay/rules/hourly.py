"""Hourly and biweekly pay from an annual rate (R1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from regulation.money import half_up_cent

RULE = "R1"
VERSION = 1
CITATION = "9701.357(c)"

#: 5 U.S.C. 5504(b): the annual rate is divided by this many hours.
HOURS_IN_A_YEAR = 2087
#: Hours of a biweekly pay period of a full-time employee (5 U.S.C. 5504(b)).
HOURS_IN_A_PAY_PERIOD = 80


def hourly_rate(adjusted: int) -> Decimal:
    """The hourly rate, in dollars and cents, of a payable adjusted annual rate.

    5 CFR 9701.357(c), 5 U.S.C. 5504(b). Nearest cent, half up.
    """
    return half_up_cent(Fraction(adjusted, HOURS_IN_A_YEAR))


def biweekly_rate(adjusted: int, hours: int = HOURS_IN_A_PAY_PERIOD) -> Decimal:
    """The pay of one pay period in dollars and cents: hourly rate times hours, never annual / 26.

    5 CFR 9701.357(c), 5 U.S.C. 5504(b). The hourly rate is rounded, the product is exact.
    """
    return hourly_rate(adjusted) * hours


def monthly_rate(adjusted: int) -> Decimal:
    """The pay of one month of staff under 5 U.S.C. 5505, to the nearest cent, half up."""
    return half_up_cent(Fraction(adjusted, 12))
