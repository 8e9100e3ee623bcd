"""What adverse actions tell pay about a case below the minimum.

5 CFR 9701.325(a)(2), 9701.337(a)(2); R8, R12.

`pay` does not know what an adverse action is: it is handed the kind, the date of delivery and a
name for later.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import transaction

from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.act import act
from casework.services.work_items import finish_work_item
from governance.queries.policy import policy_on
from pay.deadlines import CLOCK_ALERTS, ninety_days
from pay.models import DenialState, DeniedIncrease
from pay.permissions import may_work_on_denial
from pay.rules.denied_increase import (
    effective_after_withdrawal,
    initiation_is_timely,
    ninety_day_deadline,
)
from pay.services.defaults import promise_minimum
from pay.services.denials import SUPERVISOR_ITEM, end_clocks, start_clock
from regulation.pay_periods import pay_calendar
from regulation.refusals import Refused

#: 9701.325(a)(2); the last for one under 9701.605(c), by a notice of 5 CFR 315.804 or 315.805.
INITIATING_KINDS = ("removal", "demotion", "probationary_removal")


class Outcome(StrEnum):
    """How an initiated action ended."""

    WITHDRAWN = "withdrawn"
    #: The employee was demoted or removed.
    CARRIED_OUT = "carried_out"
    #: Decided without demotion or removal; the regulation is silent.
    NOT_SUSTAINED = "not_sustained"


def cases_to_initiate(employee_id: int, *, delivered_on: date) -> list[DeniedIncrease]:
    """The cases below the minimum that a proposal delivered on a date answers in time."""
    cases = DeniedIncrease.objects.filter(
        employee_id=employee_id,
        below_minimum=True,
        state__in=[DenialState.OPEN, DenialState.DEFAULTED],
    ).order_by("adjusted_on")
    return [
        case
        for case in cases
        if initiation_is_timely(delivered_on, adjusted_on=case.adjusted_on)
        and (case.state == DenialState.OPEN or _minimum_is_promised(case))
    ]


def answers_in_time(case: DeniedIncrease, delivered_on: date) -> bool:
    """Whether a proposal delivered on a date answers a case (5 CFR 9701.325(a)(2))."""
    return initiation_is_timely(delivered_on, adjusted_on=case.adjusted_on)


def initiated_by(employee_id: int, *, ref: str) -> list[DeniedIncrease]:
    """The cases that an action of this name stopped."""
    return list(
        DeniedIncrease.objects.filter(
            employee_id=employee_id, initiation_ref=ref, state=DenialState.ACTION_INITIATED
        ).order_by("adjusted_on")
    )


def record_initiation(
    case: DeniedIncrease, *, kind: str, delivered_on: date, ref: str, actor: Actor, on: date
) -> DeniedIncrease:
    """A proposal to demote or remove was delivered: it stops the 90 days if it was in time.

    5 CFR 9701.325(a)(2), 9701.609(a). The day of delivery counts, not that of this record: told
    late, it still recalls a default whose minimum is not paid yet. Refused: `not_initiation` for
    another kind of action, `initiation_late` after day 90, `already_done` where the minimum is
    paid, `not_authorized`, `recused`, `invalid_transition`.
    """
    _refuse_no_initiation(case, kind=kind, delivered_on=delivered_on)

    def do(fresh: DeniedIncrease) -> None:
        if fresh.state != DenialState.DEFAULTED:
            fresh.initiate(kind=kind, delivered_on=delivered_on, ref=ref)
        elif _minimum_is_promised(fresh):
            fresh.recall_default(kind=kind, delivered_on=delivered_on, ref=ref)
        else:
            default = ninety_days(case.kind).default
            raise Refused("already_done", default, "The minimum is paid already.")
        end_clocks(fresh, state=DeadlineState.MET, on=delivered_on, by=f"{kind} was proposed")

    return act(
        case,
        name="record_initiation",
        actor=actor,
        on=on,
        may=lambda who, row: may_work_on_denial(who, row, on=on),
        do=do,
        citation=ninety_days(case.kind).initiated,
        detail={"kind": kind, "delivered_on": delivered_on.isoformat(), "ref": ref},
    )


def pass_on_initiation(
    case: DeniedIncrease, *, kind: str, delivered_on: date, ref: str, actor: Actor, on: date
) -> DeniedIncrease:
    """Let another proposal that stands answer a case whose proposal came to nothing.

    5 CFR 9701.325(a)(2), 9701.337(a)(2): an action was initiated in time, so the minimum is not
    due. Refused: `not_initiation`, `initiation_late` where the other was delivered after day 90,
    `invalid_transition`, `not_authorized`, `recused`.
    """
    _refuse_no_initiation(case, kind=kind, delivered_on=delivered_on)
    return act(
        case,
        name="pass_on_initiation",
        actor=actor,
        on=on,
        may=lambda who, row: may_work_on_denial(who, row, on=on),
        do=lambda fresh: fresh.pass_on(kind=kind, delivered_on=delivered_on, ref=ref),
        citation=ninety_days(case.kind).initiated,
        detail={"kind": kind, "delivered_on": delivered_on.isoformat(), "ref": ref},
    )


def _refuse_no_initiation(case: DeniedIncrease, *, kind: str, delivered_on: date) -> None:
    citation = ninety_days(case.kind).initiated
    if kind not in INITIATING_KINDS or not case.below_minimum:
        raise Refused("not_initiation", citation, "Only a demotion or removal answers such a case.")
    if not initiation_is_timely(delivered_on, adjusted_on=case.adjusted_on):
        raise Refused(
            "initiation_late",
            citation,
            f"Day 90 was {ninety_day_deadline(case.adjusted_on)}; it was delivered on "
            f"{delivered_on}.",
        )


def _minimum_is_promised(case: DeniedIncrease) -> bool:
    return Deadline.objects.filter(
        kind=ninety_days(case.kind).minimum, subject=case.subject, state=DeadlineState.OPEN
    ).exists()


@transaction.atomic
def record_initiation_ended(
    case_id: int, *, outcome: Outcome | str, on: date, actor: Actor
) -> DeniedIncrease:
    """The action that stopped the 90 days came to an end on a date.

    Carried out, the case closes. Neither demoted nor removed, it needs a decision. Withdrawn by day
    90, it counts as never initiated; later, parameter below_min.withdrawn_action says from when the
    minimum is paid (5 CFR 9701.325(b)). Refused: `invalid_transition`, `not_authorized`, `recused`.
    """
    ended = Outcome(outcome)
    case = DeniedIncrease.objects.get(pk=case_id)
    citation = ninety_days(case.kind).initiated

    def do(fresh: DeniedIncrease) -> None:
        if ended is Outcome.CARRIED_OUT:
            fresh.close(on=on)
            end_clocks(fresh, state=DeadlineState.MET, on=on, by="demoted or removed")
        elif ended is Outcome.NOT_SUSTAINED:
            fresh.need_decision()
        elif on <= ninety_day_deadline(fresh.adjusted_on):
            fresh.resume()
            start_clock(fresh, sent=_alerts_past(fresh, on=on))
        elif fresh.state != DenialState.ACTION_INITIATED:
            raise Refused("invalid_transition", citation, "No action stands against this case.")

    case = act(
        case,
        name=f"initiation_{ended}",
        actor=actor,
        on=on,
        may=lambda who, row: may_work_on_denial(who, row, on=on),
        do=do,
        citation=citation,
    )
    if ended is Outcome.WITHDRAWN and case.state == DenialState.ACTION_INITIATED:
        effective = effective_after_withdrawal(
            on,
            adjusted_on=case.adjusted_on,
            withdrawn_action=policy_on(on)["below_min.withdrawn_action"],
            calendar=pay_calendar(),
        )
        finish_work_item(case, kind=SUPERVISOR_ITEM, on=on)
        promise_minimum(case, effective=effective, on=on, reason="the proposal was withdrawn")
        return DeniedIncrease.objects.get(pk=case.pk)
    return case


def _alerts_past(case: DeniedIncrease, *, on: date) -> list[int]:
    return [day for day in CLOCK_ALERTS if (on - case.adjusted_on).days >= day]
