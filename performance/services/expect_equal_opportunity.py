"""Equal opportunity stands on every supervisor's plan (5 CFR 9701.410(d))."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from casework.services.notices import notify
from performance.models import (
    CycleState,
    Expectation,
    ExpectationForm,
    ExpectationState,
    Plan,
    PlanState,
)
from performance.queries.supervising import supervised_in, supervisors_on
from performance.rules.equal_opportunity import ALIGNMENT, CITATION, CODE, STATEMENT, TITLE
from workforce.models import Employee

#: Last on the form.
ORDER = 999


def expect_equal_opportunity(plan: Plan, *, on: date, by: Employee | None = None) -> None:
    """Put it on a supervisor's plan, where it is not yet, and tell him in writing.

    29 CFR 1614.102(a)(5). Whoever supervised for part of the period so far has it too.
    """
    cycle = plan.cycle
    if plan.state == PlanState.CLOSED or not supervised_in(
        plan.employee, first=cycle.starts, last=max(min(on, cycle.ends), cycle.starts)
    ):
        return
    _, made = Expectation.objects.get_or_create(
        plan=plan,
        competency=CODE,
        defaults={
            "form": ExpectationForm.COMPETENCY,
            "title": TITLE,
            "statement": STATEMENT,
            "alignment": ALIGNMENT,
            "order": ORDER,
            "state": ExpectationState.COMMUNICATED,
            "communicated_on": on,
            "communicated_how": "written",
            "communicated_by": by,
        },
    )
    if made:
        notify(
            plan.employee.user,
            title=f"You are expected to further {TITLE.lower()}",
            body=STATEMENT,
            on=on,
            subject=plan.subject,
            citation=CITATION,
            url=reverse("performance:plan", args=[plan.pk]),
        )


def expect_of_new_supervisors(on: date) -> int:
    """Daily: plans of those who have begun to supervise; how many got it."""
    there = Expectation.objects.filter(plan=OuterRef("pk"), competency=CODE)
    plans = (
        Plan.objects.filter(
            ~Exists(there),
            cycle__state=CycleState.OPEN,
            cycle__starts__lte=on,
            cycle__ends__gte=on,
            employee__in=supervisors_on(on),
        )
        .exclude(state=PlanState.CLOSED)
        .select_related("employee__user", "cycle")
    )
    found = list(plans)
    for plan in found:
        expect_equal_opportunity(plan, on=on)
    return len(found)
