"""Opening a record of poor performance (5 CFR 9701.408(b)(1))."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services import history
from casework.settlement import lock_person, settle_lapsed
from performance.models import Plan, PlanState, PoorPerformanceRecord
from performance.permissions import may_expect
from performance.queries.officials import person_behind
from performance.rules.poor_performance import CONSIDER, check_found
from performance.services.guards import require
from performance.services.poor_performance_act import tell_employee_of
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found unacceptable, and when."""

    determined_on: date
    work_from: date
    work_to: date
    facts: str
    not_met: Collection[int] = ()
    conduct: bool = False
    nature_and_gravity: str = ""
    consequences: str = ""
    circumstances: str = ""


@transaction.atomic
def open_poor_performance(
    plan: Plan, *, finding: Finding, actor: Actor, on: date
) -> PoorPerformanceRecord:
    """Record that the supervisor determined performance to be unacceptable during the period.

    5 CFR 9701.408(b)(1). The employee reads what was found at once. Raises Refused: `recused`,
    `own_record`, `not_rating_official`, `record_locked` for a closed plan, `reason_required`
    without the facts, and what `check_found` refuses.
    """
    lock_person(plan.employee_id)
    settle_lapsed(plan.employee_id, before=on)
    refuse_recused(actor.user, plan.employee, on=on)
    may_expect(actor, plan.employee, on=on)
    if plan.state == PlanState.CLOSED:
        raise Refused("record_locked", CONSIDER, "The plan is closed.")
    facts = require(finding.facts, "what was found")
    not_met = list(plan.expectations.filter(pk__in=finding.not_met))
    if len(not_met) != len(set(finding.not_met)):
        raise Refused("invalid_input", CONSIDER, "The plan holds no such expectation.")
    check_found(
        expected=[(row.communicated_on, row.ended_on) for row in not_met],
        conduct=finding.conduct,
        work_from=finding.work_from,
        work_to=finding.work_to,
        determined_on=finding.determined_on,
        period_start=plan.cycle.starts,
        period_end=plan.cycle.ends,
        on=on,
    )
    record = PoorPerformanceRecord.objects.create(
        employee=plan.employee,
        plan=plan,
        determined_on=finding.determined_on,
        determined_by=person_behind(actor),
        conduct=finding.conduct,
        work_from=finding.work_from,
        work_to=finding.work_to,
        facts=facts,
        nature_and_gravity=finding.nature_and_gravity.strip(),
        consequences=finding.consequences.strip(),
        circumstances=finding.circumstances.strip(),
    )
    record.not_met.set(not_met)
    history.record(
        record.subject,
        act="open_poor_performance",
        actor=actor,
        on=on,
        employee_key=plan.employee_id,
        to_state=str(record.state),
        citation=CONSIDER,
    )
    tell_employee_of(record, title="Your supervisor recorded a matter of performance", on=on)
    return record
