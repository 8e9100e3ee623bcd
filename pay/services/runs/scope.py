"""Whom a run is about, in one pass over the projection."""

from __future__ import annotations

from datetime import date

from django.db import connection

from pay.models import PayoutLine, PayRun, RunKind
from pay.services.runs.plans import RangePlan

_IN_BANDS = """
SELECT rate.employee_id
  FROM (SELECT DISTINCT ON (employee_id) employee_id, band_id, basic
          FROM pay_payrate WHERE starts <= %s
         ORDER BY employee_id, starts DESC) AS rate
  JOIN classification_band AS band ON band.id = rate.band_id
 WHERE rate.basic IS NOT NULL AND band.code = ANY(%s)
 ORDER BY rate.employee_id
"""


def people_in_bands(codes: list[str], *, on: date) -> list[int]:
    """Everybody who on a date is paid in one of the bands, by id."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_BANDS, [on, codes])
        return [int(pk) for (pk,) in cursor.fetchall()]


def people_of_run(run: PayRun) -> list[int]:
    """Whom an approved run is about: who is paid in its bands, or who has a line certified."""
    if run.kind == RunKind.RANGE_ADJUSTMENT:
        bands = list(RangePlan.from_json(run.plan).ranges)
        return people_in_bands(bands, on=run.effective)
    lines = PayoutLine.objects.filter(run=run).order_by("employee_id")
    return list(lines.values_list("employee_id", flat=True))
