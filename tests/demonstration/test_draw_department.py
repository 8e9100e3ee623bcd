"""The drawn department follows the published figures and holds together."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demonstration.published import load_figures
from demonstration.rules.department import MOST, Department, draw_department

POINT = Fraction(1, 100)
SEEDS = st.integers(min_value=0, max_value=2**31)


@cache
def drawn(employees: int, seed: int) -> Department:
    return draw_department(employees, seed=seed, figures=load_figures())


def shares(counts: Counter[str]) -> dict[str, Fraction]:
    total = sum(counts.values())
    return {key: Fraction(count, total) for key, count in counts.items()}


def published_by(attribute: str) -> dict[str, Fraction]:
    counts: Counter[str] = Counter()
    for cell in load_figures().cells:
        counts[str(getattr(cell, attribute))] += cell.employees
    return shares(counts)


def component_shares() -> dict[str, Fraction]:
    return published_by("component")


def published_states() -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for component, share in component_shares().items():
        states = load_figures().states[component]
        for state, count in states.items():
            part = share * Fraction(count, sum(states.values()))
            found[state] = found.get(state, Fraction(0)) + part
    return found


def published_localities() -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for state, share in published_states().items():
        areas = load_figures().state_localities[state]
        for area, count in areas.items():
            part = share * Fraction(count, sum(areas.values()))
            found[area] = found.get(area, Fraction(0)) + part
    return found


def published_supervisory() -> dict[str, Fraction]:
    components = load_figures().components
    supervisory = sum(
        (
            share * Fraction(components[code].supervisors, components[code].counted)
            for code, share in component_shares().items()
        ),
        Fraction(0),
    )
    return {"True": supervisory, "False": 1 - supervisory}


def drawn_by(department: Department, attribute: str) -> dict[str, Fraction]:
    source = department.positions if hasattr(department.positions[0], attribute) else (
        department.employees
    )  # fmt: skip
    return shares(Counter(str(getattr(each, attribute)) for each in source))


PUBLISHED = {
    "component": component_shares,
    "series": lambda: published_by("series"),
    "pay_plan": lambda: published_by("pay_plan"),
    "grade": lambda: published_by("grade"),
    "state": published_states,
    "locality": published_localities,
    "supervisory": published_supervisory,
}


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_every_share_is_within_a_point_of_the_published_one_at_ten_thousand(seed: int) -> None:
    department = draw_department(10_000, seed=seed, figures=load_figures())
    for attribute, published in PUBLISHED.items():
        expected, found = published(), drawn_by(department, attribute)
        for key in expected.keys() | found.keys():
            gap = abs(expected.get(key, Fraction(0)) - found.get(key, Fraction(0)))
            assert gap <= POINT, (attribute, key, float(gap))


@pytest.mark.parametrize("component", sorted(load_figures().components))
def test_the_supervisory_share_of_a_component_is_the_published_one(component: str) -> None:
    about = load_figures().components[component]
    inside = [p for p in drawn(10_000, 1).positions if p.component == component]
    expected = Fraction(len(inside) * about.supervisors, about.counted)
    assert abs(sum(p.supervisory for p in inside) - expected) <= 1


def test_the_steps_of_a_component_are_the_published_ones() -> None:
    department = drawn(10_000, 1)
    component_of = {p.number: p.component for p in department.positions}
    inside = [e.step for e in department.employees if component_of[e.position] == "HSBD"]
    published = load_figures().steps["HSBD"]
    for step, count in enumerate(published, start=1):
        found = Fraction(inside.count(step), len(inside))
        assert abs(found - Fraction(count, sum(published))) <= POINT / 10


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_past_ratings_have_the_published_shares(year: int) -> None:
    levels = Counter(r.level for r in drawn(10_000, 1).ratings if r.fiscal_year == year)
    for level, percent in load_figures().rating_shares[year].items():
        assert abs(Fraction(levels[level], levels.total()) - Fraction(percent) / 100) <= POINT / 10


def test_the_year_just_ended_is_unrated() -> None:
    assert {rating.fiscal_year for rating in drawn(400, 1).ratings} == {2021, 2022, 2023}


def test_nobody_is_rated_for_a_year_in_which_he_served_under_ninety_days() -> None:
    department = drawn(10_000, 1)
    hired = {e.number: e.hired for e in department.employees}
    for rating in department.ratings:
        assert hired[rating.employee].isoformat() <= f"{rating.fiscal_year}-07-03"


def test_the_same_seed_draws_the_same_department_and_another_seed_another() -> None:
    again = draw_department(400, seed=7, figures=load_figures())
    assert again == drawn(400, 7)
    assert again != drawn(400, 8)


@pytest.mark.parametrize(("employees", "seed"), [(400, 1), (10_000, 2), (MOST, 3)])
def test_pay_stands_inside_the_band_but_for_a_few_retained_rates(employees: int, seed: int) -> None:
    department = drawn(employees, seed)
    band_of = {p.number: p.band for p in department.positions}
    ranges = {band.code: band for band in department.bands}
    retained = 0
    for employee in department.employees:
        band = ranges[band_of[employee.position]]
        assert employee.basic >= band.minimum
        assert employee.retained == (employee.basic > band.maximum)
        retained += employee.retained
    assert retained * 1000 <= 5 * employees


def test_pay_is_the_base_rate_of_grade_and_step_but_for_trainees_below_the_band() -> None:
    figures = load_figures()
    lifted = 0
    for employee in drawn(10_000, 1).employees:
        table = figures.gl if employee.pay_plan == "GL" else figures.gs
        rate = table[employee.grade][employee.step - 1]
        if employee.basic != rate:
            lifted += 1
            assert employee.grade < 5
            assert employee.basic == figures.gs[5][0] > rate
    assert lifted <= 10


@settings(max_examples=40, deadline=None)
@given(employees=st.integers(min_value=50, max_value=1500), seed=SEEDS)
def test_everyone_answers_to_a_supervisor_and_the_line_ends_at_one_person(
    employees: int, seed: int
) -> None:
    department = draw_department(employees, seed=seed, figures=load_figures())
    positions = {p.number: p for p in department.positions}
    people = {e.number: e for e in department.employees}
    assert len(people) == len(positions) == employees
    assert [e for e in department.employees if e.supervisor is None] == [
        e for e in department.employees if e.supervisor is None
    ][:1]
    components = Counter(p.component for p in department.positions)
    for employee in department.employees:
        seen = {employee.number}
        over = employee.supervisor
        while over is not None:
            assert over not in seen
            assert positions[people[over].position].supervisory
            seen.add(over)
            over = people[over].supervisor
        own = positions[employee.position]
        if not own.supervisory and components[own.component] > 2:
            assert employee.supervisor is not None
            assert positions[people[employee.supervisor].position].organization == own.organization


@settings(max_examples=25, deadline=None)
@given(employees=st.integers(min_value=50, max_value=1500), seed=SEEDS)
def test_organizations_are_one_tree_and_hold_their_components_people(
    employees: int, seed: int
) -> None:
    department = draw_department(employees, seed=seed, figures=load_figures())
    tree = {o.code: o for o in department.organizations}
    assert len(tree) == len(department.organizations)
    for organization in department.organizations:
        if organization.parent is None:
            assert organization.kind == "department"
        else:
            assert tree[organization.parent].kind in ("department", "component", "region")
    for position in department.positions:
        home = tree[position.organization]
        assert home.kind == "department" or home.component == position.component


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_shown_team_has_someone_at_the_minimum_of_his_band(seed: int) -> None:
    department = draw_department(400, seed=seed, figures=load_figures())
    positions = {p.number: p for p in department.positions}
    ranges = {band.code: band for band in department.bands}
    people = {e.number: e for e in department.employees}
    shown = people[department.shown.supervisor]
    team = [e for e in department.employees if e.supervisor == shown.number]
    lowest = people[department.shown.at_minimum]
    assert shown.supervisor is not None
    assert 8 <= len(team) <= 16
    assert lowest in team
    assert lowest.basic == ranges[positions[lowest.position].band].minimum


def test_names_are_never_given_twice() -> None:
    department = drawn(MOST, 3)
    names = {(e.first_name, e.last_name) for e in department.employees}
    assert len(names) == MOST


@pytest.mark.parametrize("employees", [49, 0, -1, MOST + 1])
def test_a_size_out_of_bounds_is_refused_by_name(employees: int) -> None:
    with pytest.raises(ValueError, match=f"50 to 20000 employees, not {employees}"):
        draw_department(employees, seed=1, figures=load_figures())
