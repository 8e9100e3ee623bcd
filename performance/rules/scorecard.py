"""How a supervisor managed the performance of his people in a period (5 CFR 9701.405(b)(4))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from performance.rules.absence import Away
from performance.rules.minimum_period import days_served


@dataclass(frozen=True, slots=True)
class Supervised:
    """One person whom the supervisor has on the day that is looked at.

    `since` is the first day under this supervisor; `communicated_on` the day of the plan, whoever
    told it. `rated_by_other` says that somebody else rates him for the period.
    """

    covered: bool
    hired: date
    since: date
    communicated_on: date | None
    reviewed: bool
    issued_on: date | None
    rated_by_other: bool = False
    not_performing: Sequence[Away] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Counts of people; `left_out` are those not ratable for reasons outside the supervisor.

    `rated_late` were issued after the due date, `overdue` were not issued and the date is past.
    """

    people: int
    left_out: int
    communicated: int
    reviewed: int
    to_rate: int
    rated_on_time: int
    rated_late: int
    overdue: int
    records_opened: int


def could_be_rated(one: Supervised, *, starts: date, ends: date, minimum: int) -> bool:
    """Whether he could be rated for the period if this supervisor did all that is his to do.

    5 CFR 9701.405(b)(3), (4). Expectations count from the day they were told, or from the first
    day on which this supervisor could have told them if that is earlier: what he left undone
    leaves nobody out of his count, what came before him or lies with the employee does.
    """
    earliest = max(starts, one.hired, one.since)
    told = min(one.communicated_on or earliest, earliest)
    served = days_served(
        period_start=starts,
        period_end=ends,
        communicated_on=told,
        hired=one.hired,
        not_performing=one.not_performing,
        minimum=minimum,
        on=ends,
    )
    return one.covered and served.can_rate_from is not None


def scorecard(
    team: Iterable[Supervised],
    *,
    starts: date,
    ends: date,
    minimum: int,
    due_on: date,
    on: date,
    records_opened: int,
) -> Scorecard:
    """Count what the supervisor did by a date; `due_on` is the last day for issuing a rating."""
    people = list(team)
    counted = [
        one for one in people if could_be_rated(one, starts=starts, ends=ends, minimum=minimum)
    ]
    own = [one for one in counted if not one.rated_by_other]
    return Scorecard(
        people=len(counted),
        left_out=len(people) - len(counted),
        communicated=sum(
            one.communicated_on is not None and one.communicated_on <= on for one in counted
        ),
        reviewed=sum(one.reviewed for one in counted),
        to_rate=len(own),
        rated_on_time=sum(one.issued_on is not None and one.issued_on <= due_on for one in own),
        rated_late=sum(one.issued_on is not None and one.issued_on > due_on for one in own),
        overdue=sum(one.issued_on is None for one in own) if on > due_on else 0,
        records_opened=records_opened,
    )
