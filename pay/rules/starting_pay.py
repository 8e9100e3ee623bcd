"""The rate of basic pay on appointment (R24, first part)."""

from __future__ import annotations

from dataclasses import dataclass

from regulation.refusals import Refused

RULE = "R24"
VERSION = 1
CITATION = "9701.351"


@dataclass(frozen=True, slots=True)
class StartingRate:
    """Basic pay, in whole dollars, at which an employee begins; never a retained rate."""

    basic: int
    retained: bool


def starting_rate(basic: int, *, minimum: int, maximum: int) -> StartingRate:
    """The chosen rate, if it lies in the band rate range.

    5 CFR 9701.351, 9701.357(a), (b). No rounding. Refused: `below_band_minimum`,
    `above_band_maximum`.
    """
    if basic < minimum:
        message = f"Starting pay of {basic:,} is below the band minimum, {minimum:,}."
        raise Refused("below_band_minimum", "9701.357(a)", message)
    if basic > maximum:
        message = f"Starting pay of {basic:,} is above the band maximum, {maximum:,}."
        raise Refused("above_band_maximum", "9701.357(b)", message)
    return StartingRate(basic=basic, retained=False)
