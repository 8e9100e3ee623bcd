"""Paying what a wrong rating kept back, from the day on which it was due (R37).

5 CFR 9701.323, 9701.335 and 9701.342(a)(2), preamble to 323; 5 U.S.C. 5596; 5 CFR 550.801-807.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django_fsm import can_proceed

from casework.actor import Actor
from casework.models import DeadlineState
from casework.services.notices import notify
from pay.deadlines import lock_and_settle
from pay.models import (
    Correction,
    DenialState,
    DeniedIncrease,
    InterestRate,
    OrderKind,
    PayAction,
    PayRate,
)
from pay.queries.history import standing_actions
from pay.rules import back_pay as rule
from pay.rules.back_pay import (
    AmountDue,
    BackPay,
    HourlyFrom,
    PeriodHours,
    back_pay,
    back_pay_interest,
    earliest_back_pay,
    whole_periods,
)
from pay.rules.denied_increase import release_effective
from pay.rules.encoding import encode
from pay.rules.hourly import HOURS_IN_A_PAY_PERIOD, hourly_rate
from pay.services.denials import end_clocks, move
from pay.services.orders import Decision, place_order
from pay.services.releases import promise_release
from pay.services.replay import replay
from pay.services.timeline import Timeline
from pay.services.wrong_payouts import payouts_on
from performance.models import RatingLevel, RatingOfRecord
from regulation import clock
from regulation.pay_periods import PERIOD_DAYS, pay_calendar
from workforce.models import Employee, HoursPaid

CITATION = "9701.323"


@transaction.atomic
def correct_pay(
    rating: RatingOfRecord,
    *,
    level_before: str,
    reference: str,
    decided: date,
    actor: Actor,
    on: date,
) -> Correction:
    """Rebuild pay from the first step that a rating, now corrected, decided wrongly.

    The denied steps are taken again on their own dates, its payouts with the right points at the
    value then certified, and every later step on what they make; each is a new row that names the
    one it corrects. Closes the cases of the denials and figures back pay with its interest. A
    correction downward recovers nothing. Refused `correction_not_replayable`, and what a rule or
    the ledger refuses; then nothing is corrected.
    """
    employee = rating.employee
    lock_and_settle([employee.pk], on=on, effective=on)
    paid = _hourly(employee)
    since: date | None = None
    owed: BackPay | None = None
    arguments: dict[str, Any] = {}
    if _better(rating, level_before):
        actions = standing_actions(employee)
        denials = _denials(rating)
        last = max([on, *(action.effective for action in actions)])
        payouts = payouts_on(rating, last=last)
        dates = [each.adjusted_on for each in denials] + [each.effective for each in payouts]
        since = min(dates, default=None)
    if since is not None:
        timeline = Timeline(
            employee_id=employee.pk,
            actions=actions,
            since=since,
            denials=denials,
            payouts=payouts,
            source=place_order(
                employee.pk,
                kind=OrderKind.CORRECTION,
                effective=since,
                chosen={"rating": rating.pk, "reference": reference},
                decision=Decision(
                    actor=actor, authority=f"Rating {rating.pk} was wrong: {reference}"
                ),
            ),
            others=_others(rating, actions=actions),
        )
        replay(timeline, actor=actor, on=on)
        _close(denials, actor=actor, on=on, reference=reference)
    released = _release_older(rating, level_before, on=on)
    since = min((each for each in (since, released) if each is not None), default=None)
    if since is not None:
        periods = _periods(employee, since=since, before=on)
        arguments = {
            "right": _hourly(employee),
            "paid": paid,
            "periods": periods,
            "not_before": earliest_back_pay(decided),
        }
        owed = back_pay(**arguments)
    correction = Correction.objects.create(
        employee=employee,
        rating=rating,
        level_before=level_before,
        level_after=rating.level.code if rating.level else "",
        reference=reference[:120],
        decided_on=decided,
        corrected_on=on,
        since=since,
        amount=owed.amount if owed else Decimal("0.00"),
        interest=_interest(owed, on=on),
        inputs=encode(arguments),
        actor_id=actor.user.pk if actor.user else None,
        recorded_at=clock.now(),
    )
    if since is not None:
        notify(
            employee.user,
            title=f"Your pay is corrected from {since}, as a rating was wrong",
            body="What is owed for the time before, and how it is figured, is on your pay page.",
            on=on,
            subject=rating.subject,
            citation=CITATION,
            url=reverse("pay:mine"),
        )
    return correction


def _better(rating: RatingOfRecord, level_before: str) -> bool:
    """Whether the right level is above the wrong one; rank 1 is the best."""
    wrong = RatingLevel.objects.filter(system_id=rating.cycle.system_id, code=level_before).first()
    return wrong is not None and rating.level is not None and rating.level.rank < wrong.rank


def _release_older(rating: RatingOfRecord, level_before: str, *, on: date) -> date | None:
    """Release, from its own date, what the right rating would have released when it was issued.

    5 CFR 9701.324, 9701.325(a)(1): denials of earlier ratings, still open. None where nothing is.
    """
    wrong = RatingLevel.objects.filter(system_id=rating.cycle.system_id, code=level_before).first()
    issued = rating.issued_on
    if wrong is None or not wrong.unacceptable or issued is None or not promise_release(rating):
        return None
    lock_and_settle([rating.employee_id], on=on, effective=on)
    effective = release_effective(issued, pay_calendar())
    return effective if effective <= on else None


def _denials(rating: RatingOfRecord) -> list[DeniedIncrease]:
    """What the rating withheld, whatever became of it since, oldest first."""
    if rating.level is None or rating.level.unacceptable:
        return []
    return list(DeniedIncrease.objects.filter(rating=rating).order_by("adjusted_on", "id"))


def _others(rating: RatingOfRecord, *, actions: Sequence[PayAction]) -> dict[int, DeniedIncrease]:
    """Denials of other ratings by the id of the row that now stands for their step."""
    cases = DeniedIncrease.objects.filter(employee_id=rating.employee_id).exclude(rating=rating)
    stands = {(action.effective, action.place): action.pk for action in actions}
    found: dict[int, DeniedIncrease] = {}
    for case in cases.exclude(state=DenialState.CLOSED).select_related("action"):
        if case.action is not None:
            key = (case.action.effective, case.action.place)
            found[stands.get(key, case.action.pk)] = case
    return found


def _close(denials: Sequence[DeniedIncrease], *, actor: Actor, on: date, reference: str) -> None:
    for case in denials:
        end_clocks(case, state=DeadlineState.CANCELLED, on=on, by="the rating was wrong")
        if can_proceed(case.overturn):
            move(
                case,
                lambda fresh: fresh.overturn(on=on),
                name="overturn",
                actor=actor,
                on=on,
                citation=CITATION,
                detail={"reference": reference},
            )


def _periods(employee: Employee, *, since: date, before: date) -> tuple[PeriodHours, ...]:
    """Whole pay periods with the hours paid in each, a full-time period's where none are on record.

    5 CFR 550.805(a).
    """
    recorded = {
        starts: hours + premium
        for starts, hours, premium in HoursPaid.objects.filter(
            employee=employee, period_starts__lt=before
        ).values_list("period_starts", "hours", "premium_hours")
    }
    full_time = Decimal(HOURS_IN_A_PAY_PERIOD)
    return tuple(
        replace(period, hours=recorded.get(period.start, full_time))
        for period in whole_periods(since, before=before, hours=full_time, calendar=pay_calendar())
    )


def _hourly(employee: Employee) -> tuple[HourlyFrom, ...]:
    """The hourly rates of the projection; nothing an hour after a separation."""
    rates = PayRate.objects.filter(employee=employee).order_by("starts")
    return tuple(
        HourlyFrom(start=starts, hourly=Decimal(0) if adjusted is None else hourly_rate(adjusted))
        for starts, adjusted in rates.values_list("starts", "adjusted")
    )


def _interest(owed: BackPay | None, *, on: date) -> Decimal | None:
    """Interest to the day of the correction; None while no interest rates are on record.

    5 CFR 550.806. Each amount from the first day after its pay period. Refused `parameter_missing`
    where the rates on record do not reach back that far.
    """
    if owed is None or not owed.owed:
        return Decimal("0.00")
    rates = [
        rule.InterestRate(start=starts, percent=percent)
        for starts, percent in InterestRate.objects.values_list("starts", "percent")
    ]
    if not rates:
        return None
    calendar = pay_calendar()
    dues = [
        AmountDue(on=calendar.start_of(each.start) + timedelta(days=PERIOD_DAYS), amount=each.due)
        for each in owed.owed
    ]
    return back_pay_interest(dues, rates=rates, until=on, paid_on=on)
