"""Draws a whole synthetic department from the published figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demonstration.rules.bands import CLUSTERS, Band, band_of, bands_of
from demonstration.rules.figures import Figures
from demonstration.rules.history import draw_ratings
from demonstration.rules.staffing import Seat, draw_seats
from demonstration.rules.structure import Organization, Structure, organize

OPENS_ON = date(2024, 10, 1)
FEWEST, MOST = 50, 20_000
SHOWN_TEAM = range(8, 13)
SHOWN_SERVICE_DAYS = 900


@dataclass(frozen=True)
class Position:
    """A classified position with its place in the tree and its duty station."""

    number: str
    title: str
    series: str
    cluster: str
    band: str
    supervisory: bool
    organization: str
    component: str
    state: str
    locality: str


@dataclass(frozen=True)
class Employee:
    """A synthetic person in a position.

    `basic` is an annual rate in whole dollars without locality; `retained` says that it lies
    lawfully above the band's maximum. `supervisor` is an employee's number, None at the top.
    """

    number: str
    first_name: str
    last_name: str
    position: str
    hired: date
    pay_plan: str
    grade: int
    step: int
    basic: int
    retained: bool
    locality: str
    supervisor: str | None


@dataclass(frozen=True)
class Rating:
    """A past annual rating of record for the fiscal year."""

    employee: str
    fiscal_year: int
    level: str


@dataclass(frozen=True)
class Shown:
    """The team that the demonstration shows: its supervisor, and one at the band's minimum."""

    supervisor: str
    at_minimum: str


@dataclass(frozen=True)
class Department:
    """Everything drawn; the same for the same number of employees, seed and figures."""

    opens_on: date
    bands: tuple[Band, ...]
    organizations: tuple[Organization, ...]
    positions: tuple[Position, ...]
    employees: tuple[Employee, ...]
    ratings: tuple[Rating, ...]
    shown: Shown


def draw_department(employees: int, *, seed: int, figures: Figures) -> Department:
    """Draws a department whose shares follow the published ones; ValueError for a bad size."""
    if not FEWEST <= employees <= MOST:
        raise ValueError(f"a department has {FEWEST} to {MOST} employees, not {employees}")
    rng = Random(seed)  # noqa: S311 - a demonstration must be drawn again the same
    by_component = draw_seats(employees, rng=rng, figures=figures)
    seats = [seat for _, group in sorted(by_component.items()) for seat in group]
    structure = organize(seats, rng=rng, figures=figures)
    bands = tuple(band for code in CLUSTERS for band in bands_of(code, gs=figures.gs))
    shown, at_minimum = _choose_shown(seats, structure=structure)
    seats = _stand_at_minimum(seats, person=at_minimum)
    people = _people(seats, structure=structure, bands=bands, rng=rng, figures=figures)
    drawn = draw_ratings([p.hired for p in people], shares=figures.rating_shares, rng=rng)
    return Department(
        opens_on=OPENS_ON,
        bands=bands,
        organizations=tuple(structure.organizations),
        positions=_positions(seats, structure=structure, figures=figures),
        employees=people,
        ratings=tuple(
            Rating(people[person].number, year, level)
            for year, levels in drawn.items()
            for person, level in sorted(levels.items())
        ),
        shown=Shown(people[shown].number, people[at_minimum].number),
    )


def employee_number(place: int) -> str:
    """The number of the employee drawn at a place."""
    return f"E{place + 1:06d}"


def position_number(place: int) -> str:
    """The number of the position drawn at a place."""
    return f"P{place + 1:06d}"


def _positions(
    seats: Sequence[Seat], *, structure: Structure, figures: Figures
) -> tuple[Position, ...]:
    return tuple(
        Position(
            number=position_number(place),
            title=("Supervisory " if seat.supervisory else "") + figures.series[seat.series].title,
            series=seat.series,
            cluster=seat.cluster,
            band=band_of(seat.cluster, grade=seat.grade, supervisory=seat.supervisory),
            supervisory=seat.supervisory,
            organization=structure.organization_of[place],
            component=seat.component,
            state=seat.state,
            locality=seat.locality,
        )
        for place, seat in enumerate(seats)
    )


def _people(
    seats: Sequence[Seat],
    *,
    structure: Structure,
    bands: Sequence[Band],
    rng: Random,
    figures: Figures,
) -> tuple[Employee, ...]:
    ranges = {band.code: band for band in bands}
    names = rng.sample(range(len(figures.first_names) * len(figures.surnames)), len(seats))
    people = []
    for place, (seat, name) in enumerate(zip(seats, names, strict=True)):
        surname, first = divmod(name, len(figures.first_names))
        table = figures.gl if seat.pay_plan == "GL" else figures.gs
        band = ranges[band_of(seat.cluster, grade=seat.grade, supervisory=seat.supervisory)]
        basic = max(table[seat.grade][seat.step - 1], band.minimum)
        over = structure.supervisor_of[place]
        people.append(
            Employee(
                number=employee_number(place),
                first_name=figures.first_names[first],
                last_name=figures.surnames[surname],
                position=position_number(place),
                hired=OPENS_ON - timedelta(days=seat.service_days),
                pay_plan=seat.pay_plan,
                grade=seat.grade,
                step=seat.step,
                basic=basic,
                retained=basic > band.maximum,
                locality=seat.locality,
                supervisor=None if over is None else employee_number(over),
            )
        )
    return tuple(people)


def _at_floor(seat: Seat) -> bool:
    """Whether step 1 of the grade is the minimum of a band that a payout can reach."""
    return not seat.supervisory and seat.grade == (5 if seat.cluster == "AS" else 14)


def _choose_shown(seats: Sequence[Seat], *, structure: Structure) -> tuple[int, int]:
    """A supervisor with a team of about ten, and in it one whose grade starts a band."""
    teams: dict[int, list[int]] = defaultdict(list)
    for person, over in structure.supervisor_of.items():
        if over is not None and not seats[person].supervisory:
            teams[over].append(person)
    reviewed = [over for over in teams if structure.supervisor_of[over] is not None] or list(teams)

    def fitness(over: int) -> tuple[bool, bool, int, int]:
        team = teams[over]
        floor = any(_at_floor(seats[person]) for person in team)
        return (len(team) in SHOWN_TEAM, floor, len(team), -over)

    shown = max(reviewed, key=fitness)
    at_minimum = min(
        teams[shown],
        key=lambda p: (not _at_floor(seats[p]), seats[p].grade != 5, seats[p].step, p),
    )
    return shown, at_minimum


def _stand_at_minimum(seats: Sequence[Seat], *, person: int) -> list[Seat]:
    """Gives the person step 1 by exchange within the component, so that no share moves.

    He has served long enough to be rated for the year just ended.
    """
    changed = list(seats)
    own = seats[person]
    other = next(
        (
            place
            for place, seat in enumerate(seats)
            if seat.component == own.component and seat.step == 1 and place != person
        ),
        None,
    )
    if own.step > 1 and other is not None:
        changed[other] = replace(seats[other], step=own.step)
    changed[person] = replace(own, step=1, service_days=max(own.service_days, SHOWN_SERVICE_DAYS))
    return changed
