"""The floor: the same work as one set-based SQL statement a step.

It writes what the services write, with as little reading and checking as that takes: no lock, no
refusal, no outcome in words. It runs on the schema of the services, or with `make_plain` on the
one that Django generates for the same models, every foreign key checked and indexed.
"""

from __future__ import annotations

import time
from typing import Any

from django.apps import apps
from django.db import connection, connections, models, transaction

from bench.department import BANDS, EFFECTIVE, NEW_RANGES, PERIOD_END

_TABLES = ("payaction", "payrate", "payorder", "payoutline", "deniedincrease")
_AT_ONCE = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
 WHERE contype = 'f' AND NOT condeferrable AND conrelid::regclass::text LIKE 'pay_%'
"""


def make_plain() -> None:
    """Add the constraints and indexes that the models leave out for speed, checked at commit."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(_AT_ONCE)
        for table, constraint in cursor.fetchall():
            cursor.execute(
                f'ALTER TABLE {table} ALTER CONSTRAINT "{constraint}" DEFERRABLE INITIALLY DEFERRED'
            )
        cursor.execute("ALTER TABLE pay_payrate RESET (fillfactor)")
        for name in _TABLES:
            model = apps.get_model("pay", name)
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey):
                    for statement in _plain(model, field):
                        cursor.execute(statement)
    owner.close()


def _plain(model: type[models.Model], field: Any) -> list[str]:
    table, column = model._meta.db_table, field.column
    other = field.related_model._meta.db_table
    statements = []
    if not field.db_constraint:
        statements.append(
            f"ALTER TABLE {table} ADD CONSTRAINT plain_{table}_{column} FOREIGN KEY ({column})"
            f" REFERENCES {other} (id) DEFERRABLE INITIALLY DEFERRED"
        )
    if not field.db_index and not field.unique:
        statements.append(f"CREATE INDEX plain_{table}_{column} ON {table} ({column})")
    return statements


_POLICY = """'{"supp.tie": {"value": "locality", "directive": "D-1"},
 "supp.retained_mode": {"value": "full", "directive": "D-1"},
 "same_day.order": {"value": "r39", "directive": "D-1"},
 "gate.additional_rating": {"value": "supersedes", "directive": "D-1"}}'::jsonb"""

_COLUMNS = """id, place, recorded_at, employee_id, run_id, effective, step, kind, rule,
    rule_version, citation, inputs, policy, band_id, basic_before, basic_after, uncapped, adjusted,
    supplement_kind, supplement_percent, supplement, retained, lump_sum, below_minimum, authority,
    annuls"""

_RANGE = f"""
INSERT INTO pay_payaction ({_COLUMNS})
SELECT nextval('pay_payaction_id_seq'), currval('pay_payaction_id_seq'), now(), s.id, %(run)s,
       %(effective)s, 1, CASE WHEN s.denied THEN 'range_increase_denied' ELSE 'range_increase' END,
       'R5', 1, '9701.323(a)',
       jsonb_build_object('basic', s.basic, 'retained', s.retained, 'denied', s.denied, 'change',
           jsonb_build_object('old_minimum', s.old_minimum, 'old_maximum', s.old_maximum,
               'new_minimum', s.new_minimum, 'new_maximum', s.new_maximum),
           'payable', jsonb_build_object('percent', s.percent::text, 'retained_mode', 'full',
               'maximum', s.new_maximum, 'cap', 207500, 'critical_pay', false)),
       {_POLICY}, s.band_id, s.basic, p.after, t.total, least(t.total, 207500), 'locality',
       s.percent, least(t.total, 207500) - p.after, false, 0, s.denied AND s.basic < s.new_minimum,
       'Benchmark', false
  FROM (SELECT e.id, r.basic, r.retained, r.band_id, x.old_minimum, x.old_maximum, x.new_minimum,
               x.new_maximum, coalesce(l.unacceptable, false) AS denied, sup.percent
          FROM workforce_employee e
          JOIN LATERAL (SELECT * FROM pay_payrate
                         WHERE employee_id = e.id AND starts <= %(effective)s
                         ORDER BY starts DESC LIMIT 1) r ON r.basic IS NOT NULL
          JOIN floor_change x ON x.band_id = r.band_id
          JOIN workforce_assignment a ON a.employee_id = e.id AND a.period @> %(effective)s
          JOIN pay_supplement sup ON sup.key = a.area AND sup.period @> %(effective)s
          LEFT JOIN performance_ratingofrecord g
            ON g.employee_id = e.id AND g.cycle_id = %(cycle)s AND g.state = 'issued'
           AND g.issued_on <= %(effective)s
          LEFT JOIN performance_ratinglevel l ON l.id = g.level_id) s
 CROSS JOIN LATERAL (SELECT CASE WHEN s.denied THEN s.basic ELSE least(greatest(
        round(s.basic::numeric * s.new_minimum / s.old_minimum)::int, s.new_minimum),
        s.new_maximum) END AS after) p
 CROSS JOIN LATERAL (SELECT round(p.after * (1 + s.percent / 100))::int AS total) t
"""

