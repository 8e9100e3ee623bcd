"""Setting up what a scenario file describes, in the lab's database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Organization
from casework.actor import Actor
from classification.models import (
    Band,
    ClassificationDecision,
    MovementRule,
    OccupationalCluster,
    OccupationalSeries,
    Position,
)
from governance.models import Coverage, Directive
from governance.parameters import PARAMETERS
from governance.services.directives import coordinated_directive, issue_directive
from pay.models import (
    ExecutiveSchedule,
    LocalityArea,
    PayPool,
    PointPattern,
    PoolMembership,
    RateRange,
    Supplement,
)
from pay.queries.published_schedule import published_schedule
from performance.services.cycles import ensure_cycles
from regulation import clock
from regulation.refusals import Refused
from scenarios import vocabulary as words
from scenarios.document import EmployeeDraft, Scenario
from workforce.models import Assignment, Employee

#: Long before any scenario begins: what the file states without a date holds from here.
LONG_AGO = date(1900, 1, 1)
LAB = Actor.system("scenario lab")


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A person whom an event, or what fell due, could not reach, and why."""

    event: int | None
    employee_id: int
    on: date
    refusal: Refused


@dataclass
class World:
    """What was set up, by the names of the file."""

    organization: Organization
    bands: dict[str, Band] = field(default_factory=dict)
    pools: dict[str, PayPool] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    refs: dict[str, Any] = field(default_factory=dict)
    paid_out: dict[str, date] = field(default_factory=dict)
    exceptions: list[LeftAlone] = field(default_factory=list)

    def name(self, employee: Employee, code: str) -> None:
        """Remember an employee by the file's name."""
        self.people[code] = employee
        self.codes[employee.pk] = code

    def person(self, code: str, *, on: date) -> Employee:
        """The employee as he stands now. Raises Refused not_employed before he is hired."""
        employee = self.people.get(code)
        if employee is None:
            raise Refused("not_employed", "", f"{code} is not employed on {on}.")
        return Employee.objects.get(pk=employee.pk)

    def forget(self, code: str) -> None:
        """The hire was refused; nobody of that name is there."""
        self.codes.pop(self.people.pop(code).pk)


def build(scenario: Scenario) -> World:
    """Everything but the employees' pay: the policy, the structure, and the people in place."""
    world = World(organization=Organization.objects.create(code="LAB", name="The scenario"))
    directive = _policy(scenario)
    _structure(scenario, world, directive=directive)
    _supplements(scenario, world)
    _schedule(scenario)
    _periods(scenario)
    place_employees(scenario.employees, world)
    return world


def _policy(scenario: Scenario) -> Directive:
    """The file's values over the defaults; what it takes away, it takes away from the start."""
    given = {key: value for key, value in scenario.parameters.items() if value is not None}
    taken = {key: None for key, value in scenario.parameters.items() if value is None}
    defaults = {key: known.default for key, known in PARAMETERS.items()}
    directive = coordinated_directive(
        number="LAB-1",
        title="Policy of the scenario",
        effective=LONG_AGO,
        signed_by="scenario",
        values=defaults | given,
    )
    if taken:
        issue_directive(
            number="LAB-2",
            title="What the scenario takes away",
            effective=scenario.start,
            signed_by="scenario",
            values=taken,
        )
    return directive


def _structure(scenario: Scenario, world: World, *, directive: Directive) -> None:
    clusters = {
        draft.code: OccupationalCluster.objects.create(
            code=draft.code, title=draft.title, directive=directive
        )
        for draft in scenario.clusters
    }
    for draft in scenario.clusters:
        for code in draft.series:
            OccupationalSeries.objects.get_or_create(
                code=code, defaults={"title": code, "cluster": clusters[draft.code]}
            )
    for band_draft in scenario.bands.values():
        band = Band.objects.create(
            code=band_draft.code,
            cluster=clusters[band_draft.cluster],
            level=band_draft.level,
            rank=band_draft.rank,
        )
        world.bands[band_draft.code] = band
        RateRange.objects.create(
            band=band,
            minimum=band_draft.minimum,
            maximum=band_draft.maximum,
            period=DateRange(LONG_AGO, None),
        )
    for origin, target, direction in scenario.movements:
        MovementRule.objects.create(
            from_band=world.bands[origin],
            to_band=world.bands[target],
            direction=direction,
            starts=LONG_AGO,
        )
    for code, points in scenario.pools.items():
        pool = PayPool.objects.create(code=code, title=code, organization=world.organization)
        world.pools[code] = pool
        PointPattern.objects.create(
            pool=pool,
            starts=LONG_AGO,
            points={level: format(worth, "f") for level, worth in points.items()},
        )


def _supplements(scenario: Scenario, world: World) -> None:
    for draft in scenario.supplements:
        if draft.kind == "locality":
            LocalityArea.objects.get_or_create(code=draft.key, defaults={"name": draft.key})
        for band in draft.bands or (None,):
            Supplement.objects.create(
                kind=draft.kind,
                key=draft.key,
                band=world.bands[band] if band else None,
                percent=draft.percent,
                period=DateRange(LONG_AGO, None),
            )


