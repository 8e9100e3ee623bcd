"""Whether projection and ledger agree, and every rate is lawful: one SQL pass after each run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One rate that is not what it should be: whose, from when, and what is wrong."""

    employee_id: int
    starts: date
    problem: str


#: The last row of each date in the ledger, corrections instead of what they correct.
_PROJECTION = """
WITH ledger AS (
    SELECT DISTINCT ON (a.employee_id, a.effective)
           a.employee_id, a.effective AS starts, a.id AS action_id, a.band_id,
           a.basic_after AS basic, a.uncapped, a.adjusted, a.supplement_kind,
           a.supplement_percent, a.retained, a.below_minimum
      FROM pay_payaction a
     WHERE NOT a.annuls
       AND NOT EXISTS (SELECT FROM pay_payaction c WHERE c.corrects_id = a.id)
       AND (%(ids)s::bigint[] IS NULL OR a.employee_id = ANY(%(ids)s))
     ORDER BY a.employee_id, a.effective, a.step DESC, a.place DESC
), projection AS (
    SELECT employee_id, starts, action_id, band_id, basic, uncapped, adjusted, supplement_kind,
           supplement_percent, retained, below_minimum
      FROM pay_payrate
     WHERE %(ids)s::bigint[] IS NULL OR employee_id = ANY(%(ids)s)
)
SELECT employee_id, starts, 'the rate is not that of the ledger''s last row'
  FROM ((TABLE ledger EXCEPT TABLE projection) UNION (TABLE projection EXCEPT TABLE ledger)) AS odd
"""

#: R30 on the first day of each rate, and on `on` for the rate then in force.
_LAWFUL = """
WITH checked AS (
    SELECT r.*, r.starts AS day FROM pay_payrate r
     WHERE %(ids)s::bigint[] IS NULL OR r.employee_id = ANY(%(ids)s)
    UNION
    SELECT * FROM (
        SELECT DISTINCT ON (r.employee_id) r.*, %(on)s::date AS day FROM pay_payrate r
         WHERE r.starts <= %(on)s AND (%(ids)s::bigint[] IS NULL OR r.employee_id = ANY(%(ids)s))
         ORDER BY r.employee_id, r.starts DESC) AS in_force
)
SELECT c.employee_id, c.starts,
       CASE WHEN b.id IS NULL THEN 'the band has no rate range'
            WHEN c.basic > b.maximum AND NOT c.retained THEN 'above the maximum, not retained'
            WHEN c.basic <= b.maximum AND c.retained THEN 'retained, but not above the maximum'
            WHEN c.basic < b.minimum AND NOT c.below_minimum
                 THEN 'below the minimum without a denied increase'
            ELSE 'below the minimum, but no denied increase is on record' END
  FROM checked c
  LEFT JOIN pay_raterange b ON b.band_id = c.band_id AND b.period @> c.day
 WHERE c.basic IS NOT NULL
   AND (b.id IS NULL
        OR (c.basic > b.maximum) <> c.retained
        OR (c.basic < b.minimum AND NOT c.below_minimum)
        OR (c.basic < b.minimum AND NOT EXISTS (
               SELECT FROM pay_deniedincrease d
                WHERE d.employee_id = c.employee_id AND d.adjusted_on <= c.starts)))
   -- Ranges go on without those to whom 9701.342(f) and (g) credit them upon return.
   AND NOT (c.day > c.starts AND EXISTS (
               SELECT FROM workforce_absence w
                WHERE w.employee_id = c.employee_id AND w.period @> c.day
                  AND w.kind IN ('uniformed_service', 'injury_compensation')))
 ORDER BY 1, 2
"""


def disagreements(
    employee_ids: Iterable[int] | None = None, *, on: date | None = None
) -> list[Disagreement]:
    """What is wrong with the rates of these people, or of everybody; empty where all is well.

    5 CFR 9701.357(a), (b) (R30), and rule 3 of the design. Rates are looked at on their first
    day and, with `on`, on that one.
    """
    ids = None if employee_ids is None else list(employee_ids)
    found: list[Disagreement] = []
    with connection.cursor() as cursor:
        for statement in (_PROJECTION, _LAWFUL):
            cursor.execute(statement, {"ids": ids, "on": on})
            found += [Disagreement(*row) for row in cursor.fetchall()]
    return found
