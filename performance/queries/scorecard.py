"""The scorecard of a supervisor: his people of a period, read in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from performance.models import (
    VOID,
    Cycle,
    InterimReview,
    InterimReviewState,
    Plan,
    PoorPerformanceRecord,
    RatingKind,
    RatingOfRecord,
)
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.scoring import rating_policy
from performance.rules.scorecard import Scorecard, Supervised, scorecard
from workforce.models import Employee, Supervision
from workforce.queries.coverage import is_covered


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    """The counts, with the dates that they go by."""

    card: Scorecard
    minimum: int
    due_on: date
    ended: bool


def scorecard_page(supervisor: Employee, *, cycle: Cycle, on: date) -> ScorecardPage:
    """What a supervisor did in a period, for his people of its last day, or of today before it.

    5 CFR 9701.405(b)(4). One query for people, plans, reviews, ratings and records, one for
    absences, one a category of coverage. Who left before that day is counted nowhere.
    """
    day = min(on, cycle.ends)
    policy = rating_policy(cycle, on=on)
    due_on = cycle.ends + timedelta(days=policy["rating_due_days"])
    rows: list[Any] = list(_people(supervisor, cycle=cycle, day=day, on=on))
    away = absences_of([row.employee_id for row in rows], kinds=NON_PAY)
    covered = _covered([row.employee for row in rows], on=day)
    card = scorecard(
        (
            Supervised(
                covered=row.employee.coverage_category in covered,
                hired=row.employee.hired,
                since=row.period.lower or cycle.starts,
                communicated_on=row.told,
                reviewed=row.reviewed,
                issued_on=row.issued,
                rated_by_other=row.rater is not None and row.rater != supervisor.pk,
                not_performing=away[row.employee_id],
            )
            for row in rows
        ),
        starts=cycle.starts,
        ends=cycle.ends,
        minimum=policy["minimum_period_days"],
        due_on=due_on,
        on=on,
        records_opened=rows[0].records if rows else 0,
    )
    return ScorecardPage(
        card=card, minimum=policy["minimum_period_days"], due_on=due_on, ended=cycle.ends < on
    )


def _people(supervisor: Employee, *, cycle: Cycle, day: date, on: date) -> Iterable[Supervision]:
    """His people of a day with what there is of each by a date."""
    employee = OuterRef("employee")
    plans = Plan.objects.filter(employee=employee, cycle__ends=cycle.ends)
    reviews = InterimReview.objects.filter(
        employee=employee, plan__cycle__ends=cycle.ends, held_on__range=(cycle.starts, day)
    ).exclude(state=InterimReviewState.DRAFT)
    ratings = RatingOfRecord.objects.filter(
        employee=employee, cycle__ends=cycle.ends, kind=RatingKind.ANNUAL
    ).exclude(state__in=VOID)
    records = (
        PoorPerformanceRecord.objects.filter(
            determined_by=OuterRef("supervisor"),
            plan__cycle__ends=cycle.ends,
            determined_on__lte=on,
        )
        .order_by()
        .values("determined_by")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Supervision.objects.filter(supervisor=supervisor, period__contains=day)
        .filter(Q(employee__separated=None) | Q(employee__separated__gt=day))
        .select_related("employee")
        .annotate(
            told=Subquery(plans.values("communicated_on")[:1], output_field=DateField()),
            reviewed=Exists(reviews),
            issued=Subquery(
                ratings.filter(issued_on__lte=on).values("issued_on")[:1], output_field=DateField()
            ),
            rater=Subquery(ratings.values("rater")[:1], output_field=IntegerField()),
            records=Coalesce(Subquery(records, output_field=IntegerField()), Value(0)),
        )
    )


def _covered(people: Iterable[Employee], *, on: date) -> set[str]:
    one_of = {each.coverage_category: each for each in people}
    return {category for category, one in one_of.items() if is_covered(one, subpart="D", on=on)}
