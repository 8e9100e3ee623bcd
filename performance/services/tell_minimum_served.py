"""Who has served the minimum period (5 CFR 9701.404 "Minimum period", .405(b)(3))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import CharField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from casework.models import Entry, Notice
from casework.services.history import entry_of
from performance.models import Cycle, CycleState, Plan
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.scoring import rating_policy
from performance.rules.minimum_period import days_served
from performance.services.period_notices import SYSTEM, covered_people, notice_of, team_url
from workforce.models import Supervision

SERVED = "minimum_period_served"


def tell_minimum_served(on: date) -> int:
    """Tell each supervisor, once, who has served the minimum period of a running period.

    5 CFR 9701.404 "Minimum period", 9701.405(b)(3): from then on a rating of record, or an
    appraisal of 9701.409(h), can be prepared.
    """
    reached: list[Plan] = []
    for cycle in Cycle.objects.filter(state=CycleState.OPEN, starts__lte=on, ends__gte=on):
        reached += _reached(cycle, on=on)
    teams: dict[int, list[Plan]] = defaultdict(list)
    for plan in reached:
        teams[plan.over_user].append(plan)  # type: ignore[attr-defined]
    Notice.objects.bulk_create(
        notice_of(
            user_id,
            citation="9701.405(b)(3)",
            title=f"{_named(plan.employee.name for plan in plans)} served the minimum period",
            body="From now on a rating of record can be prepared, or an appraisal at a detail, "
            "transfer or change of supervisor.",
            on=on,
            url=team_url(plans[0].cycle),
        )
        for user_id, plans in teams.items()
    )
    Entry.objects.bulk_create(
        entry_of(
            plan.subject,
            act=SERVED,
            actor=SYSTEM,
            on=on,
            employee_key=plan.employee_id,
            citation="9701.405(b)(3)",
        )
        for plan in reached
    )
    return len(reached)


def _reached(cycle: Cycle, *, on: date) -> list[Plan]:
    minimum = rating_policy(cycle, on=on)["minimum_period_days"]
    subject = Concat(Value("plan:"), Cast(OuterRef("pk"), CharField()))
    said = Entry.objects.filter(subject=subject, act=SERVED)
    over = Supervision.objects.filter(employee=OuterRef("employee"), period__contains=on)
    plans = list(
        Plan.objects.filter(
            cycle=cycle,
            communicated_on__lte=on - timedelta(days=minimum),
            employee__hired__lte=on - timedelta(days=minimum),
            employee__in=covered_people(on=on),
        )
        .annotate(over_user=Subquery(over.values("supervisor__user")[:1]))
        .filter(~Exists(said), over_user__isnull=False)
        .select_related("employee", "cycle")
        .order_by("employee__family_name", "employee__given_name", "pk")
    )
    away = absences_of([plan.employee_id for plan in plans], kinds=NON_PAY)
    return [
        plan
        for plan in plans
        if days_served(
            period_start=cycle.starts,
            period_end=cycle.ends,
            communicated_on=plan.communicated_on,
            hired=plan.employee.hired,
            not_performing=away[plan.employee_id],
            minimum=minimum,
            on=on,
        ).enough
    ]


def _named(names: Iterable[str]) -> str:
    first, *others = names
    if not others:
        return f"{first} has"
    return f"{first} and {len(others)} other{'s' if len(others) > 1 else ''} have"
