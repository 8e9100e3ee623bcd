"""Whole dollars and cents, and the one rounding step each rule names.

Exact rationals go in (`int`, `Decimal` or `Fraction`, never `float`); a whole number of dollars
(`int`) or a `Decimal` of two places comes out. The direction rule: what the text calls "at least"
rounds up; what "may not exceed" is rounded so that the limit is never passed; the rest is half up.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

Exact: TypeAlias = int | Decimal | Fraction


def exact(value: Exact) -> Fraction:
    """The value as an exact rational; a float is refused, because it is not the figure meant."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, Fraction)):
        raise TypeError(f"money is int, Decimal or Fraction, not {type(value).__name__}")
    return value if isinstance(value, Fraction) else Fraction(value)


def floor_dollar(value: Exact) -> int:
    """Dollars, rounded down."""
    if type(value) is int:
        return value
    amount = exact(value)
    return amount.numerator // amount.denominator


def ceil_dollar(value: Exact) -> int:
    """Dollars, rounded up."""
    amount = exact(value)
    return -(-amount.numerator // amount.denominator)


def half_up_dollar(value: Exact) -> int:
    """Dollars, to the nearest, half away from zero for the positive amounts of pay."""
    amount = exact(value)
    return half_up_quotient(amount.numerator, amount.denominator)


def half_up_quotient(numerator: int, denominator: int) -> int:
    """Dollars, to the nearest, half up, of a positive quotient that is not made a fraction first.

    The same figure as `half_up_dollar`; a cycle of the whole Department asks for it for everybody.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def _places(scaled: int, places: int) -> Decimal:
    return Decimal(scaled).scaleb(-places)


def half_up_cent(value: Exact) -> Decimal:
    """Dollars and cents, to the nearest cent, half up (5 U.S.C. 5504(b))."""
    return _places(half_up_dollar(exact(value) * 100), 2)


def down_cent(value: Exact) -> Decimal:
    """Dollars and cents, cut to the cent, so that a finite pool cannot be overspent."""
    return _places(floor_dollar(exact(value) * 100), 2)


def down_places(value: Exact, places: int) -> Decimal:
    """Any figure cut to a number of decimal places."""
    return _places(floor_dollar(exact(value) * 10**places), places)
