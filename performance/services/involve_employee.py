"""Involving the employee in what is expected of him (5 CFR 9701.406(d))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from performance.models import Involvement, Plan
from performance.services.plan_act import act_on_plan, refuse_ended
from regulation.refusals import Refused

CITATION = "9701.406(d)"


def invite_input(plan: Plan, *, actor: Actor, on: date, version: int | None = None) -> Plan:
    """Show the draft to the employee and invite him to say what he thinks of it.

    5 CFR 9701.406(d)#1. Whoever was invited and says nothing was involved. Raises Refused what
    `act_on_plan` refuses.
    """

    def invite(fresh: Plan) -> None:
        fresh.invite_input(on=on)
        refuse_ended(fresh, on=on)

    saved = act_on_plan(
        plan,
        name="invite_input",
        do=invite,
        actor=actor,
        on=on,
        version=version,
        citation=CITATION,
    )
    notify(
        saved.employee.user,
        title=f"Your input to your plan for {saved.cycle.title} is invited",
        body="Read the draft, and propose or comment. Final decisions are management’s.",
        on=on,
        subject=saved.subject,
        citation=CITATION,
        url=reverse("performance:plan", args=[saved.pk]),
    )
    return saved


def record_involvement(
    plan: Plan,
    *,
    how: str,
    happened_on: date | None,
    note: str,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> Plan:
    """Record the meeting or the invitation, or why involvement was not practicable.

    5 CFR 9701.406(d)#1. Raises Refused: what `act_on_plan` refuses, `invalid_input`,
    `reason_required`, `future_date`.
    """

    def involve(fresh: Plan) -> None:
        fresh.write()
        if how not in (Involvement.MET, Involvement.INVITED, Involvement.NOT_PRACTICABLE):
            raise Refused("invalid_input", CITATION, "Say how the employee was involved.")
        if how == Involvement.NOT_PRACTICABLE and not note.strip():
            raise Refused("reason_required", CITATION, "Say why it was not practicable.")
        if how != Involvement.NOT_PRACTICABLE and happened_on is None:
            raise Refused("invalid_input", CITATION, "Give the day of the meeting or invitation.")
        if happened_on is not None and happened_on > on:
            raise Refused("future_date", CITATION, f"{happened_on} is still to come.")
        fresh.involvement = how
        fresh.involved_on = happened_on
        fresh.involvement_note = note.strip()

    return act_on_plan(
        plan,
        name="record_involvement",
        do=involve,
        actor=actor,
        on=on,
        version=version,
        citation=CITATION,
        detail={"how": how},
    )
