"""Choosing what is done about poor performance (5 CFR 9701.408(b)(2))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from accounts.models import Role
from casework.actor import Actor
from casework.services.work_items import open_work_item
from performance.models import PoorPerformanceRecord, PoorPerformanceState, RemedyKind
from performance.rules.poor_performance import ACT, CONSIDER, check_chosen
from performance.services.poor_performance_act import act_on_record, tell_employee_of
from regulation.refusals import Refused
from workforce.queries.relations import organization_on


def choose_actions(
    record: PoorPerformanceRecord,
    *,
    chosen: Mapping[int, date],
    actor: Actor,
    on: date,
    version: int,
) -> PoorPerformanceRecord:
    """Choose at least one suitable option, each with its date; HR hears of an adverse action.

    5 CFR 9701.408(b)(2). `chosen` maps ids of remedies to dates. No option is a condition of
    another: an improvement period need not come before an adverse action. Raises Refused: what
    `act_on_record` refuses, `options_not_considered`, `action_not_recorded`, `invalid_input`.
    """

    def choose(fresh: PoorPerformanceRecord) -> None:
        if fresh.state == PoorPerformanceState.OPENED:
            raise Refused(
                "options_not_considered",
                CONSIDER,
                "Mark every option considered before choosing (9701.408(b)(1)).",
            )
        fresh.choose()
        remedies = {remedy.pk: remedy for remedy in fresh.remedies.all()}
        if not set(chosen) <= set(remedies):
            raise Refused("invalid_input", ACT, "This record holds no such option.")
        check_chosen(
            ((remedies[pk].suitable, day) for pk, day in chosen.items()),
            determined_on=fresh.determined_on,
        )
        for pk, day in chosen.items():
            remedies[pk].chosen_for = day
            remedies[pk].save()

    saved = act_on_record(
        record,
        name="choose_actions",
        do=choose,
        actor=actor,
        on=on,
        version=version,
        citation=ACT,
        detail={str(pk): day.isoformat() for pk, day in chosen.items()},
    )
    if saved.remedies.filter(kind=RemedyKind.ADVERSE_ACTION, chosen_for__isnull=False).exists():
        open_work_item(
            saved,
            kind="adverse_action_chosen",
            title=f"Adverse action chosen for performance: {saved.employee.name}",
            on=on,
            url=reverse("performance:poor_performance", args=[saved.pk]),
            citation=ACT,
            role=Role.HR_SPECIALIST,
            organization=organization_on(saved.employee, on=on),
        )
    tell_employee_of(saved, title="Your supervisor chose what to do about performance", on=on)
    return saved
