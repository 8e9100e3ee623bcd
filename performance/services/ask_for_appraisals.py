"""Appraisals that are owed become work items of those who supervised (5 CFR 9701.409(h))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework.services.work_items import finish_work_item, open_work_item
from performance.models import (
    Appraisal,
    AppraisalState,
    CycleState,
    Plan,
    SpecialCircumstance,
)
from performance.queries.minimum_period import served_under

KIND = "prepare_appraisal"


def ask_for_appraisal(circumstance: SpecialCircumstance, *, on: date) -> bool:
    """Ask for one appraisal once it is owed; whether it was asked for just now.

    It is owed from the day on which the time under the appraiser has ended and the employee has
    completed the minimum period, whoever supervised (5 CFR 9701.409(h), 9701.404).
    """
    owes = circumstance.appraised_by
    plan = plan_at(circumstance)
    if owes is None or plan is None or circumstance.appraisal_owed or not _ended(circumstance, on):
        return False
    if not served_under(plan, on=on).enough:
        return False
    circumstance.appraisal_owed = True
    circumstance.save(update_fields=["appraisal_owed"])
    open_work_item(
        circumstance,
        kind=KIND,
        title=f"Prepare an appraisal of {circumstance.employee}: "
        f"{circumstance.get_kind_display().lower()}",
        on=on,
        url=f"{reverse('performance:new_appraisal', args=[plan.pk])}"
        f"?circumstance={circumstance.pk}",
        citation="9701.409(h)",
        user=owes.user,
    )
    return True


def appraisal_given(circumstance: SpecialCircumstance, *, on: date) -> None:
    """It is owed no longer."""
    finish_work_item(circumstance, kind=KIND, on=on)


def ask_for_appraisals(on: date) -> int:
    """Daily: what has come to be owed since; how many were asked for."""
    waiting = (
        SpecialCircumstance.objects.filter(
            appraised_by__isnull=False, appraisal_owed=False, starts__lte=on
        )
        .exclude(
            pk__in=Appraisal.objects.filter(state=AppraisalState.GIVEN)
            .exclude(circumstance=None)
            .values("circumstance")
        )
        .select_related("employee", "appraised_by__user")
    )
    return sum(ask_for_appraisal(one, on=on) for one in waiting)


def plan_at(circumstance: SpecialCircumstance) -> Plan | None:
    """The plan of the period in which the time appraised ended."""
    day = circumstance.ends or circumstance.starts
    return (
        Plan.objects.filter(
            employee=circumstance.employee_id, cycle__starts__lte=day, cycle__ends__gte=day
        )
        .exclude(cycle__state=CycleState.CLOSED)
        .select_related("employee", "cycle")
        .first()
    )


def _ended(circumstance: SpecialCircumstance, on: date) -> bool:
    """A detail is appraised at its end; elsewhere what was before ended as it began."""
    if circumstance.kind == "detail":
        return circumstance.ends is not None and circumstance.ends < on
    return circumstance.starts <= on