_PROJECT = """
INSERT INTO pay_payrate (employee_id, starts, band_id, basic, uncapped, adjusted, supplement_kind,
    supplement_percent, retained, below_minimum, action_id)
SELECT employee_id, effective, band_id, basic_after, uncapped, adjusted, supplement_kind,
       supplement_percent, retained, below_minimum, id
  FROM pay_payaction WHERE run_id = %(run)s
ON CONFLICT (employee_id, starts) DO UPDATE
   SET (basic, uncapped, adjusted, action_id)
     = (excluded.basic, excluded.uncapped, excluded.adjusted, excluded.action_id)
"""

_DENIED = """
INSERT INTO pay_deniedincrease (version, employee_id, kind, adjusted_on, action_id, percentage,
    basic_denied, below_minimum, state, initiation_kind, initiation_ref, citation)
SELECT 1, employee_id, 'range', effective, id, '0/1', basic_after, below_minimum, 'open', '', '',
       '9701.324'
  FROM pay_payaction WHERE run_id = %(run)s AND kind = 'range_increase_denied'
"""

#: What else a denied increase writes: a line of history and, below the minimum, clock and inbox.
_DENIED_BESIDE = (
    """
INSERT INTO casework_entry (subject, employee_key, act, system_reason, from_state, to_state, "on",
    recorded_at, citation, detail)
SELECT 'denied_increase:' || id, employee_id, 'deny', 'Benchmark', '', 'open', adjusted_on, now(),
       '9701.323(c)', jsonb_build_object('percentage', percentage, 'basic', basic_denied)
  FROM pay_deniedincrease
""",
    """
INSERT INTO casework_deadline (kind, subject, employee_key, citation, trigger_on, days, due_on,
    alerts, alerts_sent, state, ended_by, error)
SELECT 'below_minimum_90_days', 'denied_increase:' || id, employee_id, '9701.325(a)', adjusted_on,
       90, adjusted_on + 90, '[30, 60, 80]', '[]', 'open', '', ''
  FROM pay_deniedincrease WHERE below_minimum
""",
    """
INSERT INTO casework_workitem (kind, subject, employee_key, title, citation, url, role, opened_on)
SELECT 'below_minimum_hr', 'denied_increase:' || id, employee_id,
       'Pay is below the band minimum: act by ' || adjusted_on + 90, '9701.325(a)',
       '/pay/denied/' || id, 'hr_specialist', adjusted_on
  FROM pay_deniedincrease WHERE below_minimum
""",
)

#: The chunks with everybody's outcome, from which the pages of a run are read.
_CHUNKS = """
INSERT INTO pay_runchunk (run_id, ordinal, employee_ids, state, done_at, totals)
SELECT %(run)s, (number - 1) / 2000 + 1, jsonb_agg(employee_id ORDER BY employee_id), 'done', now(),
       jsonb_build_object('people', count(*), 'groups', '{}'::jsonb, 'outcomes',
           jsonb_agg(jsonb_build_array(employee_id, band_id, jsonb_build_array(kind), basic_before,
               basic_after, adjusted, lump_sum::int, 0, '', true, '', '', NULL, 0, NULL, '', '')
               ORDER BY employee_id))
  FROM (SELECT row_number() OVER (ORDER BY employee_id) AS number, *
          FROM pay_payaction WHERE run_id = %(run)s) AS posted
 GROUP BY (number - 1) / 2000
"""

