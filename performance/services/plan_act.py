"""What every act of a supervisor on a plan shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from casework.actor import Actor
from casework.services.act import act
from performance.models import Plan
from performance.permissions import may_expect
from regulation.refusals import Refused


def act_on_plan(
    plan: Plan,
    *,
    name: str,
    do: Callable[[Plan], object],
    actor: Actor,
    on: date,
    version: int | None,
    citation: str = "9701.406",
    detail: dict[str, Any] | None = None,
) -> Plan:
    """One act of the employee's supervisor of the day on the plan; the plan as saved.

    Raises Refused: `stale_form`, `recused`, `own_record`, `not_rating_official`,
    `invalid_transition`, and what `do` refuses.
    """
    return act(
        plan,
        name=name,
        actor=actor,
        on=on,
        do=do,
        may=lambda who, fresh: may_expect(who, fresh.employee, on=on),
        version=version,
        citation=citation,
        detail=detail,
    )


def refuse_ended(plan: Plan, *, on: date) -> None:
    """Refuse to set expectations of a period that is over: `record_locked` (5 CFR 9701.406(b))."""
    if on > plan.cycle.ends:
        raise Refused(
            "record_locked",
            "9701.406(b)",
            f"The period ended on {plan.cycle.ends}; nobody can be held to something new in it.",
        )
