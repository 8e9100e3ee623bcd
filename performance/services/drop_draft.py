"""Dropping a draft expectation that nobody was told of."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from performance.models import Plan, PlanNote
from performance.services.plan_act import act_on_plan
from performance.services.write_expectation import draft_of
from regulation.refusals import Refused


def drop_draft(
    plan: Plan, *, expectation: int, actor: Actor, on: date, version: int | None = None
) -> Plan:
    """Take a draft out of the plan; its words stay in the history.

    Raises Refused: what `act_on_plan` refuses, `expectation_fixed`, and `record_locked` for one of
    which the employee has said something.
    """
    row = draft_of(plan, expectation)

    def drop(fresh: Plan) -> None:
        fresh.write()
        draft = draft_of(fresh, expectation)
        if PlanNote.objects.filter(expectation=draft).exists():
            raise Refused(
                "record_locked",
                "9701.406(d)",
                "The employee has commented on this draft, so it stays. Write it anew instead.",
            )
        draft.delete()

    return act_on_plan(
        plan,
        name="drop_draft",
        do=drop,
        actor=actor,
        on=on,
        version=version,
        detail={"title": row.title, "statement": row.statement},
    )
