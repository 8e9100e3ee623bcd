"""Draws who is employed: component, series, grade, place, step, years of service."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from demonstration.rules.allotment import (
    apportion,
    choose_by_weight,
    draw_systematically,
    spread,
)
from demonstration.rules.bands import cluster_of, may_supervise
from demonstration.rules.figures import Cell, Figures

# Not published: how the supervisors of a component lie over its grades.
SUPERVISORY_WEIGHTS = {15: 0.65, 14: 0.5, 13: 0.25, 12: 0.05}
SUPERVISORY_WEIGHT_IN_SUPPORT = 0.05

LONGEST_SERVICE_DAYS = 42 * 365
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Seat:
    """One drawn employment, before it has an organization or a name."""

    component: str
    series: str
    cluster: str
    pay_plan: str
    grade: int
    supervisory: bool = False
    state: str = ""
    locality: str = ""
    step: int = 1
    service_days: int = 1


def draw_seats(employees: int, *, rng: Random, figures: Figures) -> dict[str, list[Seat]]:
    """Seats by component, each component's in the order of their places."""
    cells = sorted(figures.cells, key=lambda c: (c.component, c.series, c.pay_plan, c.grade))
    drawn = draw_systematically(
        cells, weights=[cell.employees for cell in cells], total=employees, rng=rng
    )
    by_component: dict[str, list[Seat]] = defaultdict(list)
    for cell in drawn:
        by_component[cell.component].append(_seat(cell, figures=figures))
    counts = _supervisors(by_component, figures=figures)
    return {
        component: _with_service(
            _with_steps(
                _placed(
                    _with_supervisors(seats, count=counts[component], rng=rng),
                    component=component, rng=rng, figures=figures,
                ),
                component=component, rng=rng, figures=figures,
            ),
            component=component, rng=rng, figures=figures,
        )
        for component, seats in by_component.items()
    }  # fmt: skip


def _seat(cell: Cell, *, figures: Figures) -> Seat:
    return Seat(
        component=cell.component,
        series=cell.series,
        cluster=cluster_of(figures.series[cell.series]),
        pay_plan=cell.pay_plan,
        grade=cell.grade,
    )


def _supervisors(by_component: dict[str, list[Seat]], *, figures: Figures) -> dict[str, int]:
    """How many supervise in each component; at least one where two or more work."""
    expected = {
        code: Fraction(
            len(seats) * figures.components[code].supervisors, figures.components[code].counted
        )
        for code, seats in by_component.items()
    }
    total = round(sum(expected.values()))
    parts = apportion(total, weights=list(expected.values()))
    return {
        code: max(part, int(len(by_component[code]) > 1))
        for code, part in zip(expected, parts, strict=True)
    }


def _supervisory_weight(seat: Seat) -> float:
    if not may_supervise(seat.cluster, grade=seat.grade):
        return 0
    return SUPERVISORY_WEIGHTS.get(seat.grade, SUPERVISORY_WEIGHT_IN_SUPPORT)


def _with_supervisors(seats: list[Seat], *, count: int, rng: Random) -> list[Seat]:
    chosen = choose_by_weight([_supervisory_weight(s) for s in seats], count=count, rng=rng)
    return [replace(seat, supervisory=place in chosen) for place, seat in enumerate(seats)]


def _places(component: str, *, figures: Figures) -> dict[tuple[str, str], int]:
    """Weights of (locality, state); neighbours in the order are near each other."""
    weights: dict[tuple[str, str], int] = {}
    for state, employees in figures.states[component].items():
        localities = figures.state_localities[state]
        parts = apportion(employees * 1000, weights=list(localities.values()))
        for locality, part in zip(localities, parts, strict=True):
            weights[locality, state] = part
    return dict(sorted(weights.items()))


def _placed(seats: list[Seat], *, component: str, rng: Random, figures: Figures) -> list[Seat]:
    """Seats with places, independent of series and grade, supervisors at even distances."""
    weights = _places(component, figures=figures)
    places = draw_systematically(
        list(weights), weights=list(weights.values()), total=len(seats), rng=rng
    )
    leading = [seat for seat in seats if seat.supervisory]
    others = [seat for seat in seats if not seat.supervisory]
    rng.shuffle(leading)
    rng.shuffle(others)
    for_leading = spread(len(seats), marked=len(leading), rng=rng) if leading else set()
    return [
        replace(
            leading.pop() if number in for_leading else others.pop(),
            locality=locality,
            state=state,
        )
        for number, (locality, state) in enumerate(places)
    ]


def _with_steps(seats: list[Seat], *, component: str, rng: Random, figures: Figures) -> list[Seat]:
    weights = figures.steps.get(component, figures.steps["HS"])
    steps = draw_systematically(
        range(1, len(weights) + 1), weights=weights, total=len(seats), rng=rng
    )
    rng.shuffle(steps)
    return [replace(seat, step=step) for seat, step in zip(seats, steps, strict=True)]


def _with_service(
    seats: list[Seat], *, component: str, rng: Random, figures: Figures
) -> list[Seat]:
    """Years of service around the component's mean, the longer the higher step and grade."""
    mean = float(figures.components[component].mean_service_years) * DAYS_A_YEAR
    service = sorted(rng.gammavariate(2, mean / 2) for _ in seats)
    order = sorted(
        range(len(seats)),
        key=lambda place: seats[place].step + seats[place].grade / 2 + rng.uniform(0, 5),
    )
    days = dict(zip(order, service, strict=True))
    return [
        replace(seat, service_days=min(max(round(days[place]), 1), LONGEST_SERVICE_DAYS))
        for place, seat in enumerate(seats)
    ]
