"""What the year still owes: plans under way without feedback, without an interim review."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from governance.queries.policy import Policy
from performance.models import (
    Cycle,
    CycleState,
    Feedback,
    InterimReview,
    InterimReviewState,
    Plan,
    PlanState,
    PoorPerformanceRecord,
    PoorPerformanceState,
)
from performance.queries.absences import absences_of
from performance.rules.reminder import InterimWindow, interim_window, is_feedback_due
from workforce.models import Assignment, Employee, EmployeeState, Supervision
from workforce.queries.coverage import is_covered

#: No action was taken yet.
NO_ACTION_YET = (
    PoorPerformanceState.OPENED,
    PoorPerformanceState.CONSIDERED,
    PoorPerformanceState.CHOSEN,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One plan of which something is owed, with the supervisor of the day."""

    plan_id: int
    employee_name: str
    supervisor_id: int
    user_id: int | None
    organization_id: int | None
    employee_user_id: int | None = None
    supervisor_name: str = ""


def open_cycles(*, on: date) -> QuerySet[Cycle]:
    """Periods under way on a date."""
    return Cycle.objects.filter(state=CycleState.OPEN, starts__lte=on, ends__gte=on)


def window_of(cycle: Cycle, *, policy: Policy) -> InterimWindow:
    """The window of a period for interim reviews."""
    return interim_window(
        period_start=cycle.starts,
        period_end=cycle.ends,
        opens_after_months=policy["interim_window_opens_months"],
        lasts_months=policy["interim_window_months"],
    )


def plans_under_way(cycle: Cycle, *, on: date) -> QuerySet[Plan]:
    """Communicated plans of people who are there, with supervisor and organization of the day."""
    supervision = Supervision.objects.filter(employee=OuterRef("employee"), period__contains=on)
    assignment = Assignment.objects.filter(
        employee=OuterRef("employee"), period__contains=on
    ).order_by("-kind")
    return (
        Plan.objects.filter(cycle=cycle, state=PlanState.COMMUNICATED)
        .exclude(employee__state=EmployeeState.SEPARATED)
        .annotate(
            supervisor_id=Subquery(supervision.values("supervisor")[:1]),
            supervisor_user_id=Subquery(supervision.values("supervisor__user")[:1]),
            supervisor_name=Subquery(
                supervision.annotate(
                    full_name=Concat(
                        "supervisor__given_name", Value(" "), "supervisor__family_name"
                    )
                ).values("full_name")[:1]
            ),
            organization_id=Subquery(
                assignment.values("position__organization")[:1], output_field=IntegerField()
            ),
        )
        .filter(supervisor_id__isnull=False)
        .select_related("employee")
        .order_by("employee__family_name", "employee__given_name", "pk")
    )


def without_feedback(
    cycle: Cycle, *, on: date, after_days: int, supervisor: Employee | None = None
) -> Iterator[Owed]:
    """People to whom nothing was said for so many days; approved absence does not count.

    5 CFR 9701.407(a). An interim review is feedback too.
    """
    earliest = on - timedelta(days=after_days)
    feedback = Feedback.objects.filter(plan=OuterRef("pk"))
    reviews = InterimReview.objects.filter(plan=OuterRef("pk")).exclude(
        state=InterimReviewState.DRAFT
    )
    plans = plans_under_way(cycle, on=on).filter(
        ~Exists(feedback.filter(given_on__gt=earliest)),
        ~Exists(reviews.filter(held_on__gt=earliest)),
        communicated_on__lte=earliest,
    )
    if supervisor is not None:
        plans = plans.filter(_supervised_by(supervisor, on=on))
    found = list(
        plans.annotate(
            last_feedback=Subquery(feedback.order_by("-given_on").values("given_on")[:1]),
            last_review=Subquery(reviews.order_by("-held_on").values("held_on")[:1]),
        )
    )
    away = absences_of([plan.employee_id for plan in found])
    covered = _covered(found, on=on)
    for plan in found:
        said = (plan.communicated_on, plan.last_feedback, plan.last_review)
        since = max(day for day in said if day is not None)
        if plan.employee.coverage_category in covered and is_feedback_due(
            since=since, on=on, away=away[plan.employee_id], after_days=after_days
        ):
            yield _owed(plan)


def without_interim_review(
    cycle: Cycle, *, on: date, supervisor: Employee | None = None
) -> Iterator[Owed]:
    """People with whom no interim review was held in the period (5 CFR 9701.407(b)#2)."""
    held = InterimReview.objects.filter(
        plan=OuterRef("pk"), held_on__range=(cycle.starts, cycle.ends)
    ).exclude(state=InterimReviewState.DRAFT)
    plans = plans_under_way(cycle, on=on).filter(~Exists(held))
    if supervisor is not None:
        plans = plans.filter(_supervised_by(supervisor, on=on))
    found = list(plans)
    covered = _covered(found, on=on)
    for plan in found:
        if plan.employee.coverage_category in covered:
            yield _owed(plan)


def poor_performance_without_action(
    *, on: date, within: Collection[int] | None = None
) -> QuerySet[PoorPerformanceRecord]:
    """Records of ended periods on which nothing was done (5 CFR 9701.408(b)(2)).

    `within` limits them to organizations by their ids.
    """
    assignment = Assignment.objects.filter(
        employee=OuterRef("employee"), period__startswith__lte=on
    ).order_by("-period__startswith")
    records = (
        PoorPerformanceRecord.objects.filter(state__in=NO_ACTION_YET, plan__cycle__ends__lt=on)
        .annotate(
            organization_id=Subquery(
                assignment.values("position__organization")[:1], output_field=IntegerField()
            )
        )
        .select_related("employee", "plan__cycle", "determined_by")
        .order_by("determined_on", "pk")
    )
    return records if within is None else records.filter(organization_id__in=within)


def _supervised_by(supervisor: Employee, *, on: date) -> Q:
    return Q(
        employee__in=Supervision.objects.filter(supervisor=supervisor, period__contains=on).values(
            "employee"
        )
    )


def _covered(plans: Sequence[Plan], *, on: date) -> set[str]:
    categories = {plan.employee.coverage_category: plan.employee for plan in plans}
    return {category for category, one in categories.items() if is_covered(one, subpart="D", on=on)}


def _owed(plan: Plan) -> Owed:
    return Owed(
        plan_id=plan.pk,
        employee_name=plan.employee.name,
        supervisor_id=plan.supervisor_id,  # type: ignore[attr-defined]
        user_id=plan.supervisor_user_id,  # type: ignore[attr-defined]
        organization_id=plan.organization_id,  # type: ignore[attr-defined]
        employee_user_id=plan.employee.user_id,
        supervisor_name=plan.supervisor_name,  # type: ignore[attr-defined]
    )
