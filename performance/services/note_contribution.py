"""Noting a contribution in the file of the year (5 CFR 9701.404 "Contribution")."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import Contribution, Plan
from performance.permissions import may_expect, may_say
from performance.queries.officials import employee_behind, person_behind
from performance.rules.evidence import check_in_period, check_past
from performance.services.guards import require
from performance.services.plan_content import rows_of
from regulation import clock

CITATION = "9701.404"


def note_contribution(
    plan: Plan,
    *,
    text: str,
    dated: date,
    actor: Actor,
    on: date,
    about: Collection[int] = (),
) -> Contribution:
    """Keep a work product, service, output or result; both sides read it at once.

    5 CFR 9701.404 "Contribution". The employee notes it, or the supervisor. One dated outside the
    period could not be cited. Raises Refused: `permission_denied`, `not_rating_official`,
    `recused`, `reason_required` without a text, `future_date`, `outside_period`, `invalid_input`.
    """
    found: list[Contribution] = []

    def note(fresh: Plan) -> None:
        fresh.write()
        words = require(text, "the contribution")
        check_past(dated, on=on, citation=CITATION)
        check_in_period(
            dated,
            period_start=fresh.cycle.starts,
            period_end=fresh.cycle.ends,
            citation=CITATION,
        )
        row = Contribution.objects.create(
            plan=fresh,
            dated=dated,
            text=words,
            noted_by=person_behind(actor),
            recorded_at=clock.now(),
        )
        row.about.set(rows_of(fresh, about))
        found.append(row)

    def may(who: Actor, fresh: Plan) -> None:
        acting = employee_behind(who)
        if acting is not None and acting.pk == fresh.employee_id:
            may_say(who, fresh)
        else:
            may_expect(who, fresh.employee, on=on)

    act(
        plan,
        name="note_contribution",
        actor=actor,
        on=on,
        do=note,
        may=may,
        citation=CITATION,
        detail={"dated": dated.isoformat()},
    )
    return found[0]
