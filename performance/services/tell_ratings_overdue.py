"""Ratings that are not issued when they are due (5 CFR 9701.405(b)(2), .409(b))."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import Role, RoleGrant
from casework.models import Entry, Notice, WorkItem
from casework.services.history import record
from performance.models import Cycle, CycleState, Plan, RatingKind, RatingOfRecord, RatingState
from performance.queries.scoring import rating_policy
from performance.services.period_notices import (
    OVERDUE,
    SYSTEM,
    covered_people,
    cycle_subject,
    notice_of,
    team_url,
    words,
)
from workforce.models import Assignment, Supervision

_MISSING = (
    "Until a rating is issued, pay treats the employee as meeting expectations, whatever the work "
    "was."
)


def tell_ratings_overdue(on: date) -> int:
    """Tell supervisors and HR, once a period, that ratings are overdue, and what that means.

    5 CFR 9701.405(b)(2), 9701.409(b).
    """
    told = 0
    for cycle in Cycle.objects.filter(state=CycleState.RATING):
        due_on = cycle.ends + timedelta(days=rating_policy(cycle, on=on)["rating_due_days"])
        said = Entry.objects.filter(subject=cycle_subject(cycle), act=OVERDUE)
        if on <= due_on or said.exists():
            continue
        owed = _owed(cycle, on=on)
        _tell_overdue(cycle, owed, due_on=due_on, on=on)
        record(
            cycle_subject(cycle),
            act=OVERDUE,
            actor=SYSTEM,
            on=on,
            citation="9701.409(b)",
            detail={"due_on": str(due_on), "ratings": len(owed)},
        )
        told += 1
    return told


def _owed(cycle: Cycle, *, on: date) -> list[tuple[int | None, str]]:
    """The log-in of the supervisor of everybody unrated, and where he works; two columns."""
    final = RatingOfRecord.objects.filter(
        employee=OuterRef("employee"),
        cycle=cycle,
        kind=RatingKind.ANNUAL,
        state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
    )
    over = Supervision.objects.filter(employee=OuterRef("employee"), period__contains=on)
    works = Assignment.objects.filter(employee=OuterRef("employee"), period__contains=on)
    plans = (
        Plan.objects.filter(~Exists(final), cycle=cycle, employee__in=covered_people(on=on))
        .annotate(
            over_user=Subquery(over.values("supervisor__user")[:1]),
            place=Subquery(works.values("position__organization__path")[:1]),
        )
        .exclude(employee__not_rated__cycle=F("cycle"))
    )
    return [(user, place or "") for user, place in plans.values_list("over_user", "place")]


def _tell_overdue(
    cycle: Cycle, owed: list[tuple[int | None, str]], *, due_on: date, on: date
) -> None:
    if not owed:
        return
    teams: dict[int, int] = defaultdict(int)
    for user_id, _ in owed:
        if user_id is not None:
            teams[user_id] += 1
    notices = [
        notice_of(
            user_id,
            citation="9701.409(b)",
            title=f"{_people(number)} of your team {_are(number)} not rated: due {words(due_on)}",
            body=_MISSING,
            on=on,
            url=team_url(cycle),
        )
        for user_id, number in sorted(teams.items())
    ]
    season = f"{reverse('performance:season')}?cycle={cycle.pk}"
    grants = RoleGrant.objects.filter(
        Q(ends=None) | Q(ends__gte=on), role=Role.HR_SPECIALIST, starts__lte=on
    ).select_related("organization")
    for grant in grants:
        top = grant.organization.path if grant.organization else ""
        number = sum(place.startswith(top) for _, place in owed)
        if number:
            title = f"{_people(number)} {_are(number)} not rated for {cycle.title}"
            notices.append(
                notice_of(
                    grant.user_id,
                    citation="9701.409(b)",
                    title=title,
                    body=_MISSING,
                    on=on,
                    url=season,
                )
            )
    Notice.objects.bulk_create(notices)
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                kind=OVERDUE,
                subject=cycle_subject(cycle),
                title=f"See who is not rated for {cycle.title}, and close the period",
                citation="9701.405(b)(2)",
                url=season,
                role=Role.HR_SPECIALIST,
                opened_on=on,
            )
        ],
        ignore_conflicts=True,
    )


def _people(number: int) -> str:
    return f"{number:,} {'person' if number == 1 else 'people'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
