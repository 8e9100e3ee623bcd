"""Ending an expectation that is expected no longer (5 CFR 9701.406(d)#2)."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from performance.models import Plan
from performance.rules.equal_opportunity import refuse_touching
from performance.services.guards import require
from performance.services.plan_act import act_on_plan, refuse_ended
from performance.services.write_expectation import standing_of


def withdraw_expectation(
    plan: Plan,
    *,
    expectation: int,
    reason: str,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> Plan:
    """Withdraw a communicated expectation from today on; it stays for the days before.

    5 CFR 9701.406(d)#2. Raises Refused: what `act_on_plan` refuses, `reason_required`,
    `invalid_input`, `expectation_fixed` for equal opportunity of a supervisor.
    """
    reason = require(reason, "the reason why it is expected no longer")
    title = standing_of(plan, expectation).title

    def withdraw(fresh: Plan) -> None:
        fresh.write()
        refuse_ended(fresh, on=on)
        row = standing_of(fresh, expectation)
        refuse_touching(row.competency)
        row.withdraw(on=on, reason=reason)
        row.save()

    saved = act_on_plan(
        plan,
        name="withdraw_expectation",
        do=withdraw,
        actor=actor,
        on=on,
        version=version,
        detail={"expectation": expectation, "title": title, "reason": reason},
    )
    notify(
        saved.employee.user,
        title=f"An expectation was withdrawn: {title}",
        body="It counts for the work of the days before.",
        on=on,
        subject=saved.subject,
        citation="9701.406",
        url=reverse("performance:plan", args=[saved.pk]),
    )
    return saved