_LINES = """
INSERT INTO pay_payoutline (run_id, pool_id, employee_id, level, level_source, rating_id, points,
    proration, basic, band_maximum, retained, amount, increase, lump_sum)
WITH rated AS (
    SELECT m.pool_id, m.employee_id, l.code AS level, g.id AS rating_id
      FROM pay_poolmembership m
      LEFT JOIN performance_ratingofrecord g
        ON g.employee_id = m.employee_id AND g.cycle_id = %(cycle)s AND g.state = 'issued'
      LEFT JOIN performance_ratinglevel l ON l.id = g.level_id
     WHERE m.period @> %(period_end)s
), modal AS (
    SELECT pool_id, mode() WITHIN GROUP (ORDER BY level) AS level FROM rated GROUP BY pool_id
), pointed AS (
    SELECT r.*, coalesce(r.level, modal.level) AS used,
           CASE coalesce(r.level, modal.level) WHEN 'AE' THEN 4 WHEN 'EE' THEN 2 WHEN 'ME' THEN 1
                ELSE 0 END AS points
      FROM rated r JOIN modal USING (pool_id)
), valued AS (
    SELECT pool_id, trunc(%(amount)s::numeric / sum(points), 2) AS value
      FROM pointed GROUP BY pool_id
)
SELECT %(run)s, p.pool_id, p.employee_id, p.used, CASE WHEN p.level IS NULL THEN 'modal'
       ELSE 'rating' END, p.rating_id, p.points, '1/1', r.basic, x.maximum, false, q.amount,
       least(q.amount, greatest(0, x.maximum - r.basic)),
       q.amount - least(q.amount, greatest(0, x.maximum - r.basic))
  FROM pointed p
  JOIN valued v USING (pool_id)
  JOIN LATERAL (SELECT * FROM pay_payrate WHERE employee_id = p.employee_id
                   AND starts <= %(effective)s ORDER BY starts DESC LIMIT 1) r ON true
  JOIN pay_raterange x ON x.band_id = r.band_id AND x.period @> %(effective)s
 CROSS JOIN LATERAL (SELECT floor(v.value * p.points)::int AS amount) q
"""

_PAYOUT = f"""
INSERT INTO pay_payaction ({_COLUMNS})
SELECT nextval('pay_payaction_id_seq'), currval('pay_payaction_id_seq'), now(), n.employee_id,
       %(run)s, %(effective)s, 4,
       CASE WHEN n.increase > 0 THEN 'performance_payout' ELSE 'lump_sum_payout' END, 'R17', 1,
       '9701.342(d)(3)',
       jsonb_build_object('basic', n.basic, 'mode', 'share_dollar', 'value', '100.00', 'points',
           n.points::text, 'proration', n.proration, 'maximum', n.band_maximum, 'excess_lump', true,
           'payable', jsonb_build_object('percent', sup.percent::text, 'retained_mode', 'full',
               'maximum', n.band_maximum, 'cap', 207500, 'critical_pay', false)),
       {_POLICY}, r.band_id, n.basic, n.basic + n.increase, t.total, least(t.total, 207500),
       'locality', sup.percent, least(t.total, 207500) - n.basic - n.increase, false, n.lump_sum,
       r.below_minimum, 'Benchmark', false
  FROM pay_payoutline n
  JOIN LATERAL (SELECT * FROM pay_payrate WHERE employee_id = n.employee_id
                   AND starts <= %(effective)s ORDER BY starts DESC LIMIT 1) r ON true
  JOIN workforce_assignment a ON a.employee_id = n.employee_id AND a.period @> %(effective)s
  JOIN pay_supplement sup ON sup.key = a.area AND sup.period @> %(effective)s
 CROSS JOIN LATERAL (SELECT round((n.basic + n.increase) * (1 + sup.percent / 100))::int
                            AS total) t
 WHERE n.run_id = %(run)s AND n.amount > 0
"""


def time_floor(*, run: int, cycle: int, amount: str, payout: bool) -> float:
    """Seconds of one step's statements with their commit, in the database in use."""
    parameters: dict[str, Any] = {
        "run": run,
        "cycle": cycle,
        "amount": amount,
        "effective": EFFECTIVE,
        "period_end": PERIOD_END,
    }
    steps = [_RANGE, _PROJECT, _DENIED, *_DENIED_BESIDE, _CHUNKS]
    if payout:
        steps = [_LINES, _PAYOUT, _PROJECT, _CHUNKS]
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if not payout:
            _set_ranges(cursor)
        for statement in steps:
            cursor.execute(statement, parameters)
    return time.perf_counter() - begun


def _set_ranges(cursor: Any) -> None:
    cursor.execute(
        "CREATE TEMPORARY TABLE floor_change (band_id bigint, old_minimum int, old_maximum int,"
        " new_minimum int, new_maximum int)"
    )
    for code, (minimum, maximum) in NEW_RANGES.items():
        cursor.execute(
            "INSERT INTO floor_change SELECT id, %s, %s, %s, %s FROM classification_band"
            " WHERE code = %s",
            [*BANDS[code], minimum, maximum, code],
        )
    cursor.execute("UPDATE pay_raterange SET period = daterange(lower(period), %s)", [EFFECTIVE])
    cursor.execute(
        "INSERT INTO pay_raterange (band_id, minimum, maximum, period)"
        " SELECT band_id, new_minimum, new_maximum, daterange(%s, NULL) FROM floor_change",
        [EFFECTIVE],
    )
