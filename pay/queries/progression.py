"""The step of a progression plan that is next for somebody, and what of it is certified (.345)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pay.models import PayRate, PointCertification, ProgressionPlan, ProgressionStep, StepTaken
from pay.rules.developmental import months_between
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class NextStep:
    """The first step not yet taken: its points, those certified by the date, and its rise."""

    step_id: int
    number: int
    points: tuple[str, ...]
    certified: tuple[str, ...]
    amount: int | None
    percent: Decimal | None
    standard_months: int | None
    months_served: int


def plan_in_force(band_id: int, *, on: date) -> ProgressionPlan | None:
    """The progression plan of a band on a date, if it has one with steps."""
    return (
        ProgressionPlan.objects.filter(band_id=band_id, effective__lte=on, steps__isnull=False)
        .order_by("-effective")
        .first()
    )


def next_step(employee: Employee, *, band_id: int, on: date) -> NextStep | None:
    """What the plan in force gives next; None without a plan, or where every step was taken.

    5 CFR 9701.345. Time is counted in whole months from the last step, or from the entry into the
    band.
    """
    plan = plan_in_force(band_id, on=on)
    if plan is None:
        return None
    taken = StepTaken.objects.filter(
        employee=employee, step__plan=plan, action__annuls=False, action__payaction__isnull=True
    ).select_related("action")
    step = ProgressionStep.objects.filter(plan=plan).exclude(
        pk__in=[each.step_id for each in taken]
    )
    first = step.order_by("number").first()
    if first is None:
        return None
    certified = PointCertification.objects.filter(
        employee=employee, step=first, certified_on__lte=on
    ).values_list("point", flat=True)
    since = max(
        [each.action.effective for each in taken if each.action.effective <= on],
        default=_entered(employee, band_id=band_id, on=on),
    )
    return NextStep(
        step_id=first.pk,
        number=first.number,
        points=tuple(first.points),
        certified=tuple(certified),
        amount=first.amount,
        percent=first.percent,
        standard_months=first.standard_months,
        months_served=months_between(since, on),
    )


def _entered(employee: Employee, *, band_id: int, on: date) -> date:
    """The first day of the time in the band that runs on the date."""
    entered = on
    rates = PayRate.objects.filter(employee=employee, starts__lte=on).order_by("-starts")
    for held, starts in rates.values_list("band_id", "starts"):
        if held != band_id:
            break
        entered = starts
    return entered
