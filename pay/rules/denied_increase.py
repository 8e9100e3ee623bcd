"""The release of denied range increases, and the 90 days of a rate below the minimum (R7, R8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pay.rules.parameters import require_choice
from regulation.days import last_day
from regulation.money import half_up_dollar
from regulation.pay_periods import PayCalendar

RULE = "R7"
VERSION = 1
CITATION = "9701.324"
BELOW_MINIMUM_RULE = "R8"
BELOW_MINIMUM_CITATION = "9701.325(a)(1)"
DEFAULT_CITATION = "9701.325(b)"

#: 5 CFR 9701.325(a), 9701.337(a): the days in which a rate below the minimum must be acted on.
DAYS_TO_ACT = 90

WITHDRAWN_ACTION_CHOICES = ("prospective", "from_default_date")


@dataclass(frozen=True, slots=True)
class Denial:
    """A denied range increase: its exact percentage (half for a retained rate) and its date."""

    percentage: Fraction
    effective: date


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """Basic pay, in whole dollars, after the release of denied increases."""

    basic: int
    retained: bool


def release_denied(
    basic: int, *, denials: Sequence[Denial], minimum: int, maximum: int, retained: bool
) -> ReleaseResult:
    """Basic pay after denied range increases are released, oldest first, from the rate denied.

    5 CFR 9701.324, 9701.325(a)(1), 9701.357(a), (b). Half up once for each denial. Not below the
    minimum in force; not above the maximum in force unless the rate is retained.
    """
    for denial in sorted(denials, key=lambda each: each.effective):
        basic = half_up_dollar(basic * (1 + denial.percentage))
    basic = max(basic, minimum)
    if not retained:
        basic = min(basic, maximum)
    return ReleaseResult(basic=basic, retained=retained and basic > maximum)


def release_effective(issued: date, calendar: PayCalendar) -> date:
    """First day of the first pay period on or after the new rating's issue (5 CFR 9701.324)."""
    return calendar.on_or_after(issued)


def minimum_by_default(basic: int, *, minimum: int) -> int:
    """The band minimum in force, in whole dollars, when 90 days passed without action.

    5 CFR 9701.325(b). The rest of the denied percentage is not owed. No rounding.
    """
    return max(basic, minimum)


def ninety_day_deadline(adjusted_on: date) -> date:
    """Day 90 after the adjustment's effective date, the last day to act (5 CFR 9701.325(a))."""
    return last_day(adjusted_on, DAYS_TO_ACT)


def default_effective(adjusted_on: date, calendar: PayCalendar) -> date:
    """First day of the first pay period beginning on or after day 90 (5 CFR 9701.325(b))."""
    return calendar.on_or_after(ninety_day_deadline(adjusted_on))


def initiation_is_timely(delivered: date, *, adjusted_on: date) -> bool:
    """Whether a proposal to demote or remove was delivered by day 90 (5 CFR 9701.325(a)(2))."""
    return delivered <= ninety_day_deadline(adjusted_on)


def shown_in_time(issued: date, shown_by: date | None, *, adjusted_on: date) -> bool:
    """Whether acceptable performance was shown by day 90, however late the rating's paper is.

    5 CFR 9701.325(a)(1). A rating issued by day 90 proves it; a later one needs the rater's dated
    finding `shown_by`.
    """
    shown = issued if shown_by is None else min(issued, shown_by)
    return shown <= ninety_day_deadline(adjusted_on)


def effective_after_withdrawal(
    withdrawn: date, *, adjusted_on: date, withdrawn_action: str, calendar: PayCalendar
) -> date:
    """First day of the minimum when a timely proposal is withdrawn.

    5 CFR 9701.325(b), parameter below_min.withdrawn_action. Withdrawn by day 90 counts as never
    initiated; later, the minimum is prospective from the withdrawal or dates from day 90.
    """
    require_choice(
        withdrawn_action,
        key="below_min.withdrawn_action",
        choices=WITHDRAWN_ACTION_CHOICES,
        citation=DEFAULT_CITATION,
    )
    if withdrawn_action == "from_default_date":
        return default_effective(adjusted_on, calendar)
    return calendar.on_or_after(max(withdrawn, ninety_day_deadline(adjusted_on)))
