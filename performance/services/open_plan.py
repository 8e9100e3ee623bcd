"""Opening the plan of an employee for an appraisal period (5 CFR 9701.406)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person, settle_lapsed
from performance.models import Cycle, CycleState, Plan
from performance.permissions import may_expect
from performance.queries.officials import employee_behind
from performance.services.expect_equal_opportunity import expect_equal_opportunity
from performance.services.follow_system import cycle_for
from performance.services.guards import refuse_uncovered
from regulation.refusals import Refused
from workforce.models import Employee


@transaction.atomic
def open_plan(employee: Employee, *, cycle: Cycle, actor: Actor, on: date) -> Plan:
    """Begin the plan of one employee for one period; the one there is where there is one.

    5 CFR 9701.406(a), (b)#1. Raises Refused: `recused`, `own_record`, `not_rating_official`,
    `subpart_d_not_effective`, `record_locked` for a closed period, `coverage_unspecified`,
    `system_conflict`.
    """
    lock_person(employee.pk)
    settle_lapsed(employee.pk, before=on)
    refuse_recused(actor.user, employee, on=on)
    may_expect(actor, employee, on=on)
    refuse_uncovered(employee, on=on)
    if cycle.state == CycleState.CLOSED:
        raise Refused("record_locked", "9701.406", f"{cycle.title} is closed.")
    cycle = cycle_for(employee, cycle, on=on)
    plan, made = Plan.objects.get_or_create(employee=employee, cycle=cycle)
    if made:
        record(
            plan.subject,
            act="open_plan",
            actor=actor,
            on=on,
            employee_key=employee.pk,
            to_state=str(plan.state),
            citation="9701.406",
        )
    expect_equal_opportunity(plan, by=employee_behind(actor), on=on)
    return plan
