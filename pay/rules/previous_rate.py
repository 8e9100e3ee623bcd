"""A highest previous rate, and the rate of a converted Coast Guard NAFI position (R24)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pay.rules.hourly import HOURS_IN_A_YEAR
from pay.rules.starting_pay import StartingRate
from pay.rules.supplement import uncapped_adjusted
from regulation.money import half_up_dollar
from regulation.refusals import Refused

NAFI_RULE = "R24N"
VERSION = 1
CITATION = "9701.352"


def highest_previous_rate(basic: int, *, locality_percent: Decimal, includes_locality: bool) -> int:
    """The earlier rate that `starting_rate` may go up to, in whole dollars.

    5 CFR 9701.352. Locality pay counts only in circumstances that the Department approved
    (`includes_locality`); half up.
    """
    return uncapped_adjusted(basic, percent=locality_percent) if includes_locality else basic


def nafi_rate(
    hourly: Decimal, *, minimum: int, maximum: int, retention_allowed: bool
) -> StartingRate:
    """Basic pay where a nonappropriated fund position of the Coast Guard is converted.

    5 CFR 9701.352, 9701.357(a), (b). The existing hourly rate times 2,087, half up, must be used;
    raised to the minimum, and above the maximum retained where the directive allows it. Refused:
    `above_band_maximum` where it does not, `invalid_input` for a rate not above zero.
    """
    if hourly <= 0:
        raise Refused("invalid_input", CITATION, "An hourly rate is above zero.")
    annual = half_up_dollar(Fraction(hourly) * HOURS_IN_A_YEAR)
    if annual <= maximum:
        return StartingRate(basic=max(annual, minimum), retained=False)
    if retention_allowed:
        return StartingRate(basic=annual, retained=True)
    message = f"{annual:,} is above the band maximum, {maximum:,}, and no directive retains it."
    raise Refused("above_band_maximum", CITATION, message)
