"""A change of the Executive Schedule, and whose pay moves with it (5 CFR 9701.312; R10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.ledger import post_many
from pay.models import ExecutiveSchedule, OrderKind, PayRate
from pay.queries.maximum import schedule_on
from pay.queries.people import load
from pay.queries.standing import as_of_place
from pay.queries.terms import terms_on
from pay.services.cap_outcomes import cap_postings
from pay.services.late_adjustments import Due, LatePosting, post_late, posted_for_later
from pay.services.orders import Decision, place_orders
from regulation.refusals import Refused

#: A new cap comes after whatever of its date is posted already.
_END_OF_THE_DAY = 9


@transaction.atomic
def set_executive_schedule(
    *,
    effective: date,
    actor: Actor,
    authority: str,
    on: date,
    level_ii: int | None = None,
    level_iii: int | None = None,
    certified: bool | None = None,
) -> list[int]:
    """Set levels II and III from a date on, and pay whose supplement the cap cut the difference.

    5 CFR 9701.312(a), (b). What is None stays as it is. The payable rate moves the same day with no
    test of the rating; of whom a step is posted for later, that is replayed. Returns the ids of the
    actions. Refused: `invalid_input` for a level II below level III, `earlier_than_posted` where a
    schedule of a later date is set, `above_executive_level` where the new cap falls below a rate of
    basic pay, `conflicting_order` where a later step does not fit.
    """
    _set(level_ii=level_ii, level_iii=level_iii, certified=certified, effective=effective)
    terms = terms_on(effective)
    lowest = min(terms.schedule.level_ii, terms.schedule.level_iii)
    locked = lock_and_settle(_near_the_cap(on=effective), on=on, effective=effective)
    decision = Decision(actor=actor, authority=authority)
    people = load(locked, on=effective)
    at = (effective, _END_OF_THE_DAY)
    later = posted_for_later(people.values(), at=at)
    standing = {
        each.employee_id: each for each in as_of_place(people.values(), on=at[0], step=at[1])
    }
    found = list(cap_postings(standing.values(), terms=terms, source=decision.source))
    orders = place_orders(
        [posting.employee_id for posting in found],
        kind=OrderKind.CAP_CHANGE,
        effective=effective,
        chosen={"level_ii": level_ii, "level_iii": level_iii, "lowest": lowest},
        decision=decision,
    )
    due = [
        Due(
            standing[posting.employee_id],
            replace(posting, order_id=orders[posting.employee_id].order_id),
        )
        for posting in found
    ]
    apart = set(later)
    made = post_many([each.posting for each in due if each.person.employee_id not in apart])
    refused: list[tuple[int, Refused]] = []
    made += post_late(due, refused, later=later, how=LatePosting(at=at, decision=decision, on=on))
    if refused:
        raise refused[0][1]
    return made


def _set(
    *, level_ii: int | None, level_iii: int | None, certified: bool | None, effective: date
) -> None:
    before = schedule_on(effective) if ExecutiveSchedule.objects.exists() else None
    two = level_ii if level_ii is not None else (before.level_ii if before else None)
    three = level_iii if level_iii is not None else (before.level_iii if before else None)
    if two is None or three is None or not 0 < three <= two:
        raise Refused(
            "invalid_input", "9701.312", "Level III is a positive rate and level II not below it."
        )
    if ExecutiveSchedule.objects.filter(starts__gt=effective).exists():
        raise Refused(
            "earlier_than_posted",
            "9701.312",
            f"A schedule from a later date than {effective} is set.",
        )
    for level, rate in (("II", two), ("III", three)):
        ExecutiveSchedule.objects.update_or_create(
            level=level,
            starts=effective,
            defaults={
                "rate": rate,
                "certified": certified
                if certified is not None
                else bool(before and before.certified),
            },
        )


def _near_the_cap(*, on: date) -> Iterable[int]:
    """Whose payable rate the cap cuts, or may now: those above the lowest cap before or after.

    Then or by a step that is posted for later.
    """
    rows = PayRate.objects.filter(starts__lte=on).order_by("employee_id", "-starts")
    latest = rows.distinct("employee_id").values("pk")
    lowest = schedule_on(on).level_iii
    return sorted(
        {
            employee_id
            for employee_id, uncapped, adjusted in PayRate.objects.filter(
                Q(pk__in=latest) | Q(starts__gt=on)
            )
            .exclude(basic=None)
            .values_list("employee_id", "uncapped", "adjusted")
            if uncapped is not None and (uncapped != adjusted or uncapped > lowest)
        }
    )
