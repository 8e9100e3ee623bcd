"""How much of the minimum period somebody has served in the period of a plan."""

from __future__ import annotations

from datetime import date

from performance.models import Plan
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.scoring import rating_policy
from performance.rules.minimum_period import Served, days_served


def served_under(plan: Plan, *, on: date) -> Served:
    """Days served by the morning of a date, whoever supervised (5 CFR 9701.404, .405(b)(3))."""
    employee, cycle = plan.employee, plan.cycle
    return days_served(
        period_start=cycle.starts,
        period_end=cycle.ends,
        communicated_on=plan.communicated_on,
        hired=employee.hired,
        not_performing=absences_of([employee.pk], kinds=NON_PAY)[employee.pk],
        minimum=rating_policy(cycle, on=on)["minimum_period_days"],
        on=on,
    )
