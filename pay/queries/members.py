"""The members of a pay pool in one payout, and what the payout reads of each (5 CFR 9701.342)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from classification.models import BandLevel
from pay.kinds import Kind
from pay.models import PayAction, PayPool, PointPattern
from pay.rules.point_pattern import check_pattern
from pay.rules.proration import Span, SpanKind
from performance.models import RatingLevel
from performance.models.system import STANDARD_SYSTEM
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused
from workforce.models import Absence, AbsenceKind

#: Absences that proration looks at, as the rule calls them; approved leave is paid.
_SPANS: dict[str, SpanKind] = {
    AbsenceKind.LEAVE_WITHOUT_PAY: "leave_without_pay",
    AbsenceKind.UNIFORMED_SERVICE: "uniformed_service",
    AbsenceKind.INJURY_COMPENSATION: "injury_compensation",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Levels, best first, and the points of each in a pool on a date; with warnings."""

    best_first: tuple[str, ...]
    points: Mapping[str, Decimal]
    warnings: tuple[str, ...]


def pattern_on(pool: PayPool, *, on: date, system: str = STANDARD_SYSTEM) -> Pattern:
    """The point pattern in force, checked.

    5 CFR 9701.342(c)(1)-(3). Refused: `parameter_missing` without one, `zero_points_required`,
    `invalid_parameter`.
    """
    row = PointPattern.objects.filter(pool=pool, starts__lte=on).order_by("-starts").first()
    if row is None:
        raise Refused(
            "parameter_missing", "9701.342(c)(2)", f"{pool.title} has no point pattern on {on}."
        )
    return pattern_of(row.points, system=system)


def pattern_of(points: Mapping[str, Any], *, system: str = STANDARD_SYSTEM) -> Pattern:
    """A point pattern, checked against the levels of a rating system. Refused: see `pattern_on`."""
    levels = list(
        RatingLevel.objects.filter(system__code=system)
        .order_by("rank")
        .values_list("code", "unacceptable")
    )
    best_first = tuple(code for code, _ in levels)
    exact = {code: Decimal(str(value)) for code, value in points.items()}
    warnings = check_pattern(
        exact,
        best_first=best_first,
        unacceptable=next((code for code, lowest in levels if lowest), ""),
    )
    return Pattern(best_first=best_first, points=exact, warnings=tuple(warnings))


def members_on(pool: PayPool, *, snapshot: date) -> list[int]:
    """Ids of the members on the snapshot date, in order: no one in an Entry/Developmental band.

    5 CFR 9701.342(a)(1), (b)(2). The band of the snapshot date counts, or the first known after it.
    """
    rows = binary_rows(
        _MEMBERS, {"pool": pool.pk, "on": snapshot, "entry": BandLevel.ENTRY_DEVELOPMENTAL.value}
    )
    return [pk for (pk,) in rows]


_MEMBERS = """
SELECT m.employee_id
  FROM pay_poolmembership m
  LEFT JOIN LATERAL (SELECT band_id FROM pay_payrate
                      WHERE employee_id = m.employee_id AND starts <= %(on)s::date
                        AND band_id IS NOT NULL
                      ORDER BY starts DESC LIMIT 1) AS before ON true
  LEFT JOIN LATERAL (SELECT band_id FROM pay_payrate
                      WHERE before.band_id IS NULL AND employee_id = m.employee_id
                        AND starts > %(on)s::date AND band_id IS NOT NULL
                      ORDER BY starts LIMIT 1) AS after ON true
  LEFT JOIN classification_band b ON b.id = coalesce(before.band_id, after.band_id)
 WHERE m.pool_id = %(pool)s::bigint AND m.period @> %(on)s::date
   AND b.level IS DISTINCT FROM %(entry)s::text
 ORDER BY m.employee_id
"""


def promoted_in(
    employee_ids: Iterable[int], *, window_start: date, window_end: date
) -> dict[int, date]:
    """The last promotion of each in the window between payouts that was not cancelled since.

    5 CFR 9701.342(e)(1).
    """
    cancelled = PayAction.objects.filter(
        employee_id=OuterRef("employee_id"), place=OuterRef("place"), annuls=True
    )
    rows = PayAction.objects.filter(
        ~Exists(cancelled),
        employee_id__in=list(employee_ids),
        kind=Kind.PROMOTION,
        effective__range=(window_start, window_end),
    ).order_by("effective")
    return dict(rows.values_list("employee_id", "effective"))


def absences_in(
    employee_ids: Iterable[int], *, window_start: date, window_end: date
) -> dict[int, list[Span]]:
    """Absences without pay that touch the window (5 CFR 9701.342(e)(2), (f), (g))."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Absence.objects.filter(
        employee_id__in=list(employee_ids),
        kind__in=list(_SPANS),
        period__overlap=(window_start, window_end + timedelta(days=1)),
    )
    for employee_id, kind, period in rows.values_list("employee_id", "kind", "period"):
        last = period.upper - timedelta(days=1) if period.upper else window_end
        found[employee_id].append(Span(start=period.lower, end=last, kind=_SPANS[kind]))
    return found
