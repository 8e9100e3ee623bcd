"""A planned appraisal period opens on its first day (5 CFR 9701.404 "Appraisal period")."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from casework.models import Notice
from casework.services.history import record
from performance.models import Cycle, CycleState
from performance.queries.scoring import rating_policy
from performance.services.period_notices import (
    SYSTEM,
    covered_people,
    cycle_subject,
    notice_of,
    team_url,
    words,
)
from workforce.models import Supervision

_YOURS = "Your supervisor tells you what is expected of you, and asks what you think of it."


def open_periods(on: date) -> int:
    """Open what begins, and tell supervisors and employees by when plans are due.

    5 CFR 9701.404 "Appraisal period", 9701.406(b).
    """
    opened = 0
    for cycle in Cycle.objects.filter(state=CycleState.PLANNED, starts__lte=on):
        due_on = cycle.starts + timedelta(days=rating_policy(cycle, on=on)["plan_due_days"])
        people = covered_people(on=on).filter(user__isnull=False)
        teams = Supervision.objects.filter(supervisor=OuterRef("pk"), period__contains=on)
        people = people.annotate(leads=Exists(teams))
        notices = []
        for user_id, leads in people.values_list("user", "leads"):
            notices.append(
                notice_of(user_id, citation="9701.406(b)", title=_opened(cycle), body=_YOURS, on=on)
            )
            if leads:
                title = f"Communicate the plans of your team by {words(due_on)}"
                notices.append(
                    notice_of(
                        user_id,
                        citation="9701.406(b)",
                        title=title,
                        body=_opened(cycle),
                        on=on,
                        url=team_url(cycle),
                    )
                )
        Notice.objects.bulk_create(notices)
        cycle.state = CycleState.OPEN
        cycle.save(update_fields=["state"])
        record(
            cycle_subject(cycle),
            act="open_cycle",
            actor=SYSTEM,
            on=on,
            from_state=CycleState.PLANNED,
            to_state=CycleState.OPEN,
            citation="9701.404",
        )
        opened += 1
    return opened


def _opened(cycle: Cycle) -> str:
    return f"The appraisal period from {words(cycle.starts)} to {words(cycle.ends)} has begun"
