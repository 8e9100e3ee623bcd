"""Telling an employee what is expected (5 CFR 9701.406(b))."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from performance.models import Expectation, Plan
from performance.queries.officials import employee_behind
from performance.rules.communication import CITATION, check_involved, check_told
from performance.rules.expectation import check_communicable
from performance.services.plan_act import act_on_plan, refuse_ended
from performance.services.plan_content import check_content, content_of
from performance.services.write_expectation import draft_of
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """When and how the employee was told; the time proves the order of a day, where it matters."""

    told_on: date
    how: str
    told_at: time | None = None
    words: str = ""


def communicate_expectations(
    plan: Plan,
    *,
    expectations: Collection[int],
    telling: Telling,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> Plan:
    """Communicate drafts of a plan; the employee is accountable under them from the day after.

    5 CFR 9701.406(a), (b), (d). Nothing has to be in writing. One that replaces another ends it on
    the same day. Raises Refused: what `act_on_plan` refuses, `involvement_not_recorded`,
    `alignment_missing`, `future_date`, `invalid_input` where nothing is chosen, and what the form
    of each expectation asks.
    """
    told: list[Expectation] = []

    def communicate(fresh: Plan) -> None:
        fresh.communicate(on=telling.told_on)
        refuse_ended(fresh, on=on)
        check_involved(involvement=fresh.involvement, note=fresh.involvement_note)
        check_told(told_on=telling.told_on, how=telling.how, on=on)
        if not expectations:
            raise Refused("invalid_input", CITATION, "Choose what was communicated.")
        told.extend(
            _told(fresh, pk, telling=telling, actor=actor, on=on) for pk in sorted(expectations)
        )

    saved = act_on_plan(
        plan,
        name="communicate_expectations",
        do=communicate,
        actor=actor,
        on=on,
        version=version,
        citation=CITATION,
        detail={
            "told_on": telling.told_on.isoformat(),
            "how": telling.how,
            "expectations": sorted(expectations),
        },
    )
    _notify(saved, told, on=on)
    return saved


def _told(plan: Plan, pk: int, *, telling: Telling, actor: Actor, on: date) -> Expectation:
    row = draft_of(plan, pk)
    content = content_of(row)
    check_content(content, plan=plan, on=on)
    check_communicable(content)
    row.communicate(
        on=telling.told_on,
        at=telling.told_at,
        how=telling.how,
        by=employee_behind(actor),
        words=telling.words,
    )
    row.save()
    old = row.replaces
    if old is not None:
        old.give_way(on=telling.told_on, reason=f"Replaced by “{row.title}”.")
        old.save()
    return row


def _notify(plan: Plan, told: Sequence[Expectation], *, on: date) -> None:
    """Those that may affect retention in the job come first (5 CFR 9701.406(b)#1)."""
    first = [row for row in told if row.affects_retention]
    rest = [row for row in told if not row.affects_retention]
    lines = [f"May affect your retention in the job: {row.title}" for row in first]
    lines += [row.title for row in rest]
    notify(
        plan.employee.user,
        title=f"{len(told)} expectation{'s' if len(told) != 1 else ''} communicated to you",
        body="\n".join(lines),
        on=on,
        subject=plan.subject,
        citation=CITATION,
        url=reverse("performance:plan", args=[plan.pk]),
    )
