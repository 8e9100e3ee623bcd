"""What HR of an organization sees of what the year owes (5 CFR 9701.407(b)#2, .408(b)(2))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Role, User
from accounts.queries.roles import organizations_of
from performance.models import Cycle, PoorPerformanceRecord
from performance.queries.owed import (
    Owed,
    open_cycles,
    poor_performance_without_action,
    window_of,
    without_interim_review,
)
from performance.queries.scoring import rating_policy

#: A list is for doing; the season's page counts.
LONGEST_LIST = 100


@dataclass(frozen=True, slots=True)
class MissingReviews:
    """People of one period without an interim review, the first hundred by name."""

    cycle: Cycle
    due_on: date
    late: bool
    count: int
    shown: Sequence[Owed]


@dataclass(frozen=True, slots=True)
class OwedPage:
    """Both lists."""

    reviews: Sequence[MissingReviews]
    records: Sequence[PoorPerformanceRecord]


def owed_page(user: User, *, on: date) -> OwedPage:
    """What is owed in the organizations of an HR specialist; his own record is not among it."""
    within = set(organizations_of(user, Role.HR_SPECIALIST, on=on).values_list("pk", flat=True))
    reviews = []
    for cycle in open_cycles(on=on):
        window = window_of(cycle, policy=rating_policy(cycle, on=on))
        if on < window.opens:
            continue
        owed = [
            one
            for one in without_interim_review(cycle, on=on)
            if one.organization_id in within and one.employee_user_id != user.pk
        ]
        reviews.append(
            MissingReviews(
                cycle=cycle,
                due_on=window.closes,
                late=on > window.closes,
                count=len(owed),
                shown=owed[:LONGEST_LIST],
            )
        )
    records = poor_performance_without_action(on=on, within=within)
    return OwedPage(
        reviews=reviews, records=list(records.exclude(employee__user=user)[:LONGEST_LIST])
    )