def _schedule(scenario: Scenario) -> None:
    rates = published_schedule(scenario.start.year) | scenario.executive_schedule
    for level, rate in rates.items():
        ExecutiveSchedule.objects.create(
            level=level, rate=rate, starts=LONG_AGO, certified=scenario.executive_certified
        )


def _periods(scenario: Scenario) -> None:
    month, day = scenario.period_ends
    years = range(scenario.start.year - 3, scenario.end.year + 2)
    ensure_cycles(date(year, month, day) for year in years)


def place_employee(draft: EmployeeDraft, world: World, *, on: date) -> Employee:
    """An employee with a position of record, coverage and a pool, but no pay yet."""
    return place_employees([draft], world, on=on)[0]


def place_employees(
    drafts: Sequence[EmployeeDraft], world: World, *, on: date | None = None
) -> list[Employee]:
    """Employees in their places from a day, or each from that of hire; a table at a time."""
    category = cache(_category)
    employees = Employee.objects.bulk_create(
        Employee(
            number=draft.code,
            given_name=draft.code,
            family_name="",
            hired=draft.hired,
            coverage_category=category(draft.coverage, since=draft.converted),
            service=draft.service,
            preference_eligible=draft.preference_eligible,
            initial_service_ends=draft.initial_service_ends,
            bargaining_unit=draft.bargaining_unit,
            senior_executive=draft.ses,
        )
        for draft in drafts
    )
    placed = list(zip(drafts, employees, strict=True))
    for draft, employee in placed:
        world.name(employee, draft.code)
    positions = _positions(
        [
            (f"P-{draft.code}", world.bands[draft.band], draft.series, on or draft.hired)
            for draft in drafts
        ],
        world,
    )
    Assignment.objects.bulk_create(
        Assignment(
            employee=employee,
            position=position,
            area=draft.area,
            special_category=draft.category,
            period=DateRange(on or draft.hired, None),
        )
        for (draft, employee), position in zip(placed, positions, strict=True)
    )
    PoolMembership.objects.bulk_create(
        PoolMembership(
            pool=world.pools[draft.pool],
            employee=employee,
            period=DateRange(on or draft.hired, None),
        )
        for draft, employee in placed
        if draft.pool
    )
    return employees


def make_position(number: str, band: Band, series: str, world: World, *, on: date) -> Position:
    """A classified position of a band; without a series, one of the cluster's."""
    return _positions([(number, band, series, on)], world)[0]


def _positions(wanted: Sequence[tuple[str, Band, str, date]], world: World) -> list[Position]:
    """Classified positions by number, band, series and first day."""
    series = cache(make_series)
    positions = [
        Position(
            number=number,
            title=number,
            organization=world.organization,
            supervisory=band.level == "supervisory",
        )
        for number, band, _, _ in wanted
    ]
    for position in positions:
        position.classify()
    Position.objects.bulk_create(positions)
    ClassificationDecision.objects.bulk_create(
        ClassificationDecision(
            position=position,
            series=series(code, band),
            band=band,
            effective=on,
            decided_on=on,
            deciding_official="scenario",
            recorded_at=clock.now(),
        )
        for position, (_, band, code, on) in zip(positions, wanted, strict=True)
    )
    return positions


def make_series(code: str, band: Band) -> OccupationalSeries:
    """The series of a code; without one, some series of the band's cluster."""
    if code:
        series, _ = OccupationalSeries.objects.get_or_create(
            code=code, defaults={"title": code, "cluster": band.cluster}
        )
        return series
    first = OccupationalSeries.objects.filter(cluster=band.cluster).first()
    return first or OccupationalSeries.objects.create(
        code=f"L{band.cluster_id:03d}"[-4:], title="Not stated", cluster=band.cluster
    )


def _category(subparts: tuple[str, ...], *, since: date | None) -> str:
    """A coverage category of the subparts that the file names for an employee.

    B and C apply from long ago, or to somebody who is converted from `since`.
    """
    named = sorted(set(subparts))
    category = "lab-" + "".join(named) + (f"-{since}" if since else "")
    if not Coverage.objects.filter(category=category).exists():
        Coverage.objects.bulk_create(
            Coverage(
                category=category,
                subpart=subpart,
                effective=since if since and subpart in "BC" else LONG_AGO,
                # E, F and G start by themselves unless something else was determined.
                rescinded=None if subpart in named else LONG_AGO,
            )
            for subpart in words.SUBPARTS
            if subpart != "A"
        )
    return category


def day_before(on: date) -> date:
    """The day before."""
    return on - timedelta(days=1)


def dollars(amount: Decimal) -> str:
    """A sum of money as the answer's JSON has it."""
    return format(amount.quantize(Decimal("0.01")), "f")
