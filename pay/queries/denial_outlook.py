"""What is open of a person's denied increases, and what will come of each way it can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pay.deadlines import NinetyDays, ninety_days
from pay.models import DenialState, DeniedIncrease, RateRange
from pay.queries.case_words import Line, ways_left
from pay.queries.history import PayHistory, range_of
from pay.rules.denied_increase import (
    DAYS_TO_ACT,
    Denial,
    default_effective,
    minimum_by_default,
    release_denied,
    release_effective,
)
from pay.rules.wording.figures import part_as_percent
from regulation.pay_periods import PayCalendar
from workforce.models import Employee

#: What a new rating may still release.
PENDING = (DenialState.OPEN, DenialState.ACTION_INITIATED, DenialState.NEEDS_DECISION)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One open case: how long it runs, and what pay becomes; whole dollars a year.

    `released_to` is basic pay if a rating above unacceptable were issued today, with every open
    denial; `default_to` and `default_from` are the minimum that day 90 brings, where it runs. Of a
    supplement, which leaves basic pay as it is, `released_to` and `default_to` are None.
    """

    case: DeniedIncrease
    withheld: str
    days_left: int | None
    released_to: int | None
    released_from: date
    default_to: int | None
    default_from: date | None

    @property
    def words(self) -> NinetyDays:
        """The paragraphs behind the case, and what day 90 brings."""
        return ninety_days(self.case.kind)

    @property
    def ways(self) -> tuple[Line, ...]:
        """What can happen beside a new rating."""
        return ways_left(self.case, default_to=self.default_to, default_from=self.default_from)

    @property
    def days_gone(self) -> int:
        """Days of the 90 that have passed."""
        return DAYS_TO_ACT - max(0, self.days_left or 0)


def denials_of(employee: Employee) -> list[DeniedIncrease]:
    """Every denied increase of a person, newest first, with the rating behind it; one query."""
    return list(
        DeniedIncrease.objects.filter(employee=employee)
        .select_related("rating__level", "rating__cycle")
        .order_by("-adjusted_on", "-id")
    )


def outlooks(
    cases: Sequence[DeniedIncrease], *, history: PayHistory, calendar: PayCalendar
) -> list[Outlook]:
    """What may come of the cases that are open, oldest first.

    5 CFR 9701.324, 9701.325. Figured by the rules that would set the pay, each on the range set for
    the date from which it would be paid.
    """
    pending = sorted(
        (case for case in cases if case.state in PENDING), key=lambda case: case.adjusted_on
    )
    return [_outlook(case, pending=pending, history=history, calendar=calendar) for case in pending]


def _outlook(
    case: DeniedIncrease,
    *,
    pending: Sequence[DeniedIncrease],
    history: PayHistory,
    calendar: PayCalendar,
) -> Outlook:
    on = history.on
    clock_runs = case.due_on is not None and case.state == DenialState.OPEN
    released_from = release_effective(on, calendar)
    of_range = case.kind == "range"
    ranges = [each for each in pending if each.kind == "range"]
    default_from = default_effective(case.adjusted_on, calendar) if clock_runs else None
    return Outlook(
        case=case,
        withheld=part_as_percent(Fraction(case.percentage)),
        days_left=(case.due_on - on).days if clock_runs and case.due_on else None,
        released_to=_released(ranges, history=history, on=released_from) if of_range else None,
        released_from=released_from,
        default_to=_defaulted(history, on=default_from) if default_from and of_range else None,
        default_from=default_from,
    )


def _range_then(history: PayHistory, *, on: date) -> RateRange | None:
    """The range of the band held, as it is set for a date on which pay would change."""
    standing = history.standing
    return range_of(history.ranges, band=standing.action.band, on=on) if standing else None


def _defaulted(history: PayHistory, *, on: date) -> int | None:
    band, standing = _range_then(history, on=on), history.standing
    if standing is None or band is None:
        return None
    return minimum_by_default(standing.basic, minimum=band.minimum)


def _released(pending: Sequence[DeniedIncrease], *, history: PayHistory, on: date) -> int | None:
    band, standing = _range_then(history, on=on), history.standing
    if standing is None or band is None:
        return None
    denials = [Denial(Fraction(case.percentage), case.adjusted_on) for case in pending]
    return release_denied(
        standing.basic,
        denials=denials,
        minimum=band.minimum,
        maximum=band.maximum,
        retained=standing.action.retained,
    ).basic
