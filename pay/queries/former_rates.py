"""Former rates on record for a day of conversion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pay.models import FormerRate
from pay.rules.conversion_day import FormerAction, FormerPay, former_total


def former_rates(employee_ids: Iterable[int], *, converts_on: date) -> dict[int, FormerRate]:
    """The rates of some people, by id; one query."""
    rows = FormerRate.objects.filter(employee_id__in=list(employee_ids), converts_on=converts_on)
    return {row.employee_id: row for row in rows}


def former_pay(row: FormerRate) -> FormerPay:
    """A rate on record as the rules read it."""
    return FormerPay(
        system=row.system,
        basic=row.basic,
        locality_percent=row.locality_percent,
        special_rate=row.special_rate,
        step=row.step,
        next_step=row.next_step,
        days_served=row.days_served,
        retained=row.retained,
        acceptable=row.acceptable,
        same_day=tuple(FormerAction(kind=kind, total=total) for kind, total in row.same_day),
        temporary_total=row.temporary_total,
    )


def total_the_day_before(row: FormerRate) -> int:
    """Basic pay with locality pay, or the special rate, before anything of the day; dollars."""
    return former_total(
        row.basic, locality_percent=row.locality_percent, special_rate=row.special_rate
    )
