"""One appraisal period as a whole: who is rated, and who is not and why (5 CFR 9701.405(b)(2))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.models import Organization
from governance.queries.coverage import is_covered
from performance.models import Cycle, SystemCoverage
from performance.models.system import STANDARD_SYSTEM
from performance.queries.absences import NON_PAY, absences_of
from performance.queries.scoring import rating_policy
from performance.rules.minimum_period import Served, days_served
from regulation.binary_rows import binary_rows


class Standing(StrEnum):
    """How an employee stands at the end of a period."""

    RATED = "rated"
    NOT_RATABLE = "not_ratable"
    LISTED = "listed"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class Person:
    """One employee whom the period covers."""

    pk: int
    number: str
    given_name: str
    family_name: str
    place: str
    organization: str
    supervisor: str
    planned: bool
    communicated_on: date | None
    reviewed: bool
    #: State of the annual rating; empty where it is not started.
    state: str
    level: str
    sent: str
    standing: Standing
    #: Why there is no rating: words for a page.
    why: str = ""

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


#: One row an employee: with the place where he worked last, and his supervisor of the day.
_SEASON = """
SELECT e.id, e.number, e.given_name, e.family_name, e.coverage_category, e.hired, e.separated,
       coalesce(o.path, ''), coalesce(o.name, ''), coalesce(b.level, ''),
       concat_ws(' ', s.given_name, s.family_name), p.communicated_on, p.id IS NOT NULL,
       EXISTS (SELECT 1 FROM performance_interimreview i
                WHERE i.plan_id = p.id AND i.state <> 'draft'),
       coalesce(r.state, ''), coalesce(l.code, ''), coalesce(t.code, ''), n.reason
  FROM workforce_employee e
  LEFT JOIN LATERAL (SELECT a.position_id FROM workforce_assignment a
                      WHERE a.employee_id = e.id AND lower(a.period) <= %(on)s::date
                      ORDER BY lower(a.period) DESC, a.id DESC LIMIT 1) a ON true
  LEFT JOIN classification_position post ON post.id = a.position_id
  LEFT JOIN accounts_organization o ON o.id = post.organization_id
  LEFT JOIN LATERAL (SELECT d.band_id FROM classification_classificationdecision d
                      WHERE d.position_id = post.id AND d.effective <= %(on)s::date
                      ORDER BY d.effective DESC, d.id DESC LIMIT 1) d ON %(bands)s::boolean
  LEFT JOIN classification_band b ON b.id = d.band_id
  LEFT JOIN workforce_supervision v ON v.employee_id = e.id AND v.period @> %(on)s::date
  LEFT JOIN workforce_employee s ON s.id = v.supervisor_id
  LEFT JOIN performance_plan p ON p.employee_id = e.id AND p.cycle_id = %(cycle)s::bigint
  LEFT JOIN performance_ratingofrecord r ON r.employee_id = e.id
        AND r.cycle_id = %(cycle)s::bigint AND r.kind = 'annual'
        AND r.state NOT IN ('cancelled', 'cancelled_remanded')
  LEFT JOIN performance_ratinglevel l ON l.id = r.level_id
  LEFT JOIN performance_ratinglevel t ON t.id = coalesce(r.rater_level_id, r.level_id)
  LEFT JOIN performance_notrated n ON n.employee_id = e.id AND n.cycle_id = %(cycle)s::bigint
 WHERE e.hired <= %(ends)s::date
   AND (e.separated IS NULL OR e.separated > %(until)s::date OR r.id IS NOT NULL)
 ORDER BY e.family_name, e.given_name, e.number
