"""A change of the Executive Schedule, and whose pay moves with it (5 CFR 9701.312; R10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.ledger import post_many
from pay.models import ExecutiveSchedule, OrderKind, PayRate
from pay.queries.maximum import schedule_on
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.services.cap_outcomes import cap_postings
from pay.services.orders import Decision, place_orders
from regulation.refusals import Refused


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
    test of the rating. Returns the ids of the actions. Refused: `invalid_input` for a level II
    below level III, `earlier_than_posted`, `above_executive_level` where the new cap falls below a
    rate of basic pay.
    """
    _set(level_ii=level_ii, level_iii=level_iii, certified=certified, effective=effective)
    terms = terms_on(effective)
    lowest = min(terms.schedule.level_ii, terms.schedule.level_iii)
    locked = lock_and_settle(_near_the_cap(on=effective), on=on, effective=effective)
    decision = Decision(actor=actor, authority=authority)
    found = list(
        cap_postings(load(locked, on=effective).values(), terms=terms, source=decision.source)
    )
    orders = place_orders(
        [posting.employee_id for posting in found],
        kind=OrderKind.CAP_CHANGE,
        effective=effective,
        chosen={"level_ii": level_ii, "level_iii": level_iii, "lowest": lowest},
        decision=decision,
    )
    return post_many(
        [replace(posting, order_id=orders[posting.employee_id].order_id) for posting in found]
    )


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
    """Whose payable rate the cap cuts, or may now: those above the lowest cap before or after."""
    rows = PayRate.objects.filter(starts__lte=on).order_by("employee_id", "-starts")
    latest = rows.distinct("employee_id").values("pk")
    lowest = schedule_on(on).level_iii
    return [
        employee_id
        for employee_id, uncapped, adjusted in PayRate.objects.filter(pk__in=latest)
        .exclude(basic=None)
        .values_list("employee_id", "uncapped", "adjusted")
        if uncapped is not None and (uncapped != adjusted or uncapped > lowest)
    ]
