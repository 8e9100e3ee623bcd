"""HR records a special circumstance of an employee (5 CFR 9701.405(b)(6))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.services.history import record
from casework.settlement import lock_person, settle_lapsed
from performance.models import CircumstanceKind, Cycle, SpecialCircumstance
from performance.permissions import may_administer_person
from performance.queries.systems import system_of
from performance.rules.special_circumstance import (
    CITATION,
    SpecialRule,
    check_dates,
    last_day_before,
    rule_of,
)
from performance.services.ask_for_appraisals import ask_for_appraisal
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import supervisor_of


@transaction.atomic
def record_circumstance(
    employee: Employee,
    *,
    kind: str,
    starts: date,
    ends: date | None,
    note: str,
    actor: Actor,
    on: date,
    appraiser: Employee | None = None,
) -> SpecialCircumstance:
    """Keep it, with who rates and who owes an appraisal as the employee's system says.

    `appraiser` is named where the workforce does not know who supervised, as on a detail. Raises
    Refused recused, permission_denied, invalid_input, invalid_range, outside_period,
    special_rule_missing, coverage_unspecified, system_conflict, self_rating.
    """
    lock_person(employee.pk)
    settle_lapsed(employee.pk, before=on)
    refuse_recused(actor.user, employee, on=on)
    may_administer_person(actor, employee, on=on)
    if kind not in CircumstanceKind.values:
        raise Refused("invalid_input", CITATION, "Say which circumstance it is.")
    check_dates(starts, ends)
    cycle = _cycle_at(starts)
    rule = rule_of(
        system_of(employee, cycle=cycle, on=on).special_rules,
        kind=kind,
        title=str(CircumstanceKind(kind).label),
    )
    if appraiser is not None and appraiser.pk == employee.pk:
        raise Refused("self_rating", CITATION, "Nobody appraises himself or herself.")
    circumstance = SpecialCircumstance.objects.create(
        employee=employee,
        kind=kind,
        starts=starts,
        ends=ends,
        rated_by=_rater(employee, rule, starts=starts, on=min(on, cycle.ends)),
        appraised_by=_appraiser(employee, rule, named=appraiser, starts=starts, ends=ends, on=on),
        note=note.strip(),
        recorded_on=on,
        recorded_by=actor.user,
    )
    record(
        circumstance.subject,
        act="record_circumstance",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        citation=CITATION,
        detail={"kind": kind, "starts": starts.isoformat()},
    )
    ask_for_appraisal(circumstance, on=on)
    return circumstance


def _cycle_at(on: date) -> Cycle:
    cycle = Cycle.objects.filter(starts__lte=on, ends__gte=on).order_by("pk").first()
    if cycle is None:
        raise Refused("outside_period", CITATION, f"{on.isoformat()} lies in no appraisal period.")
    return cycle


def _rater(employee: Employee, rule: SpecialRule, *, starts: date, on: date) -> Employee | None:
    if rule.rater == "supervisor_of_record":
        before = supervisor_of(employee, on=last_day_before(starts))
        return before or supervisor_of(employee, on=starts)
    return supervisor_of(employee, on=on)


def _appraiser(
    employee: Employee,
    rule: SpecialRule,
    *,
    named: Employee | None,
    starts: date,
    ends: date | None,
    on: date,
) -> Employee | None:
    if not rule.appraiser:
        return None
    if named is not None:
        return named
    if rule.appraiser == "supervisor_before":
        return supervisor_of(employee, on=last_day_before(starts))
    return supervisor_of(employee, on=min(ends or on, on))
