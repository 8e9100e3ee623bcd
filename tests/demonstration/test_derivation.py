"""The compact tables are aggregates of published figures, and are rebuilt from them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demonstration import derivation
from demonstration.management.commands import refresh_figures
from demonstration.published import FOLDER, load_figures

EMPLOYED = "workforce/dhs_component_series_payplan_grade.csv"
SOURCE = {
    EMPLOYED: """\
period,subelement,component,series,series_title,pay_plan,grade,employees,avg_salary,avg_los_years
202409,HSBD,CBP,1896,BORDER PATROL ENFORCEMENT SERIES,GS,12,30,108422,10
202409,HSBD,CBP,1896,BORDER PATROL ENFORCEMENT SERIES,GL,07,10,60000,2
202409,HSBD,CBP,1802,COMPLIANCE INSPECTION & SUPPORT,GS,*,74,null,22.9
202409,HSBD,CBP,3502,LABORING,WG,03,50,50000,5
202409,HSCB,FEMA,0303,MISCELLANEOUS CLERK AND ASSISTANT,GS,07,20,50000,5
202409,HSCB,FEMA,0089,EMERGENCY MANAGEMENT,IC,11,900,80000,3
202409,HSBC,TSA,1802,COMPLIANCE INSPECTION AND SUPPORT,SV,F,34294,70367,9.7
202503,HSBD,CBP,1896,BORDER PATROL ENFORCEMENT SERIES,GS,12,99,108422,10
""",
    "workforce/dhs_component_mix_202607.csv": """\
subelement,component,dimension,code,employees,share
HS,ALL DHS,supervisory_code,2,300,0.3
HS,ALL DHS,supervisory_code,8,700,0.7
HSBC,TSA,supervisory_code,2,200,0.5
HSBC,TSA,supervisory_code,8,200,0.5
HSBD,CBP,supervisory_code,2,20,0.2
HSBD,CBP,supervisory_code,8,80,0.8
HSBD,CBP,supervisory_code,*,5,0
HSBD,CBP,step_code,01,60,0.6
HSBD,CBP,step_code,10,40,0.4
HSBD,CBP,step_code,00,7,0
HSBC,TSA,step_code,01,7,0
""",
    "workforce/dhs_component_state.csv": """\
period,subelement,component,state_fips,state,state_name,employees,avg_salary,avg_los_years
202409,HSBD,CBP,48,TX,TEXAS,40,1,1
202409,HSBD,CBP,REDACTED,REDACTED,REDACTED,9,1,1
202409,HSBC,TSA,48,TX,TEXAS,400,1,1
202503,HSBD,CBP,48,TX,TEXAS,77,1,1
""",
    "workforce/dhs_county_disclosed_202607.csv": """\
county_fips,employees_disclosed,locality_code_2026,note
48001,3,RUS,
48003,4,RUS,
48005,5,HOU,
72001,8,RUS,
""",
    "ratings/rating_distributions.csv": """\
system,cycle,population,rated_employees,pct_level5,pct_level4,pct_level3,pct_level2,pct_level1,pct_level3_or_higher
NSPS,FY2007 (paid),all DoD NSPS rated,1,,,57,,,98
NSPS,FY2007 (paid),another group,1,2,32,66,,,99
NSPS,FY2008 (paid),all DoD NSPS rated,1,,,55.4,,,98
NSPS,FY2009 (paid),all DoD NSPS rated,1,5,40,54,1,<1,98.6
""",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, text in SOURCE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_cells_hold_september_2024_of_gs_and_gl_without_tsa_and_unknown_grades(
    source: Path,
) -> None:
    _, rows = derivation.cells(source)
    assert rows == [
        ("HSBD", "1896", "GL", 7, 10),
        ("HSBD", "1896", "GS", 12, 30),
        ("HSCB", "0303", "GS", 7, 20),
    ]


def test_a_component_without_a_published_supervisory_share_has_that_of_dhs_less_tsa(
    source: Path,
) -> None:
    _, rows = derivation.components(source)
    found = {row[0]: (str(row[3]), *row[4:]) for row in rows}
    assert found == {"HSBD": ("8.0", 20, 100), "HSCB": ("5.0", 100, 600)}


def test_redacted_places_and_tsa_are_left_out(source: Path) -> None:
    assert derivation.component_states(source)[1] == [("HSBD", "TX", 40)]


def test_counties_add_up_to_the_locality_areas_of_a_state(source: Path) -> None:
    assert derivation.state_localities(source)[1] == [("TX", "HOU", 5), ("TX", "RUS", 7)]


def test_steps_are_one_to_ten_and_not_those_of_tsa(source: Path) -> None:
    assert derivation.steps(source)[1] == [("HSBD", 60, 0, 0, 0, 0, 0, 0, 0, 0, 40)]


def test_titles_are_readable_and_support_is_marked(source: Path) -> None:
    assert derivation.series(source)[1] == [
        ("0303", "Miscellaneous Clerk and Assistant", "yes"),
        ("1896", "Border Patrol Enforcement", "no"),
    ]


def test_five_levels_are_read_on_four(source: Path) -> None:
    _, rows = derivation.ratings(source)
    assert [[str(value) for value in row] for row in rows] == [
        ["2021", "FY2007", "4.6", "36.4", "57.0", "2"],
        ["2022", "FY2008", "4.7", "37.9", "55.4", "2"],
        ["2023", "FY2009", "5", "40", "53.6", "1.4"],
    ]


def test_a_folder_without_the_figures_is_refused_and_nothing_is_overwritten(
    source: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    into = tmp_path / "into"
    into.mkdir()
    (into / "cells.csv").write_text("as it was")
    monkeypatch.setattr(refresh_figures, "FOLDER", into)
    with pytest.raises(CommandError, match="does not hold the figures expected"):
        call_command("refresh_figures", "--from", str(source))
    assert [path.name for path in into.iterdir()] == ["cells.csv"]
    assert (into / "cells.csv").read_text() == "as it was"


@pytest.mark.parametrize("name", sorted(derivation.TABLES))
def test_every_table_is_small_and_named_among_the_sources(name: str) -> None:
    assert (FOLDER / f"{name}.csv").stat().st_size < 40_000
    assert f"`{name}.csv`" in (FOLDER / "SOURCES.md").read_text()


def test_every_series_component_and_place_of_the_tables_is_known() -> None:
    figures = load_figures()
    assert {cell.series for cell in figures.cells} == set(figures.series)
    assert {cell.component for cell in figures.cells} == set(figures.components)
    for component in figures.components:
        for state in figures.states[component]:
            assert set(figures.state_localities[state]) <= set(figures.localities)


def test_rating_shares_add_up_to_one_hundred() -> None:
    with (FOLDER / "ratings.csv").open() as lines:
        assert len(list(csv.DictReader(lines))) == 3
    for shares in load_figures().rating_shares.values():
        assert sum(shares.values()) == 100
