"""The rate in force on a date, as it is or as it was known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class RateInForce:
    """A rate from `starts` on; whole dollars a year, percents as percents."""

    starts: date
    band_id: int | None
    basic: int | None
    uncapped: int | None
    adjusted: int | None
    supplement_kind: str
    supplement_percent: Decimal
    retained: bool
    below_minimum: bool
    action_id: int


_NOW = """
SELECT starts, band_id, basic, uncapped, adjusted, supplement_kind, supplement_percent, retained,
       below_minimum, action_id
  FROM pay_payrate WHERE employee_id = %(employee)s AND starts <= %(on)s
 ORDER BY starts DESC LIMIT 1
"""

_AS_KNOWN = """
SELECT a.effective, a.band_id, a.basic_after, a.uncapped, a.adjusted, a.supplement_kind,
       a.supplement_percent, a.retained, a.below_minimum, a.id
  FROM pay_payaction a
 WHERE a.employee_id = %(employee)s AND a.effective <= %(on)s AND a.recorded_at <= %(known)s
   AND NOT a.annuls
   AND NOT EXISTS (SELECT FROM pay_payaction c
                    WHERE c.corrects_id = a.id AND c.recorded_at <= %(known)s)
 ORDER BY a.effective DESC, a.step DESC, a.place DESC LIMIT 1
"""


def rate_on(employee: Employee, on: date, *, known: datetime | None = None) -> RateInForce | None:
    """The rate in force on a date; with `known`, as the ledger stood at that moment.

    Rule 3 of the design. None before the first rate.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _NOW if known is None else _AS_KNOWN,
            {"employee": employee.pk, "on": on, "known": known},
        )
        row = cursor.fetchone()
    return RateInForce(*row) if row else None
