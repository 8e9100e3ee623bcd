"""The rate of basic pay on appointment (R24, first part)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pay.rules.parameters import require_choice
from regulation.refusals import Refused

RULE = "R24"
VERSION = 1
CITATION = "9701.351"

#: How somebody comes into a covered position, each with its paragraph.
NEW_APPOINTMENT = "new_appointment"
ENTRIES = {
    NEW_APPOINTMENT: "9701.351(a)",
    "reappointment": "9701.351(a)",
    "transfer": "9701.351(b)",
    "from_noncovered": "9701.351(c)",
}
#: Those who come from a rate of pay elsewhere, which is kept on record.
WITH_PRIOR_RATE = ("transfer", "from_noncovered")


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


def check_entry(
    entry: str,
    *,
    basic: int,
    minimum: int,
    prior_rate: int | None,
    reason: str,
    reasons: Collection[str],
    taken_over: bool,
) -> str:
    """The paragraph of an entry, where its record is whole.

    5 CFR 9701.351(a)-(c). `reasons` are the directive's for a rate above the minimum; `taken_over`:
    the rate was decided before the program. Refused: `invalid_parameter` for another entry,
    `record_incomplete` without the rate left, `reason_required` above the minimum.
    """
    require_choice(entry, key="entry", choices=tuple(ENTRIES), citation=CITATION)
    citation = ENTRIES[entry]
    if entry in WITH_PRIOR_RATE and prior_rate is None:
        raise Refused("record_incomplete", citation, "Name the rate of pay that was left.")
    if basic > minimum and not taken_over and reason not in reasons:
        message = (
            f"Starting pay above the minimum, {minimum:,}, needs a reason of the directive: "
            f"{', '.join(reasons)}."
        )
        raise Refused("reason_required", citation, message)
    return citation


def check_previous_rate(entry: str, *, uses: Collection[str]) -> None:
    """Refuse, as invalid_parameter, a highest previous rate where the directive lists no use.

    5 CFR 9701.352. `uses` are the entries of parameter previous_rate.uses.
    """
    if entry not in uses:
        message = "No highest previous rate is used here; the directive lists: " + (
            ", ".join(uses) or "nothing"
        )
        raise Refused("invalid_parameter", "9701.352", f"{message}.")
