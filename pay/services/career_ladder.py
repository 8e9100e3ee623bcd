"""Increases equal to a former career ladder's promotions, until a progression plan (R35)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.act import act
from casework.services.deadlines import end_deadline
from casework.services.history import record
from casework.services.work_items import finish_work_item, open_work_item
from classification.models import Band
from pay.deadlines import LADDER, promise
from pay.kinds import Kind, step_of
from pay.models import LadderPromotion, LadderState, OrderKind, PayAction, PayRate, ProgressionPlan
from pay.permissions import may_set_pay
from pay.rules import career_ladder as rule
from pay.rules.career_ladder import LadderStep, ladder_equivalent
from pay.services.changes import Changing, carry_out_change
from pay.services.moves import NewRate
from pay.services.runs.permissions import refuse_strangers
from regulation.refusals import Refused
from workforce.models import Employee

CITATION = rule.CITATION
#: Somebody says whether what the ladder required is met.
CERTIFY = "certify_ladder_promotion"


@transaction.atomic
def schedule_ladder(
    employee: Employee, steps: Sequence[LadderStep], *, authority: str, actor: Actor, on: date
) -> list[LadderPromotion]:
    """Keep the promotions that a converted employee's career ladder had in store.

    5 CFR 9701.373(f). Each is promised for its day. Refused: `not_authorized`, `own_record`,
    `invalid_input` for a ladder that does not rise, `duplicate_open` for a day that stands already.
    """
    may_set_pay(actor, employee, on=on)
    known = LadderPromotion.objects.filter(employee=employee)
    held = set(known.values_list("due_on", flat=True))
    made = []
    for step in steps:
        if not 0 < step.before < step.after:
            message = f"A ladder's promotion rises, not {step.before:,} to {step.after:,}."
            raise Refused("invalid_input", CITATION, message)
        if step.on in held:
            message = f"A promotion of {step.on} is scheduled already."
            raise Refused("duplicate_open", CITATION, message)
        held.add(step.on)
        row = LadderPromotion.objects.create(
            employee=employee,
            due_on=step.on,
            before=step.before,
            after=step.after,
            authority=authority[:160],
        )
        record(
            row.subject,
            act="schedule_ladder_promotion",
            actor=actor,
            on=on,
            to_state=LadderState.SCHEDULED,
            citation=CITATION,
        )
        promise(
            row.subject,
            kind=LADDER,
            employee_key=employee.pk,
            effective=step.on,
            made_on=on,
            citation=CITATION,
        )
        made.append(row)
    return made


def certify_requirements(
    promotion: LadderPromotion, *, actor: Actor, on: date, version: int | None = None
) -> LadderPromotion:
    """Say that what the ladder required is met; a promotion whose day has come is paid at once.

    5 CFR 9701.373(f). Refused: `not_authorized`, `own_record`, `invalid_transition` unless it is
    scheduled, and what paying refuses.
    """

    def certify(fresh: LadderPromotion) -> None:
        if fresh.state != LadderState.SCHEDULED:
            raise Refused("invalid_transition", CITATION, "It is not scheduled any more.")
        fresh.requirements_met = True

    with transaction.atomic():
        saved = act(
            promotion,
            name="certify_requirements",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, row: may_set_pay(who, row.employee, on=on),
            do=certify,
            citation=CITATION,
        )
        finish_work_item(saved, kind=CERTIFY, on=on)
        waits = Deadline.objects.filter(
            subject=saved.subject, kind=LADDER, state=DeadlineState.OPEN
        ).exists()
        if not waits and saved.due_on <= on:
            settle_promotion(saved, actor=actor, on=on)
    return LadderPromotion.objects.get(pk=saved.pk)


def promotion_due(deadline: Deadline) -> str:
    """Pay a promotion on its day, or end it; a few words on what was done."""
    promotion = LadderPromotion.objects.select_related("employee").get(
        pk=int(deadline.subject.partition(":")[2])
    )
    # Closed before it pays: paying settles what is open for the person first.
    end_deadline(
        deadline.subject,
        kind=LADDER,
        state=DeadlineState.LAPSED,
        on=deadline.due_on,
        by="the day of the ladder's promotion came",
    )
    system = Actor.system("a career ladder's promotion fell due")
    return settle_promotion(promotion, actor=system, on=promotion.due_on)


def settle_promotion(promotion: LadderPromotion, *, actor: Actor, on: date) -> str:
    """Pay a scheduled promotion, cancel it where it is not owed, or ask for its certification."""
    if promotion.state != LadderState.SCHEDULED:
        return "nothing is scheduled"
    if plan_of(promotion.employee, on=promotion.due_on) is None and not promotion.requirements_met:
        open_work_item(
            promotion,
            kind=CERTIFY,
            title=f"Certify the career ladder promotion of {promotion.employee.name}"[:200],
            on=on,
            due_on=promotion.due_on,
            url=reverse("pay:career_ladder", args=[promotion.employee.number]),
            citation=CITATION,
            role=Role.PAY_SPECIALIST,
        )
        return "what the ladder required is not certified"
    try:
        with transaction.atomic():
            pay_equivalent(promotion, actor=actor, on=on)
    except Refused as refusal:
        if refusal.code not in ("not_eligible", "not_employed"):
            raise
        cancel_promotion(promotion, reason=str(refusal), actor=actor, on=on)
        return "it is not owed"
    act(promotion, name="pay", actor=actor, on=on, do=lambda fresh: fresh.pay(), citation=CITATION)
    return "its equivalent was paid"


def pay_equivalent(promotion: LadderPromotion, *, actor: Actor, on: date) -> PayAction:
    """Raise basic pay in the proportion of the ladder's promotion, on its own day, half up.

    5 CFR 9701.373(f), 9701.357(b); R35. Refused: `not_eligible` once a progression plan is in
    force, on an unacceptable rating or outside an Entry/Developmental band, and what any change
    refuses.
    """
    step = LadderStep(on=promotion.due_on, before=promotion.before, after=promotion.after)
    return carry_out_change(
        promotion.employee,
        effective=promotion.due_on,
        set_rate=lambda changing: _rate(changing, step=step, eligible=promotion.requirements_met),
        order=OrderKind.CAREER_LADDER,
        chosen={"ladder_promotion": promotion.pk, "step": step},
        citation=CITATION,
        actor=actor,
        authority=promotion.authority,
        on=on,
    )


def _rate(changing: Changing, *, step: LadderStep, eligible: bool) -> NewRate:
    limits = changing.terms.range_of(changing.band.id)
    plan = _plan_for(changing.band.id, on=step.on)
    arguments: dict[str, Any] = {
        "basic": changing.basic,
        "step": step,
        "maximum": limits.maximum,
        "plan_effective": plan.effective if plan else None,
        "eligible": eligible and changing.band.entry_developmental,
        "unacceptable": changing.unacceptable,
    }
    result = ladder_equivalent(**arguments)
    return NewRate(
        kind=Kind.CAREER_LADDER,
        step=step_of(Kind.CAREER_LADDER, policy=changing.terms.policy),
        rule=rule.RULE,
        citation=CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=changing.person.retained,
        below_minimum=result.basic < limits.minimum,
    )


def plan_of(employee: Employee, *, on: date) -> ProgressionPlan | None:
    """The progression plan that governs somebody's band on a date, if one does."""
    rate = PayRate.objects.filter(employee=employee, starts__lte=on).order_by("-starts").first()
    return _plan_for(rate.band_id, on=on) if rate and rate.band_id else None


