"""Closing the plans of an appraisal period, all at once."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from casework.actor import Actor
from casework.models import Entry
from casework.services.history import entry_of
from performance.models import Cycle, Plan, PlanState

_FROM = (PlanState.DRAFT, PlanState.EMPLOYEE_INPUT, PlanState.COMMUNICATED)


def close_plans(cycle: Cycle, *, actor: Actor, on: date) -> int:
    """Close every open plan of a period, each with its line of history; how many.

    Rule 5 of the design: set-based, from the states that the transition allows. The caller holds
    the period's row.
    """
    open_plans = list(
        Plan.objects.select_for_update(no_key=True)
        .filter(cycle=cycle, state__in=_FROM)
        .order_by("employee_id")
    )
    Plan.objects.filter(pk__in=[plan.pk for plan in open_plans]).update(
        state=PlanState.CLOSED, version=F("version") + 1
    )
    Entry.objects.bulk_create(
        entry_of(
            plan.subject,
            act="close_plan",
            actor=actor,
            on=on,
            employee_key=plan.employee_id,
            from_state=str(plan.state),
            to_state=PlanState.CLOSED,
            citation="9701.405(b)(2)",
        )
        for plan in open_plans
    )
    return len(open_plans)