"""
_FINAL = frozenset({"issued", "superseded"})
_WAITING = {
    "": "The rating is not started",
    "draft": "The rating official is writing the rating",
    "submitted": "With the reviewing official",
    "approved": "Approved, not yet issued",
}


def season(
    cycle: Cycle, *, on: date, organizations: Iterable[Organization] | None = None
) -> list[Person]:
    """Everybody whom the period covers, by name; the queries do not grow with the people.

    Under subpart D and the period's system on its last day, or on the date before it. Who left
    unrated is not among them. With `organizations`, only who works there, those underneath not
    implied.
    """
    day = min(on, cycle.ends)
    systems = _systems_on(day)
    rows = binary_rows(
        _SEASON,
        {
            "cycle": cycle.pk,
            "on": day,
            "ends": cycle.ends,
            "until": min(on, cycle.closed_on or on),
            "bands": any(band for band, _, _ in systems),
        },
    )
    categories = {row[4] for row in rows}
    covered = {each for each in categories if is_covered(each, subpart="D", on=day)}
    paths = None if organizations is None else {each.path for each in organizations}
    chosen = [
        row
        for row in rows
        if row[4] in covered
        and (paths is None or row[7] in paths)
        and _system_of(systems, band=row[9], category=row[4], cycle=cycle, planned=row[12])
    ]
    minimum = rating_policy(cycle, on=on)["minimum_period_days"]
    open_ids = [row[0] for row in chosen if row[14] not in _FINAL and row[17] is None]
    away = absences_of(open_ids, kinds=NON_PAY)
    found = []
    for row in chosen:
        if row[14] in _FINAL:
            standing, why = Standing.RATED, ""
        elif row[17] is not None:
            standing, why = Standing.LISTED, row[17]
        else:
            served = days_served(
                period_start=cycle.starts,
                period_end=cycle.ends,
                communicated_on=row[11],
                hired=row[5],
                not_performing=away[row[0]],
                minimum=minimum,
                on=cycle.ends + timedelta(days=1),
            )
            could = days_served(
                period_start=cycle.starts,
                period_end=cycle.ends,
                communicated_on=cycle.starts,
                hired=row[5],
                not_performing=away[row[0]],
                minimum=minimum,
                on=cycle.ends + timedelta(days=1),
            )
            standing, why = _unrated(row, served=served, could=could)
        found.append(
            Person(
                pk=row[0],
                number=row[1],
                given_name=row[2],
                family_name=row[3],
                place=row[7],
                organization=row[8],
                supervisor=row[10],
                planned=row[12],
                communicated_on=row[11],
                reviewed=row[13],
                state=row[14],
                level=row[15],
                sent=row[16],
                standing=standing,
                why=why,
            )
        )
    return found


def _unrated(row: tuple[object, ...], *, served: Served, could: Served) -> tuple[Standing, str]:
    """Why somebody has no rating; where no rating can be prepared at all, that is a reason."""
    state = str(row[14])
    if not state and not could.enough:
        return (
            Standing.NOT_RATABLE,
            f"At work for {could.days} of the {could.minimum} days of the minimum period",
        )
    if not state and row[11] is not None and not served.enough:
        return (
            Standing.NOT_RATABLE,
            f"{served.days} of {served.minimum} days served under communicated expectations",
        )
    if not state and row[11] is None:
        return Standing.UNRATED, "No expectations were communicated"
    return Standing.UNRATED, _WAITING.get(state, state)


def _systems_on(day: date) -> list[tuple[str, str, int]]:
    """What each system covers on a date, the widest and then the oldest first."""
    rows = SystemCoverage.objects.filter(starts__lte=day).order_by("starts", "pk")
    found = list(rows.values_list("band_level", "category", "system_id"))
    return sorted(found, key=lambda each: bool(each[0]) + bool(each[1]))


def _system_of(
    systems: Sequence[tuple[str, str, int]],
    *,
    band: str,
    category: str,
    cycle: Cycle,
    planned: bool,
) -> bool:
    """Whether the period's system is the employee's; a plan of the period decides before all."""
    if planned:
        return True
    holding = None
    for of_band, of_category, system_id in systems:
        if of_band in ("", band) and of_category in ("", category):
            holding = system_id
    if holding is None:
        return cycle.system.code == STANDARD_SYSTEM
    return holding == cycle.system_id
