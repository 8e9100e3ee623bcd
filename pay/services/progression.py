"""Setting progression plans and certifying their points (5 CFR 9701.345; R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from classification.models import Band
from pay.models import PointCertification, ProgressionPlan, ProgressionStep
from pay.permissions import may_set_pay
from pay.rules import developmental as rule
from pay.rules.developmental import check_plan
from pay.services.career_ladder import set_progression_plan
from regulation.refusals import Refused
from workforce.models import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step: its assessment points and dollars, or percent (6 is 6 %), and standard months."""

    points: tuple[str, ...]
    amount: int | None = None
    percent: Decimal | None = None
    standard_months: int | None = None


@transaction.atomic
def lay_out_plan(
    band: Band,
    *,
    effective: date,
    steps: Sequence[PlannedStep],
    authority: str,
    actor: Actor,
    on: date,
) -> ProgressionPlan:
    """Set the plan of an Entry/Developmental band from a date on, with its steps in their order.

    5 CFR 9701.345. Refused: `invalid_input` without steps, or for one without points or without
    exactly one rise above zero, and what `set_progression_plan` refuses.
    """
    check_plan([(step.points, step.amount, step.percent) for step in steps])
    plan = set_progression_plan(band, effective=effective, authority=authority, actor=actor, on=on)
    ProgressionStep.objects.bulk_create(
        ProgressionStep(
            plan=plan,
            number=number,
            points=list(step.points),
            amount=step.amount,
            percent=step.percent,
            standard_months=step.standard_months,
        )
        for number, step in enumerate(steps, start=1)
    )
    return plan


def certify_point(
    employee: Employee,
    *,
    step: ProgressionStep,
    point: str,
    certified_on: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> PointCertification:
    """Put on record that an employee met an assessment point, and when.

    5 CFR 9701.345. Refused: `invalid_input` for a point that the step has not, `too_early` for a
    day to come, `already_done`, `own_record`, `not_authorized`, `recused`, `stale_form`.
    """
    made: list[PointCertification] = []

    def do(fresh: Employee) -> None:
        if point not in step.points:
            raise Refused("invalid_input", rule.CITATION, f"The step has no point “{point}”.")
        if certified_on > on:
            raise Refused("too_early", rule.CITATION, "A point is certified once it is met.")
        certification, new = PointCertification.objects.get_or_create(
            employee=fresh,
            step=step,
            point=point,
            defaults={"certified_on": certified_on, "certified_by": actor.user},
        )
        if not new:
            raise Refused("already_done", rule.CITATION, f"“{point}” is certified already.")
        made.append(certification)

    act(
        employee,
        name="certify_point",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=rule.CITATION,
        detail={"step": step.number, "point": point, "certified_on": certified_on.isoformat()},
    )
    return made[0]
