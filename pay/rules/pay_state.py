"""The four lawful states of a rate of basic pay; any other is refused (R30)."""

from __future__ import annotations

from enum import StrEnum

from regulation.refusals import Refused

RULE = "R30"
VERSION = 1
CITATION = "9701.357"


class PayState(StrEnum):
    """Where a rate of basic pay stands to its band rate range."""

    IN_RANGE = "in_range"
    BELOW_DENIED = "below_denied"
    RETAINED = "retained"
    CRITICAL_PAY = "critical_pay"


def check_pay_state(
    basic: int,
    *,
    minimum: int,
    maximum: int,
    retained: bool,
    denial_open: bool,
    critical_pay: bool = False,
) -> PayState:
    """The state of a rate of basic pay, in whole dollars; an unlawful one is refused.

    5 CFR 9701.357(a), (b), 9701.356, 9701.303(b)(4). `denial_open`: an increase under 323 or 335 is
    denied on an unacceptable rating. Refused: `below_band_minimum`, `above_band_maximum`, and
    `invalid_input` for a retained flag on a rate not above the maximum.
    """
    if basic > maximum:
        if critical_pay:
            return PayState.CRITICAL_PAY
        if retained:
            return PayState.RETAINED
        message = f"Basic pay of {basic:,} is above the band maximum, {maximum:,}."
        raise Refused("above_band_maximum", "9701.357(b)", message)
    if retained:
        message = f"Basic pay of {basic:,} is not above the band maximum, so it is not retained."
        raise Refused("invalid_input", "9701.356(b)", message)
    if basic >= minimum:
        return PayState.IN_RANGE
    if denial_open:
        return PayState.BELOW_DENIED
    message = f"Basic pay of {basic:,} is below the band minimum, {minimum:,}."
    raise Refused("below_band_minimum", "9701.357(a)", message)


def check_adjusted(adjusted: int, *, minimum_adjusted: int, denial_open: bool) -> None:
    """Refuse, as `below_band_minimum`, an adjusted rate under the minimum adjusted rate.

    5 CFR 9701.357(a); an open denial under 323 or 335 is the exception.
    """
    if adjusted < minimum_adjusted and not denial_open:
        message = f"{adjusted:,} is below the band's minimum adjusted rate, {minimum_adjusted:,}."
        raise Refused("below_band_minimum", "9701.357(a)", message)
