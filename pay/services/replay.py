"""An order that lands before a posted step: the person is replayed from there (rule 2; R33, R39).

The new step is posted at its place, and every later one is taken again by its own rule on what then
comes before it. What changes is a row that names the one it corrects; nothing is edited.

No money is owed for it under 5 U.S.C. 5596. That law pays what an unjustified or unwarranted
personnel action took (R37: a wrong unacceptable rating), and a decision entered late is none: its
rate counts from its effective date, and payroll pays the hours since then at it. Whoever finds that
an action was unjustified says so by a correction, which figures back pay and interest.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from casework.actor import Actor
from pay.ledger import Corrected, Posting, last_posted, post, post_corrections
from pay.models import DeniedIncrease, PayAction
from pay.pricing import Source
from pay.queries.standing import FullPlace
from pay.services.rebuilding import rebuilt_steps
from pay.services.replayed_denials import follow_denials
from pay.services.timeline import Timeline, timeline_after
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.services.place import follow_moves


@transaction.atomic
def replay(timeline: Timeline, *, actor: Actor, on: date) -> list[int]:
    """Take the steps of a timeline again, and post what changes; the ids of the new rows.

    The caller holds the person's lock. Refused whole: `conflicting_order`,
    `correction_not_replayable`, and what the ledger refuses.
    """
    made = []
    for step in rebuilt_steps(timeline):
        (pk,) = post_corrections(
            [step], employee_id=timeline.employee_id, since=step.posting.effective
        )
        follow_denials(step, PayAction.objects.get(pk=pk), timeline=timeline, actor=actor, on=on)
        made.append(pk)
    return made


def replay_after(
    employee_id: int, *, after: FullPlace, source: Source, actor: Actor, on: date
) -> list[int]:
    """Replay a person after a place where something was posted or fell away."""
    timeline = timeline_after(employee_id, after=after, source=source)
    return replay(timeline, actor=actor, on=on)


def post_at_its_place(posting: Posting) -> PayAction:
    """Post one step, behind those of its date and rank; the later ones are not yet replayed."""
    last = last_posted([posting.employee_id]).get(posting.employee_id)
    if last is None or last <= (posting.effective, posting.step):
        return post(posting)
    (pk,) = post_corrections(
        [Corrected(posting, None)], employee_id=posting.employee_id, since=posting.effective
    )
    return PayAction.objects.get(pk=pk)


def post_and_replay(posting: Posting, *, source: Source, actor: Actor, on: date) -> PayAction:
    """Post what a rating or day 90 brings at its place, and replay the later steps."""
    action = post_at_its_place(posting)
    timeline = timeline_after(
        action.employee_id,
        after=(action.effective, action.step, action.place),
        source=source,
        brings_in=False,
    )
    replay(timeline, actor=actor, on=on)
    return action


def replay_after_action(action: PayAction, *, source: Source, actor: Actor, on: date) -> list[int]:
    """Replay a person after a step just posted: later moves first, then later steps of pay."""
    _follow_moves(action.employee, after=action.effective)
    return replay_after(
        action.employee_id,
        after=(action.effective, action.step, action.place),
        source=source,
        actor=actor,
        on=on,
    )


def _follow_moves(employee: Employee, *, after: date) -> None:
    """What a later move left as it was, it leaves now as the earlier one set it."""
    later = moves_of(employee.pk).filter(effective__gt=after)
    set_by: dict[date, dict[str, Any]] = {}
    for effective, chosen in later.values_list("effective", "order__chosen"):
        # Moves of one date make one assignment; what the last of them set is what holds.
        given = {name: value for name, value in chosen["moves"].items() if value is not None}
        set_by[effective] = {**set_by.get(effective, {}), **given}
    follow_moves(employee, list(set_by.items()))


def moves_of(employee_id: int) -> QuerySet[PayAction]:
    """The moves of a person that count, as first posted and in their order."""
    annulled = PayAction.objects.filter(employee_id=employee_id, annuls=True).values("place")
    return (
        PayAction.objects.filter(
            employee_id=employee_id, corrects=None, order__chosen__has_key="moves"
        )
        .exclude(place__in=annulled)
        .order_by("effective", "step", "place")
    )


def refuse_decided_since(employee_id: int, *, on: date) -> None:
    """Refuse, as `conflicting_order`, to end cases on a date that a later act has decided."""
    cases = DeniedIncrease.objects.filter(
        employee_id=employee_id, adjusted_on__lte=on, closed_on__gt=on
    ).select_related("rating__level")
    for case in cases.order_by("adjusted_on"):
        level = case.rating.level if case.rating is not None else None
        if level is not None and not level.unacceptable:
            continue
        message = (
            f"The increase denied on {case.adjusted_on} was still withheld on {on}; what "
            f"{case.closed_on} brought ({case.get_state_display().lower()}) stands on it."
        )
        raise Refused("conflicting_order", str(case.citation), message)
