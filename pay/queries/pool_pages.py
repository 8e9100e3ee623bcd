"""Pay pools as their pages show them: patterns, members, money, and who is in no pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from classification.models import BandLevel
from pay.models import PayPool, PayRun, PointPattern, RunKind, RunState
from pay.services.runs.plans import Fund, PayoutPlan

PAGE = 50
CAP = 1_001
#: Runs that the page of a pool looks back to.
RUNS = 40


@dataclass(frozen=True, slots=True)
class Paid:
    """What a pool had in one payout: dollars and cents, of which fund, in which state."""

    run: PayRun
    period_end: date
    amount: Decimal
    fund: Fund | None


@dataclass(frozen=True, slots=True)
class Alone:
    """An eligible employee who was in no pool."""

    employee_id: int
    number: str
    name: str
    band: str


@dataclass(frozen=True, slots=True)
class AlonePage:
    """Some of those in no pool, by number; `after` is where the next page begins, or empty."""

    rows: Sequence[Alone]
    count: int
    after: str

    @property
    def capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.count >= CAP


_ALONE = """
  FROM workforce_employee AS employee
  JOIN LATERAL (SELECT basic, band_id FROM pay_payrate
                 WHERE employee_id = employee.id AND starts <= %(on)s
                 ORDER BY starts DESC LIMIT 1) AS rate ON true
  JOIN classification_band AS band ON band.id = rate.band_id
 WHERE rate.basic IS NOT NULL AND band.level <> %(entry)s
   AND NOT EXISTS (SELECT FROM pay_poolmembership AS member
                    WHERE member.employee_id = employee.id AND member.period @> %(on)s::date)
"""
_ALONE_PAGE = (
    "SELECT employee.id, employee.number, "
    "employee.family_name || ', ' || employee.given_name, band.code "
    + _ALONE
    + "AND employee.number > %(after)s ORDER BY employee.number LIMIT %(limit)s"
)
_ALONE_COUNT = f"SELECT count(*) FROM (SELECT 1 {_ALONE} LIMIT %(limit)s) AS found"  # noqa: S608


def people_in_no_pool(*, on: date, after: str = "") -> AlonePage:
    """Employees in a Full Performance or higher band who belong to no pool on a date.

    5 CFR 9701.342(b)(2): each belongs to exactly one; that nobody is in two, the database sees to.
    Two queries.
    """
    arguments: dict[str, Any] = {"on": on, "entry": BandLevel.ENTRY_DEVELOPMENTAL, "after": after}
    with connection.cursor() as cursor:
        cursor.execute(_ALONE_PAGE, {**arguments, "limit": PAGE + 1})
        found = [Alone(*row) for row in cursor.fetchall()]
        cursor.execute(_ALONE_COUNT, {**arguments, "limit": CAP})
        total = int(cursor.fetchone()[0])
    shown = found[:PAGE]
    return AlonePage(rows=shown, count=total, after=shown[-1].number if len(found) > PAGE else "")


def payouts_of_pools() -> dict[str, list[Paid]]:
    """The money of each pool in the latest payouts, by pool, the newest first; one query.

    5 CFR 9701.342(b)(3), (4). What a run's plan says is the record of the fund's distribution: it
    changes until the run is approved, and never after.
    """
    found: dict[str, list[Paid]] = defaultdict(list)
    runs = PayRun.objects.filter(kind=RunKind.PAYOUT).exclude(state=RunState.CANCELLED)
    for run in runs.defer("preview", "totals").order_by("-effective", "-pk")[:RUNS]:
        plan = PayoutPlan.from_json(run.plan)
        for code, funds in plan.pools.items():
            found[code].append(
                Paid(run=run, period_end=plan.period_end, amount=funds.amount, fund=plan.fund)
            )
    return found


def patterns_of(pool: PayPool) -> list[PointPattern]:
    """Every pattern of a pool, the latest to begin first."""
    return list(pool.patterns.order_by("-starts"))
