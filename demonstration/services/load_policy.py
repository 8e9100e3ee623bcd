"""Loads what the Department decided before the demonstration opens: law, policy, bands, ranges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Organization
from classification.models import (
    Band,
    Direction,
    MovementRule,
    OccupationalCluster,
    OccupationalSeries,
)
from demonstration.published import executive_schedule, load_figures
from demonstration.rules.bands import CLUSTERS, cluster_of
from demonstration.rules.bands import Band as DrawnBand
from demonstration.rules.department import Department
from demonstration.services.set_based import since
from governance.models import Coordination, CoordinationState, Coverage, Directive
from governance.services.directives import first_directive
from pay.models import ExecutiveSchedule, LocalityArea, RateRange, Supplement
from regulation.pay_periods import PayCalendar

#: Subpart D runs from here, so that past years could be rated.
PERFORMANCE_SINCE = date(2020, 10, 1)
#: First pay period of 2024: the bands, their ranges from the General Schedule of 2024, begin.
CONVERTED_ON = date(2024, 1, 14)
COVERED = "GS-GL"

_COORDINATED = (
    ("9701.102(b)", "Application of subparts B to G to GS and GL employees", CONVERTED_ON),
    ("9701.211", "Occupational clusters", CONVERTED_ON),
    ("9701.212(a)", "Bands of each cluster", CONVERTED_ON),
    ("9701.222(b)", "Reconsideration of classification decisions", CONVERTED_ON),
    ("9701.321(a)", "Band rate ranges from the General Schedule base table of 2024", CONVERTED_ON),
    ("9701.332(a)", "Locality rate supplements at the published percents of 2024", CONVERTED_ON),
    ("9701.342", "Effective date of performance payouts", CONVERTED_ON),
    ("9701.351", "Starting rates of pay", CONVERTED_ON),
    ("9701.356(a)", "Pay retention", CONVERTED_ON),
)

#: Subpart A, and by now E, F and G, apply by the text itself.
_DETERMINED = {"B": CONVERTED_ON, "C": CONVERTED_ON, "D": PERFORMANCE_SINCE}
NOTICE = timedelta(days=45)
SIGNED_BY = "Under Secretary for Management (demonstration)"


@dataclass(frozen=True)
class Reference:
    """Ids of the reference rows by their codes."""

    organizations: dict[str, int]
    bands: dict[str, int]
    series: dict[str, int]


def load_policy(department: Department) -> Reference:
    """Coordination and the first directive as done, then clusters, bands, ranges, supplements."""
    directive = _govern()
    bands = _classify(department, directive=directive)
    _set_ranges(department.bands, bands=bands)
    return Reference(
        organizations=_organize(department),
        bands={code: band.pk for code, band in bands.items()},
        series=dict(OccupationalSeries.objects.values_list("code", "pk")),
    )


def _govern() -> Directive:
    coordinations = Coordination.objects.bulk_create(
        Coordination(
            paragraph=paragraph,
            action=f"{action} (demonstration)",
            intended_effective=effective,
            staff_consulted_on=date(2020, 6, 1),
            noticed_on=date(2020, 7, 1),
            state=CoordinationState.CONCURRED,
            answered_on=date(2020, 7, 20),
            answer="OPM concurs.",
        )
        for paragraph, action, effective in _COORDINATED
    )
    Coverage.objects.bulk_create(
        Coverage(
            category=COVERED,
            subpart=subpart,
            effective=effective,
            coordination=coordinations[0],
            determined_by=SIGNED_BY,
            employees_notified_on=effective - NOTICE,
            labor_notified_on=effective - NOTICE,
        )
        for subpart, effective in _DETERMINED.items()
    )
    return first_directive(
        effective=PERFORMANCE_SINCE,
        signed_by=SIGNED_BY,
        text="Made for the demonstration: clusters, bands and parameter values are not the "
        "Department's.",
    )


def _classify(department: Department, *, directive: Directive) -> dict[str, Band]:
    clusters = {
        code: OccupationalCluster.objects.create(
            code=code,
            title=title,
            rationale="Of the demonstration's own making: series of like work and like careers.",
            directive=directive,
        )
        for code, title in CLUSTERS.items()
    }
    OccupationalSeries.objects.bulk_create(
        OccupationalSeries(code=code, title=series.title, cluster=clusters[cluster_of(series)])
        for code, series in load_figures().series.items()
    )
    bands = {
        drawn.code: Band.objects.create(
            code=drawn.code,
            cluster=clusters[drawn.cluster],
            level=drawn.level,
            rank=drawn.rank,
            definition=f"{drawn.title} work of the cluster {CLUSTERS[drawn.cluster]}; "
            "the definition is the demonstration's own.",
        )
        for drawn in department.bands
    }
    MovementRule.objects.bulk_create(
        MovementRule(
            from_band=bands[one.code],
            to_band=bands[other.code],
            direction=_direction(one, other),
            starts=CONVERTED_ON,
        )
        for one in department.bands
        for other in department.bands
        if one.cluster != other.cluster
    )
    return bands


def _direction(one: DrawnBand, other: DrawnBand) -> Direction:
    """Ours: the band whose range reaches higher is the higher one."""
    if other.maximum > one.maximum:
        return Direction.UP
    return Direction.DOWN if other.maximum < one.maximum else Direction.LATERAL


def _set_ranges(drawn: tuple[DrawnBand, ...], *, bands: dict[str, Band]) -> None:
    RateRange.objects.bulk_create(
        RateRange(
            band=bands[band.code],
            minimum=band.minimum,
            maximum=band.maximum,
            period=since(CONVERTED_ON),
        )
        for band in drawn
    )
    localities = load_figures().localities.values()
    LocalityArea.objects.bulk_create(
        LocalityArea(code=area.code, name=area.name) for area in localities
    )
    Supplement.objects.bulk_create(
        Supplement(kind="locality", key=area.code, percent=area.percent, period=since(CONVERTED_ON))
        for area in localities
    )
    ExecutiveSchedule.objects.bulk_create(
        ExecutiveSchedule(
            level=name,
            rate=levels[level],
            starts=PayCalendar().on_or_after(date(year, 1, 1)),
        )
        for year, levels in executive_schedule().items()
        for level, name in ((2, "II"), (3, "III"))
    )


def _organize(department: Department) -> dict[str, int]:
    made: dict[str, Organization] = {}
    for drawn in department.organizations:
        made[drawn.code] = Organization.objects.create(
            code=drawn.code,
            name=drawn.name,
            parent=made[drawn.parent] if drawn.parent else None,
        )
    return {code: organization.pk for code, organization in made.items()}
