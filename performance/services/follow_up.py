"""What a supervisor owes an employee in tools and development (5 CFR 9701.408(a))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.work_items import finish_work_item, open_work_item
from performance.models import FollowUp, FollowUpKind, InterimReview, Plan
from performance.queries.officials import person_behind
from performance.services.guards import require
from performance.services.plan_act import act_on_plan
from regulation.refusals import Refused
from workforce.queries.relations import supervisor_of

TOOLS, DEVELOPMENT = "9701.408(a)(1)", "9701.408(a)(2)"
ITEM = "tools_lacking"


def plan_development(
    plan: Plan, *, text: str, due_on: date | None, actor: Actor, on: date
) -> FollowUp:
    """Put a development action with its date on the plan; a plan of development is never required.

    5 CFR 9701.408(a)(2). Raises Refused: what `act_on_plan` refuses, `reason_required`,
    `invalid_input` where it would be due before today.
    """
    found: list[FollowUp] = []

    def add(fresh: Plan) -> None:
        fresh.write()
        words = require(text, "what is to be done for development")
        if due_on is not None and due_on < on:
            raise Refused("invalid_input", DEVELOPMENT, f"{due_on.isoformat()} has passed.")
        found.append(
            FollowUp.objects.create(
                plan=fresh,
                kind=FollowUpKind.DEVELOPMENT,
                text=words,
                noted_on=on,
                noted_by=person_behind(actor),
                due_on=due_on,
            )
        )

    act_on_plan(
        plan,
        name="plan_development",
        do=add,
        actor=actor,
        on=on,
        version=None,
        citation=DEVELOPMENT,
    )
    return found[0]


def finish_follow_up(
    plan: Plan, *, follow_up: int, outcome: str, actor: Actor, on: date
) -> FollowUp:
    """Record what was done, or why resources do not allow it.

    5 CFR 9701.408(a): subject to budget and constraints. Raises Refused: what `act_on_plan`
    refuses, `invalid_input`, `already_done`, `reason_required`.
    """
    found: list[FollowUp] = []

    def finish(fresh: Plan) -> None:
        fresh.write()
        row = FollowUp.objects.filter(plan=fresh, pk=follow_up).first()
        if row is None:
            raise Refused("invalid_input", "9701.408(a)", "This plan holds no such follow-up.")
        if row.done_on is not None:
            raise Refused("already_done", "9701.408(a)", f"Done on {row.done_on.isoformat()}.")
        row.outcome = require(outcome, "what was done, or why resources do not allow it")
        row.done_on = on
        row.save()
        found.append(row)

    saved = act_on_plan(
        plan,
        name="finish_follow_up",
        do=finish,
        actor=actor,
        on=on,
        version=None,
        citation="9701.408(a)",
        detail={"follow_up": follow_up},
    )
    if not saved.follow_ups.filter(kind=FollowUpKind.TOOLS, done_on=None).exists():
        finish_work_item(saved, kind=ITEM, on=on)
    return found[0]


def follow_up_of_review(
    review: InterimReview, *, tools: str, development: str, due_on: date | None, on: date
) -> None:
    """What a review that was held leaves to do; it blocks nothing (5 CFR 9701.408(a))."""
    rows = ((FollowUpKind.TOOLS, tools, None), (FollowUpKind.DEVELOPMENT, development, due_on))
    FollowUp.objects.bulk_create(
        FollowUp(
            plan=review.plan,
            review=review,
            kind=kind,
            text=text.strip(),
            noted_on=on,
            noted_by=review.held_by,
            due_on=due,
        )
        for kind, text, due in rows
        if text.strip()
    )
    supervisor = supervisor_of(review.employee, on=on)
    if tools.strip() and supervisor is not None:
        open_work_item(
            review.plan,
            kind=ITEM,
            title=f"See to the tools that {review.employee.name} lacks",
            on=on,
            url=f"{reverse('performance:year', args=[review.plan_id])}#follow-up",
            citation=TOOLS,
            user=supervisor.user,
        )
