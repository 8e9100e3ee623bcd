"""Starting a rating of record: the first draft (5 CFR 9701.409(b))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person, settle_lapsed
from performance.models import Cycle, Plan, RatingKind, RatingOfRecord
from performance.permissions import may_start_rating
from performance.queries.officials import reviewing_official_of
from performance.services.expect_equal_opportunity import expect_equal_opportunity
from performance.services.follow_system import cycle_for
from performance.services.guards import refuse_second_annual, refuse_uncovered
from performance.services.inbox import ask_rating_official, finish_start
from workforce.models import Employee


@transaction.atomic
def start_rating(employee: Employee, *, cycle: Cycle, actor: Actor, on: date) -> RatingOfRecord:
    """Open the annual rating of one employee for one period, as a draft of his supervisor.

    5 CFR 9701.404 "Rating of record" (1), 9701.409(b)#1. Drafting may begin before the period ends.
    The period is that of the employee's own system (5 CFR 9701.405(b)(1)). Raises Refused recused,
    self_rating, not_rating_official, subpart_d_not_effective, coverage_unspecified,
    system_conflict, duplicate_rating.
    """
    lock_person(employee.pk)
    settle_lapsed(employee.pk, before=on)
    refuse_recused(actor.user, employee, on=on)
    rater = may_start_rating(actor, employee, on=on)
    refuse_uncovered(employee, on=on)
    cycle = cycle_for(employee, cycle, on=on)
    refuse_second_annual(employee, cycle)
    rating = RatingOfRecord.objects.create(
        employee=employee,
        cycle=cycle,
        kind=RatingKind.ANNUAL,
        rater=rater,
        reviewer=reviewing_official_of(rater, on=on),
    )
    record(
        rating.subject,
        act="start_rating",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        to_state=str(rating.state),
        citation="9701.409(b)",
    )
    plan = Plan.objects.filter(employee=employee, cycle=cycle).first()
    if plan is not None:
        expect_equal_opportunity(plan, by=rater, on=on)
    finish_start(rating, on=on)
    ask_rating_official(rating, on=on)
    return rating
