"""Opening, ending and sweeping deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import structlog
from django.db import transaction

from casework import settlement
from casework.models import Case, Deadline, DeadlineState, Sweep
from regulation import clock
from regulation.days import last_day
from regulation.refusals import Refused

log = structlog.get_logger(__name__)


def open_deadline(
    case: Case, *, kind: str, trigger_on: date, days: int, citation: str, alerts: Sequence[int] = ()
) -> Deadline:
    """Start a clock: day 0 is `trigger_on`, its last day is `days` calendar days later."""
    deadline = deadline_of(
        case, kind=kind, trigger_on=trigger_on, days=days, citation=citation, alerts=alerts
    )
    deadline.save(force_insert=True)
    return deadline


def deadline_of(
    case: Case, *, kind: str, trigger_on: date, days: int, citation: str, alerts: Sequence[int] = ()
) -> Deadline:
    """The clock, to be started with many others at once."""
    return Deadline(
        kind=kind,
        subject=case.subject,
        employee_key=case.employee_key,
        citation=citation,
        trigger_on=trigger_on,
        days=days,
        due_on=last_day(trigger_on, days),
        alerts=list(alerts),
    )


def end_deadline(subject: str, *, kind: str, state: DeadlineState, on: date, by: str) -> None:
    """Close the open clock of a case, if there is one, with the date that counts."""
    deadline = (
        Deadline.objects.select_for_update()
        .filter(subject=subject, kind=kind, state=DeadlineState.OPEN)
        .first()
    )
    if deadline is None:
        return
    deadline.state = state
    deadline.ended_on = on
    deadline.ended_at = clock.now()
    deadline.ended_by = by
    deadline.save()


def lapse(deadline: Deadline) -> None:
    """Carry out what the law gives when the last day has ended, through the app of the kind."""
    done = settlement.kind_named(deadline.kind).lapse(deadline)
    deadline.refresh_from_db()
    if deadline.state == DeadlineState.OPEN:
        deadline.state = DeadlineState.LAPSED
        deadline.ended_on = deadline.due_on
        deadline.ended_at = clock.now()
        deadline.ended_by = done
        deadline.save()


def sweep(*, on: date) -> Sweep:
    """Settle every deadline whose last day ended before `on`, and send the alerts due by then.

    Idempotent and safe to run twice at once: ids are read unlocked, each person is locked, and the
    deadline is read again. One that fails keeps its error, and blocks no other.
    """
    run = Sweep.objects.create(on=on, started_at=clock.now())
    counts = {"lapsed": 0, "alerts": 0, "failed": 0, "none": 0}
    due = Deadline.objects.filter(state=DeadlineState.OPEN, due_on__lt=on)
    seen: list[int] = []
    # What one deadline's end promises may be due by now too, so the sweep looks again.
    while found := list(
        due.exclude(pk__in=seen).order_by("due_on", "id").values_list("pk", flat=True)
    ):
        for pk in found:
            counts[_settle(pk, on=on)] += 1
        seen += found
    open_clocks = Deadline.objects.filter(state=DeadlineState.OPEN, trigger_on__lte=on)
    for deadline in list(open_clocks.exclude(alerts=[]).order_by("due_on", "id")):
        if _alerts_reached(deadline, on=on):
            counts["alerts"] += _alert_alone(deadline.pk, on=on, counts=counts)
    run.finished_at = clock.now()
    run.counts = {key: count for key, count in counts.items() if key != "none"}
    run.save()
    return run


def _settle(pk: int, *, on: date) -> str:
    try:
        with transaction.atomic():
            deadline = Deadline.objects.get(pk=pk)
            settlement.lock_person(deadline.employee_key)
            deadline = Deadline.objects.select_for_update().get(pk=pk)
            if deadline.state != DeadlineState.OPEN or deadline.due_on >= on:
                return "none"
            lapse(deadline)
            if deadline.error:
                Deadline.objects.filter(pk=pk).update(error="")
        return "lapsed"
    except Refused as refusal:
        log.warning("deadline_refused", deadline=pk, code=refusal.code)
        Deadline.objects.filter(pk=pk).update(error=f"{refusal.code}: {refusal}"[:2000])
        return "failed"
    except Exception as error:
        log.exception("deadline_failed", deadline=pk)
        Deadline.objects.filter(pk=pk).update(error=f"{type(error).__name__}: {error}"[:2000])
        return "failed"


def _alert_alone(pk: int, *, on: date, counts: dict[str, int]) -> int:
    """Alerts of one clock; one that fails is counted and tried again, and stops no other."""
    try:
        return _alert(pk, on=on)
    except Exception:
        log.exception("alert_failed", deadline=pk)
        counts["failed"] += 1
        return 0


def _alert(pk: int, *, on: date) -> int:
    with transaction.atomic():
        deadline = Deadline.objects.select_for_update().get(pk=pk)
        if deadline.state != DeadlineState.OPEN:
            return 0
        reached = _alerts_reached(deadline, on=on)
        for day in reached:
            settlement.kind_named(deadline.kind).alert(deadline, day)
        if reached:
            deadline.alerts_sent = [*deadline.alerts_sent, *reached]
            deadline.save(update_fields=["alerts_sent"])
        return len(reached)


def _alerts_reached(deadline: Deadline, *, on: date) -> list[int]:
    return [
        day
        for day in deadline.alerts
        if day not in deadline.alerts_sent and deadline.trigger_on + timedelta(days=day) <= on
    ]


def next_day_with_work(*, after: date) -> date | None:
    """The first day after a date on which the sweep has something to do, as things stand now."""
    days: list[date] = []
    for deadline in Deadline.objects.filter(state=DeadlineState.OPEN):
        if not deadline.error:
            days.append(deadline.due_on + timedelta(days=1))
        days += [
            deadline.trigger_on + timedelta(days=day)
            for day in deadline.alerts
            if day not in deadline.alerts_sent
        ]
    return min((max(day, after + timedelta(days=1)) for day in days), default=None)