def _plan_for(band_id: int, *, on: date) -> ProgressionPlan | None:
    plans = ProgressionPlan.objects.filter(band_id=band_id, effective__lte=on)
    return plans.order_by("effective").first()


@transaction.atomic
def set_progression_plan(
    band: Band, *, effective: date, authority: str, actor: Actor, on: date
) -> ProgressionPlan:
    """Set the plan of a band; from its effective date the ladder's promotions are cancelled.

    5 CFR 9701.373(f): on one day the plan governs. Refused: `not_authorized` for others than pay
    specialists over the Department, `entry_band_excluded` for another band than an
    Entry/Developmental one, `duplicate_open` for a second plan of that day.
    """
    refuse_strangers(actor, organizations=[None], on=on)
    if band.level != "entry_developmental":
        message = f"{band} is no Entry/Developmental band."
        raise Refused("entry_band_excluded", "9701.345", message)
    if ProgressionPlan.objects.filter(band=band, effective=effective).exists():
        raise Refused("duplicate_open", CITATION, f"A plan of {band} begins on {effective}.")
    plan = ProgressionPlan.objects.create(band=band, effective=effective, authority=authority[:160])
    record(
        f"progression_plan:{plan.pk}",
        act="set_progression_plan",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={"band": band.code, "effective": effective.isoformat(), "authority": authority},
    )
    scheduled = LadderPromotion.objects.filter(
        state=LadderState.SCHEDULED, due_on__gte=effective
    ).select_related("employee")
    for promotion in scheduled.order_by("employee_id", "due_on"):
        governing = plan_of(promotion.employee, on=promotion.due_on)
        if governing is not None:
            reason = f"The progression plan of {effective} governs."
            cancel_promotion(promotion, reason=reason, actor=actor, on=on)
    return plan


def cancel_promotion(promotion: LadderPromotion, *, reason: str, actor: Actor, on: date) -> None:
    """End a scheduled promotion without pay. Refused: `invalid_transition`."""
    act(
        promotion,
        name="cancel",
        actor=actor,
        on=on,
        do=lambda fresh: fresh.cancel(),
        citation=CITATION,
        detail={"reason": reason},
    )
    finish_work_item(promotion, kind=CERTIFY, on=on)
    end_deadline(
        promotion.subject, kind=LADDER, state=DeadlineState.CANCELLED, on=on, by=reason[:120]
    )
