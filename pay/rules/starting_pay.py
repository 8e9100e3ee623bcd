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


def starting_rate(
    basic: int, *, minimum: int, maximum: int, highest_previous_rate: int | None = None
) -> StartingRate:
    """The chosen rate, if it lies in the band rate range and under the highest previous rate.

    5 CFR 9701.351, 9701.352, 9701.357(a), (b). No rounding. A highest previous rate, where it is
    used, is the ceiling: at least the minimum, at most the maximum. Refused:
    `below_band_minimum`, `above_band_maximum`.
    """
    if basic < minimum:
        message = f"Starting pay of {basic:,} is below the band minimum, {minimum:,}."
        raise Refused("below_band_minimum", "9701.357(a)", message)
    if basic > maximum:
        message = f"Starting pay of {basic:,} is above the band maximum, {maximum:,}."
        raise Refused("above_band_maximum", "9701.357(b)", message)
    if highest_previous_rate is not None:
        ceiling = max(minimum, min(highest_previous_rate, maximum))
        if basic > ceiling:
            message = (
                f"Starting pay of {basic:,} is above {ceiling:,}, which a highest previous rate of "
                f"{highest_previous_rate:,} allows."
            )
            raise Refused("above_band_maximum", "9701.352", message)
    return StartingRate(basic=basic, retained=False)
