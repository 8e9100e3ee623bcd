"""Preparing an appraisal, which is never a rating of record (5 CFR 9701.409(h))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person, settle_lapsed
from performance.models import Appraisal, Plan, SpecialCircumstance
from performance.permissions import may_appraise
from performance.queries.minimum_period import served_under
from performance.queries.officials import person_behind
from performance.queries.systems import system_of
from performance.rules.appraisal import CITATION, check_served
from performance.services.appraisal_act import (
    AppraisalContent,
    act_on_appraisal,
    check_form,
    write_items,
)
from performance.services.guards import refuse_uncovered
from regulation.refusals import Refused


@transaction.atomic
def prepare_appraisal(
    plan: Plan,
    *,
    content: AppraisalContent,
    actor: Actor,
    on: date,
    circumstance: SpecialCircumstance | None = None,
) -> Appraisal:
    """Begin an appraisal of one employee, as a draft of who supervises or supervised him.

    5 CFR 9701.409(h): for a purpose that the system lists, once the employee has completed the
    minimum period. Raises Refused recused, own_record, not_rating_official,
    subpart_d_not_effective, purpose_not_listed, min_period_not_met, invalid_range, future_date,
    outside_period, level_not_in_system, expectation_not_communicated, invalid_input.
    """
    employee = plan.employee
    lock_person(employee.pk)
    settle_lapsed(employee.pk, before=on)
    refuse_recused(actor.user, employee, on=on)
    if circumstance is not None and circumstance.employee_id != employee.pk:
        raise Refused("invalid_input", CITATION, "The circumstance is another employee’s.")
    owed_by = circumstance.appraised_by if circumstance else None
    may_appraise(actor, employee, owed_by=owed_by, on=on)
    refuse_uncovered(employee, on=on)
    system = system_of(employee, cycle=plan.cycle, on=on)
    check_form(content, plan=plan, listed=system.appraisal_purposes, on=on)
    check_served(served_under(plan, on=on))
    appraisal = Appraisal.objects.create(
        employee=employee,
        plan=plan,
        purpose=content.purpose,
        circumstance=circumstance,
        prepared_by=person_behind(actor),
        covers_from=content.covers_from,
        covers_to=content.covers_to,
        progress=content.progress,
    )
    write_items(appraisal, content)
    record(
        appraisal.subject,
        act="prepare_appraisal",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        to_state=str(appraisal.state),
        citation=CITATION,
        detail={"purpose": content.purpose},
    )
    return appraisal


def write_appraisal(
    appraisal: Appraisal, *, content: AppraisalContent, actor: Actor, on: date, version: int
) -> Appraisal:
    """Go on writing the draft. Raises Refused: as `act_on_appraisal` and `check_form`."""

    def write(fresh: Appraisal) -> None:
        fresh.edit()
        system = system_of(fresh.employee, cycle=fresh.plan.cycle, on=on)
        check_form(content, plan=fresh.plan, listed=system.appraisal_purposes, on=on)
        fresh.purpose = content.purpose
        fresh.covers_from, fresh.covers_to = content.covers_from, content.covers_to
        fresh.progress = content.progress
        write_items(fresh, content)

    return act_on_appraisal(
        appraisal, name="write_appraisal", do=write, actor=actor, on=on, version=version
    )
