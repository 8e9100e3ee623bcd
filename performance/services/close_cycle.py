"""Closing an appraisal period, and naming who is not rated (5 CFR 9701.405(b)(2))."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from accounts.models import Organization, Role
from accounts.queries.roles import holds_role
from accounts.services.recusal import refuse_recused
from casework.actor import Actor
from casework.models import WorkItem
from casework.services.history import record
from performance.models import Cycle, CycleState, DetectionReport, NotRated, Plan
from performance.queries.season import Standing, season
from performance.services.close_plans import close_plans
from performance.services.inbox import START
from performance.services.period_notices import OVERDUE, cycle_subject
from performance.services.run_detection import run_detection
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.relations import is_hr

CITATION = "9701.405(b)(2)"


@transaction.atomic
def list_not_rated(
    cycle: Cycle, *, employee: Employee, reason: str, actor: Actor, on: date
) -> NotRated:
    """HR names an employee as not rated for a period, with the reason; said anew, it replaces.

    Raises Refused: `recused`, `permission_denied`, `reason_required`, `record_locked` for a closed
    period, `duplicate_rating` for somebody who is rated.
    """
    locked = _open(cycle)
    refuse_recused(actor.user, employee, on=on)
    if actor.user is None or not is_hr(actor.user, employee, on):
        raise Refused(
            "permission_denied", CITATION, "Only HR of the employee’s organization can list this."
        )
    if not reason.strip():
        raise Refused("reason_required", CITATION, "Say why there is no rating of record.")
    people = {person.pk: person for person in season(locked, on=on)}
    person = people.get(employee.pk)
    if person is not None and person.standing == Standing.RATED:
        raise Refused("duplicate_rating", CITATION, f"{employee.name} is rated for {cycle.title}.")
    listed, _ = NotRated.objects.update_or_create(
        cycle=locked,
        employee=employee,
        defaults={"reason": reason.strip(), "on": on, "listed_by": actor.user},
    )
    record(
        cycle_subject(locked),
        act="list_not_rated",
        actor=actor,
        on=on,
        employee_key=employee.pk,
        citation=CITATION,
        detail={"employee": employee.number, "reason": reason.strip()},
    )
    return listed


@transaction.atomic
def close_cycle(cycle: Cycle, *, actor: Actor, on: date) -> DetectionReport:
    """Close a period whose every employee is rated, not ratable, or listed by HR.

    5 CFR 9701.405(b)(2). The plans of the period close with it, and the detection report is run and
    kept; whatever it finds, it holds up nothing. Raises Refused: `permission_denied` for anybody
    but HR over the whole Department, `invalid_transition` before the period is over or when it is
    closed, `unrated_employees`.
    """
    locked = _open(cycle)
    _may_close(actor, on=on)
    if locked.ends >= on or locked.state != CycleState.RATING:
        raise Refused(
            "invalid_transition",
            CITATION,
            f"{locked.title} is closed after it has ended and its ratings were asked for.",
        )
    people = season(locked, on=on)
    counts = Counter(person.standing for person in people)
    if counts[Standing.UNRATED]:
        raise Refused(
            "unrated_employees",
            CITATION,
            f"{counts[Standing.UNRATED]:,} employees have no rating of record for {locked.title} "
            "and no reason is on record. Rate them, or list each with a reason.",
        )
    locked.state, locked.closed_on = CycleState.CLOSED, on
    locked.save(update_fields=["state", "closed_on"])
    close_plans(locked, actor=actor, on=on)
    WorkItem.objects.filter(kind=OVERDUE, subject=cycle_subject(locked), done_at=None).update(
        done_at=clock.now(), done_on=on
    )
    plans = Plan.objects.filter(cycle=locked).values_list("pk", flat=True)
    WorkItem.objects.filter(
        kind=START, subject__in=[f"plan:{pk}" for pk in plans], done_at=None
    ).update(done_at=clock.now(), done_on=on)
    record(
        cycle_subject(locked),
        act="close_cycle",
        actor=actor,
        on=on,
        from_state=CycleState.RATING,
        to_state=CycleState.CLOSED,
        citation=CITATION,
        detail={standing.value: counts[standing] for standing in Standing},
    )
    return run_detection(locked, actor=actor, on=on, at_close=True)


def may_close(actor: Actor, *, on: date) -> bool:
    """Whether this is HR over the whole Department: a period is everybody's."""
    top = Organization.objects.filter(parent=None)
    return actor.user is not None and all(
        holds_role(actor.user, [Role.HR_SPECIALIST], on=on, organization=each) for each in top
    )


def _may_close(actor: Actor, *, on: date) -> None:
    if not may_close(actor, on=on):
        raise Refused(
            "permission_denied", CITATION, "A period is closed by HR over the whole Department."
        )


def _open(cycle: Cycle) -> Cycle:
    """The period as it stands now, locked; Refused record_locked where it is closed."""
    locked = Cycle.objects.select_for_update(of=("self",)).select_related("system").get(pk=cycle.pk)
    if locked.state == CycleState.CLOSED:
        raise Refused("record_locked", CITATION, f"{locked.title} is closed.")
    return locked
