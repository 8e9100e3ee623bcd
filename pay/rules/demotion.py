"""The rate of basic pay upon demotion (R27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pay.rules.missed_events import MissedEvent, denials_left, replayed_events
from pay.rules.parameters import require_choice
from pay.rules.retention import retained_or_in_range
from pay.rules.within_band_reduction import ten_percent_less
from regulation.refusals import Refused

RULE = "R27"
VERSION = 1
CITATION = "9701.354"

ADVERSE = "adverse_action"
TEMPORARY_ENDED = "temporary_promotion_ended"
BASES = (ADVERSE, TEMPORARY_ENDED, "supervisory_probation", "voluntary", "other")


@dataclass(frozen=True, slots=True)
class AllowedRates:
    """The lowest and highest rate, in whole dollars, that an adverse demotion may set."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class DemotionResult:
    """Basic pay, in whole dollars, after a demotion."""

    basic: int
    retained: bool


@dataclass(frozen=True, slots=True)
class PermanentRate:
    """The rate held before a temporary promotion, and the permanent band's changes since."""

    basic: int
    retained: bool
    events: Sequence[MissedEvent]


def allowed_rates(basic: int, *, minimum: int, maximum: int) -> AllowedRates:
    """What an adverse demotion into the range `minimum` to `maximum` may set.

    5 CFR 9701.354, 9701.357(a). At most 10 percent less, rounded up; where the lower band's maximum
    is less than that, the maximum exactly. No rise, save to the minimum.
    """
    floor = ten_percent_less(basic)
    if maximum < floor:
        return AllowedRates(lowest=maximum, highest=maximum)
    return AllowedRates(lowest=max(minimum, floor), highest=max(minimum, min(basic, maximum)))


def demote(
    basic: int,
    *,
    basis: str,
    proposed: int | None,
    minimum: int,
    maximum: int,
    retention_eligible: bool,
    permanent: PermanentRate | None = None,
) -> DemotionResult:
    """Basic pay in the lower band: the proposed rate within its limits, or the rate kept.

    5 CFR 9701.354, 9701.356, 9701.357. An adverse demotion needs a rate within `allowed_rates` and
    is never retained. The end of a temporary promotion gives the rate as if it had never been, from
    `permanent`, or takes it as worked out before. Other demotions take a rate of the range or,
    without one, keep the former by R29. Refused: `reason_required` without a needed rate,
    `reduction_over_10`, `below_band_minimum`, `above_band_maximum`, `invalid_decision` for a rise.
    """
    require_choice(basis, key="basis of demotion", choices=BASES, citation=CITATION)
    if basis == TEMPORARY_ENDED and permanent is not None:
        return _as_if_never_promoted(permanent, minimum=minimum, maximum=maximum)
    if proposed is None:
        if basis in (ADVERSE, TEMPORARY_ENDED):
            message = "This demotion needs the rate that the decision or the record gives."
            raise Refused("reason_required", CITATION, message)
        kept = retained_or_in_range(
            basic, minimum=minimum, maximum=maximum, eligible=retention_eligible
        )
        return DemotionResult(basic=kept.basic, retained=kept.retained)
    _check_in_range(proposed, minimum=minimum, maximum=maximum)
    if basis == ADVERSE:
        _check_adverse(basic, proposed=proposed, minimum=minimum, maximum=maximum)
    return DemotionResult(basic=proposed, retained=False)


def _as_if_never_promoted(
    permanent: PermanentRate, *, minimum: int, maximum: int
) -> DemotionResult:
    steps = list(
        replayed_events(permanent.basic, retained=permanent.retained, events=permanent.events)
    )
    basic = steps[-1].basic if steps else permanent.basic
    retained = (steps[-1].retained if steps else permanent.retained) and basic > maximum
    # A denial of the time between leaves the rate below the minimum, as it would have (357(a)).
    if not denials_left(steps):
        basic = max(basic, minimum)
    return DemotionResult(basic=basic if retained else min(basic, maximum), retained=retained)


def _check_in_range(proposed: int, *, minimum: int, maximum: int) -> None:
    if proposed < minimum:
        message = f"{proposed:,} is below the band minimum, {minimum:,}."
        raise Refused("below_band_minimum", "9701.357(a)", message)
    if proposed > maximum:
        message = f"{proposed:,} is above the band maximum, {maximum:,}."
        raise Refused("above_band_maximum", "9701.357(b)", message)


def _check_adverse(basic: int, *, proposed: int, minimum: int, maximum: int) -> None:
    allowed = allowed_rates(basic, minimum=minimum, maximum=maximum)
    limits = f"the decision may set {allowed.lowest:,} to {allowed.highest:,}"
    if proposed < allowed.lowest:
        message = f"{proposed:,} takes more than 10 percent; {limits}."
        raise Refused("reduction_over_10", CITATION, message)
    if proposed > allowed.highest:
        raise Refused("invalid_decision", CITATION, f"A demotion raises no pay; {limits}.")
