"""How figures are written in an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from regulation.money import Exact, down_places, exact, half_up_dollar

Lines: TypeAlias = Sequence[str]


def dollars(amount: int | Decimal) -> str:
    """Dollars with thousands separated: 56,375 or 2,272.72."""
    return f"{amount:,}"


def unrounded(value: Exact) -> str:
    """An exact figure before its rounding, cut so that the rounding that follows can be followed.

    Two places, or as many as show that a figure is not whole.
    """
    amount = exact(value)
    if amount.denominator == 1:
        return f"{amount.numerator:,}"
    places = 2
    while places < 8 and exact(down_places(amount, places)).denominator == 1:
        places += 2
    return f"{down_places(amount, places):,}"


def part_as_percent(part: Exact) -> str:
    """A part of one as a percentage of at most four places, half up: 2.5005%."""
    ten_thousandths = half_up_dollar(exact(part) * 100 * 10_000)
    return percent(Decimal(ten_thousandths) / 10_000)


def percent(value: Decimal) -> str:
    """A percentage without idle zeros: 12.5%."""
    text = f"{value:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def decimal(value: Decimal) -> str:
    """A number such as points without idle zeros: 4 or 2.5."""
    return percent(value)[:-1]


def ratio(value: Fraction) -> str:
    """A proration factor as days were counted: 10/13."""
    return f"{value.numerator}/{value.denominator}"


def rounded(value: Exact, result: int, *, way: str) -> str:
    """The tail of an equation: `= 56,375.30, rounded half up to 56,375`."""
    if exact(value) == result:
        return f"= {dollars(result)}"
    return f"= {unrounded(value)}, {way} to {dollars(result)}"
