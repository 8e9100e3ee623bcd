"""Everybody's rate as effective on a date, as known at a moment (rule 3 of the design)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

PAGE = 25
#: Rows read at once for an export.
SHARE = 2_000
#: Counting stops here: beyond it the page says "more than 1,000".
CAP = 1_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: dates, filters, and whom the asker's roles reach.

    `known` None is now. `reach` holds the paths of organizations, None the whole Department;
    `without` the ids of employees from whom the asker is recused, `only` of the few there are.
    """

    on: date
    known: datetime | None = None
    organization: str = ""
    band: int | None = None
    pool: int | None = None
    reach: tuple[str, ...] | None = None
    without: tuple[int, ...] = field(default=())
    only: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ListedRate:
    """One person's rate: whole dollars a year, percents as percents."""

    number: str
    family_name: str
    given_name: str
    organization: str
    band: str
    pool: str
    starts: date
    basic: int
    supplement_kind: str
    supplement_percent: Decimal
    adjusted: int
    retained: bool
    below_minimum: bool


@dataclass(frozen=True, slots=True)
class RatePage:
    """One page in the order of employee numbers; `after` is where the next begins, or empty."""

    rows: Sequence[ListedRate]
    count: int
    after: str

    @property
    def capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.count >= CAP


_NOW = """
SELECT starts, band_id, basic, adjusted, supplement_kind, supplement_percent, retained,
       below_minimum
  FROM pay_payrate WHERE employee_id = employee.id AND starts <= %(on)s
 ORDER BY starts DESC LIMIT 1
"""

_AS_KNOWN = """
SELECT a.effective AS starts, a.band_id, a.basic_after AS basic, a.adjusted, a.supplement_kind,
       a.supplement_percent, a.retained, a.below_minimum
  FROM pay_payaction AS a
 WHERE a.employee_id = employee.id AND a.effective <= %(on)s AND a.recorded_at <= %(known)s
   AND NOT a.annuls
   AND NOT EXISTS (SELECT FROM pay_payaction AS c
                    WHERE c.corrects_id = a.id AND c.recorded_at <= %(known)s)
 ORDER BY a.effective DESC, a.step DESC, a.place DESC LIMIT 1
"""

#: Where a temporary promotion and the position of record both hold, the first is where he works.
_PLACE = """
SELECT organization.name, organization.path
  FROM workforce_assignment AS held
  JOIN classification_position AS position ON position.id = held.position_id
  JOIN accounts_organization AS organization ON organization.id = position.organization_id
 WHERE held.employee_id = employee.id AND held.period @> %(on)s::date
 ORDER BY held.kind DESC LIMIT 1
"""

_POOL = """
SELECT member.pool_id, pool.code
  FROM pay_poolmembership AS member JOIN pay_paypool AS pool ON pool.id = member.pool_id
 WHERE member.employee_id = employee.id AND member.period @> %(on)s::date LIMIT 1
"""

# Beside an IN over so many, the planner joins everybody before it takes the first page; of few
# people it takes seconds to find them among everybody. So few are read first, and named.
_IN_ORGANIZATIONS = "AND place.path LIKE ANY(%({name})s)"
FEW = 2_000
_FEW = """
SELECT DISTINCT held.employee_id FROM workforce_assignment AS held
  JOIN classification_position AS position ON position.id = held.position_id
  JOIN accounts_organization AS organization ON organization.id = position.organization_id
 WHERE held.period @> %(on)s::date AND organization.path LIKE ANY(%(narrowest)s) LIMIT %(limit)s
"""
_IN_POOL = """
AND employee.id IN (SELECT employee_id FROM pay_poolmembership
                     WHERE pool_id = %(pool)s AND period @> %(on)s::date)
"""


def page_of_rates(asked: Asked, *, after: str = "") -> RatePage:
    """One page and the count; one query, two where an organization is asked for, bounded rows."""
    asked = _narrowed(asked)
    counted = " ".join(
        (", (SELECT count(*) FROM (SELECT 1", _source(asked), "LIMIT %(cap)s) AS found)")
    )
    found = _read(asked, after=after, limit=PAGE + 1, more=counted)
    shown = [ListedRate(*row[:-1]) for row in found[:PAGE]]
    return RatePage(
        rows=shown,
        count=int(found[0][-1]) if found else 0,
        after=shown[-1].number if len(found) > PAGE else "",
    )


def all_rates(asked: Asked) -> Iterator[ListedRate]:
    """Every row, some thousands at a time, so that an export holds no more than that in memory."""
    asked = _narrowed(asked)
    after = ""
    while found := _read(asked, after=after, limit=SHARE):
        rows = [ListedRate(*row) for row in found]
        yield from rows
        after = rows[-1].number


def _narrowed(asked: Asked) -> Asked:
    """The same, with the people of its organizations named where they are few."""
    if not asked.organization and asked.reach is None:
        return asked
    with connection.cursor() as cursor:
        cursor.execute(_FEW, {**_arguments(asked), "limit": FEW + 1})
        found = tuple(int(employee_id) for (employee_id,) in cursor.fetchall())
    return asked if len(found) > FEW else replace(asked, only=found)


def _read(asked: Asked, *, after: str, limit: int, more: str = "") -> list[tuple[Any, ...]]:
    sql = f"""
SELECT employee.number, employee.family_name, employee.given_name, coalesce(place.name, ''),
       coalesce(band.code, ''), coalesce(pool.code, ''), rate.starts, rate.basic,
       rate.supplement_kind, rate.supplement_percent, rate.adjusted, rate.retained,
       rate.below_minimum {more}
  {_source(asked)} AND employee.number > %(after)s
 ORDER BY employee.number LIMIT %(limit)s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_arguments(asked), "after": after, "limit": limit, "cap": CAP})
        return list(cursor.fetchall())


def _source(asked: Asked) -> str:
    return f"""
  FROM workforce_employee AS employee
  JOIN LATERAL ({_NOW if asked.known is None else _AS_KNOWN}) AS rate ON true
  LEFT JOIN LATERAL ({_PLACE}) AS place ON true
  LEFT JOIN LATERAL ({_POOL}) AS pool ON true
  LEFT JOIN classification_band AS band ON band.id = rate.band_id
 WHERE rate.basic IS NOT NULL {_conditions(asked)}"""


def _conditions(asked: Asked) -> str:
    parts = []
    if asked.organization:
        parts.append(_IN_ORGANIZATIONS.format(name="organization"))
    if asked.reach is not None:
        parts.append(_IN_ORGANIZATIONS.format(name="reach"))
    if asked.band is not None:
        parts.append("AND rate.band_id = %(band)s")
    if asked.pool is not None:
        parts.append(_IN_POOL)
    if asked.only is not None:
        parts.append("AND employee.id = ANY(%(only)s::bigint[])")
    if asked.without:
        parts.append("AND employee.id <> ALL(%(without)s)")
    return " ".join(parts)


def _arguments(asked: Asked) -> dict[str, Any]:
    return {
        "on": asked.on,
        "known": asked.known,
        "organization": [_under(asked.organization)],
        "reach": [_under(path) for path in asked.reach or ()],
        "band": asked.band,
        "pool": asked.pool,
        "without": list(asked.without),
        "only": list(asked.only or ()),
        "narrowest": [_under(path) for path in [asked.organization] if path]
        or [_under(path) for path in asked.reach or ()],
    }


def _under(path: str) -> str:
    """A pattern of everything at or below a place in the tree."""
    plain = path.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{plain}%"
