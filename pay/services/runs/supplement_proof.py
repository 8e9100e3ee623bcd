"""What must hold of a supplement adjustment that is done, by ledger, projection and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from pay.models import PayRun, Supplement
from pay.queries.maximum import schedule_on
from pay.services.runs.outcomes import Mark
from pay.services.runs.supplement_plan import SupplementPlan

#: The rise of the adjusted rate in dollars, from the step before each; and who is denied.
_LEDGER = """
SELECT coalesce(sum(action.adjusted - coalesce(step_before.adjusted, 0)), 0),
       count(*) FILTER (WHERE action.kind = 'supplement_increase_denied'),
       count(*) FILTER (WHERE action.kind = 'supplement_increase_denied'
                          AND NOT EXISTS (SELECT FROM pay_deniedincrease AS d
                                           WHERE d.employee_id = action.employee_id
                                             AND d.kind = 'supplement'
                                             AND d.adjusted_on = action.effective))
  FROM pay_payaction AS action
  LEFT JOIN LATERAL (
       SELECT earlier.adjusted FROM pay_payaction AS earlier
        WHERE earlier.employee_id = action.employee_id AND NOT earlier.annuls
          AND (earlier.effective, earlier.step, earlier.place)
              < (action.effective, action.step, action.place)
          AND NOT EXISTS (SELECT FROM pay_payaction AS corrected
                           WHERE corrected.corrects_id = earlier.id)
        ORDER BY earlier.effective DESC, earlier.step DESC, earlier.place DESC LIMIT 1
       ) AS step_before ON true
 WHERE action.run_id = %(run)s AND action.corrects_id IS NULL
"""

#: What the tables say of each rate in force on the date, without the rules that made it.
_RATES = """
WITH paid AS (
    SELECT DISTINCT ON (r.employee_id)
           r.employee_id, r.band_id, r.basic, r.uncapped, r.adjusted, r.retained,
           r.supplement_percent
      FROM pay_payrate AS r
     WHERE r.employee_id = ANY(%(ids)s) AND r.starts <= %(on)s
     ORDER BY r.employee_id, r.starts DESC
), place AS (
    SELECT DISTINCT ON (a.employee_id) a.employee_id, a.area, a.special_category
      FROM workforce_assignment AS a
     WHERE a.employee_id = ANY(%(ids)s) AND a.period @> %(on)s
     ORDER BY a.employee_id, a.kind DESC
), told AS (
    SELECT paid.*, greatest(locality.percent, special.percent, 0) AS published,
           CASE WHEN e.senior_executive THEN %(executive_cap)s ELSE %(cap)s END AS cap,
           band.minimum,
           EXISTS (SELECT FROM pay_deniedincrease AS d
                    WHERE d.employee_id = paid.employee_id
                      AND d.state NOT IN ('released', 'closed')) AS denied,
           EXISTS (SELECT FROM pay_runexception AS x
                    WHERE x.run_id = %(run)s AND x.employee_id = paid.employee_id) AS alone
      FROM paid
      JOIN workforce_employee AS e ON e.id = paid.employee_id
      JOIN place ON place.employee_id = paid.employee_id
      LEFT JOIN pay_raterange AS band ON band.band_id = paid.band_id AND band.period @> %(on)s
      LEFT JOIN LATERAL (
           SELECT percent FROM pay_supplement AS s
            WHERE s.kind = 'locality' AND s.key = place.area AND s.period @> %(on)s
              AND (s.band_id = paid.band_id OR s.band_id IS NULL)
            ORDER BY s.band_id NULLS LAST LIMIT 1) AS locality ON true
      LEFT JOIN LATERAL (
           SELECT percent FROM pay_supplement AS s
            WHERE s.kind = 'special' AND s.key = place.special_category AND s.period @> %(on)s
              AND (s.band_id = paid.band_id OR s.band_id IS NULL)
            ORDER BY s.band_id NULLS LAST LIMIT 1) AS special ON true
     WHERE paid.basic IS NOT NULL
)
SELECT count(*) FILTER (WHERE NOT denied AND NOT retained AND supplement_percent <> published),
       count(*) FILTER (WHERE adjusted > greatest(cap, basic) OR adjusted > uncapped
                          OR adjusted < least(uncapped, cap)),
       count(*) FILTER (WHERE NOT denied
                          AND adjusted < least(round(minimum * (1 + published / 100)), cap))
  FROM told WHERE NOT alone
"""


def prove_supplement(run: PayRun, *, ids: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    """Each statement about a supplement adjustment: what it should come to, and what was found.

    5 CFR 9701.335, 9701.337(b), 9701.312, 9701.357(a): published is paid to everybody of whom
    nothing is frozen, no rate is over its cap or, without a case, below the minimum adjusted rate.
    """
    totals, schedule = run.totals["all"], schedule_on(run.effective)
    with connection.cursor() as cursor:
        cursor.execute(_LEDGER, {"run": run.pk})
        rise, denied, without = cursor.fetchall()[0]
        cursor.execute(
            _RATES,
            {
                "ids": list(ids),
                "on": run.effective,
                "run": run.pk,
                "cap": schedule.cap(senior_executive=False),
                "executive_cap": schedule.cap(senior_executive=True),
            },
        )
        other, over, below = cursor.fetchall()[0]
    yield "Rise of adjusted rates, dollars", _n(totals["adjusted_rise_dollars"]), _n(rise)
    yield "Denied increases in the ledger", _n(totals[Mark.DENIED]), _n(denied)
    yield "Denied increases without a case", "0", _n(without)
    yield "The percentage in force as planned", _planned(run), _published(run)
    yield "Nothing frozen, and another percentage than the published one", "0", _n(other)
    yield "Adjusted rates other than their cap allows", "0", _n(over)
    yield "Below the minimum adjusted rate without a case", "0", _n(below)


def _planned(run: PayRun) -> str:
    plan = SupplementPlan.from_json(run.plan)
    return ", ".join(f"{band}: {plan.percent:.4f}%" for band in sorted(plan.bands) or ["all"])


def _published(run: PayRun) -> str:
    plan = SupplementPlan.from_json(run.plan)
    rows = Supplement.objects.filter(
        kind=plan.kind, key=plan.key, period__startswith=run.effective
    ).values_list("band__code", "percent")
    wanted = {band or "all": percent for band, percent in rows}
    named = sorted(plan.bands) or ["all"]
    return ", ".join(f"{band}: {wanted[band]:.4f}%" for band in named if band in wanted)


def _n(figure: int) -> str:
    return f"{int(figure):,}"
