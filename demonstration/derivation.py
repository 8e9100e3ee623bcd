"""Rebuilds the demonstration's compact tables from the published figures they were drawn from.

Only aggregates are kept: no source file is copied. Every table names its publisher in
`figures/SOURCES.md`.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
Table: TypeAlias = tuple[tuple[str, ...], list[tuple[object, ...]]]

PERIOD = "202409"
PAY_PLANS = ("GS", "GL")
# TSA is outside title 5 classification; FEMA's Stafford Act plans drop out with the pay plans.
LEFT_OUT = ("HSBC",)

# The Department's own short names; the published tables know only the codes.
ABBREVIATIONS = {
    "HSAA": ("HQ", "Headquarters"),
    "HSAB": ("CIS", "Citizenship and Immigration Services"),
    "HSAC": ("CG", "Coast Guard, civilian"),
    "HSAD": ("SS", "Secret Service"),
    "HSAE": ("IG", "Office of the Inspector General"),
    "HSBB": ("ICE", "Immigration and Customs Enforcement"),
    "HSBD": ("CBP", "Customs and Border Protection"),
    "HSBE": ("TC", "Law Enforcement Training Centers"),
    "HSCA": ("CISA", "Cybersecurity and Infrastructure Security Agency"),
    "HSCB": ("FEMA", "Emergency Management Agency"),
    "HSDA": ("ND", "Domestic Nuclear Detection Office"),
    "HSFA": ("ST", "Science and Technology Directorate"),
}

# Technical, clerical and assistant series by the OPM handbook of occupational groups. A series
# not listed is professional or administrative. 0399 trains for this work and is counted here.
_SUPPORT = """
    0019 0021 0029 0081 0085 0086 0203 0302 0303 0304 0305 0309 0312 0313 0318 0322 0326 0332
    0335 0344 0350 0351 0356 0357 0361 0382 0390 0392 0394 0399 0503 0525 0530 0540 0544 0545
    0561 0592 0593 0620 0621 0625 0636 0640 0645 0647 0648 0649 0651 0661 0675 0679 0681 0683
    0962 0963 0986 0992 0995 0998 1087 1105 1106 1107 1152 1411 1421 1521 1531 1702 1862 1897
    2005 2091 2102 2131 2134 2135 2151
"""
SUPPORT_SERIES = frozenset(_SUPPORT.split())

SUPERVISORY_CODE = "2"


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _covered(rows: Iterable[Row]) -> Iterator[Row]:
    """Cells of the GS and GL pay plans in September 2024 whose grade is published."""
    for row in rows:
        if (
            row["period"] == PERIOD
            and row["pay_plan"] in PAY_PLANS
            and row["subelement"] not in LEFT_OUT
            and row["grade"].isdigit()
        ):
            yield row


def _cells(source: Path) -> list[Row]:
    return list(_covered(_rows(source / "workforce/dhs_component_series_payplan_grade.csv")))


def cells(source: Path) -> Table:
    """Employees by component, series, pay plan and grade."""
    rows: list[tuple[object, ...]] = [
        (r["subelement"], r["series"], r["pay_plan"], int(r["grade"]), int(r["employees"]))
        for r in _cells(source)
    ]
    return ("component", "series", "pay_plan", "grade", "employees"), sorted(rows, key=repr)


def components(source: Path) -> Table:
    """Mean years of service and the supervisory share of each component."""
    years: dict[str, Decimal] = defaultdict(Decimal)
    people: Counter[str] = Counter()
    for row in _cells(source):
        count = int(row["employees"])
        years[row["subelement"]] += Decimal(row["avg_los_years"]) * count
        people[row["subelement"]] += count
    supervisors = _supervisory(source)
    header = (
        "component", "abbreviation", "name", "mean_service_years", "supervisors", "counted",
    )  # fmt: skip
    return header, [
        (
            code,
            *ABBREVIATIONS[code],
            (years[code] / people[code]).quantize(Decimal("0.1")),
            *supervisors.get(code, supervisors["HS"]),
        )
        for code in sorted(people)
    ]


def _supervisory(source: Path) -> dict[str, tuple[int, int]]:
    """Supervisors and employees by component; HS is the Department less what is left out."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in _rows(source / "workforce/dhs_component_mix_202607.csv"):
        if row["dimension"] == "supervisory_code" and row["code"] != "*":
            count = int(row["employees"])
            found[row["subelement"]][0] += count if row["code"] == SUPERVISORY_CODE else 0
            found[row["subelement"]][1] += count
    for code in LEFT_OUT:
        found["HS"] = [whole - part for whole, part in zip(found["HS"], found[code], strict=True)]
    return {code: (pair[0], pair[1]) for code, pair in found.items()}


def component_states(source: Path) -> Table:
    """Employees by component and state of the duty station, redacted states left out."""
    rows: list[tuple[object, ...]] = [
        (r["subelement"], r["state"], int(r["employees"]))
        for r in _rows(source / "workforce/dhs_component_state.csv")
        if r["period"] == PERIOD
        and r["subelement"] not in LEFT_OUT
        and len(r["state"]) == len("TX")
    ]
    return ("component", "state", "employees"), sorted(rows, key=repr)


def state_localities(source: Path) -> Table:
    """Disclosed employees by state and the locality pay area of their county."""
    names = {
        r["state_fips"]: r["state"] for r in _rows(source / "workforce/dhs_component_state.csv")
    }
    counts: Counter[tuple[str, str]] = Counter()
    for row in _rows(source / "workforce/dhs_county_disclosed_202607.csv"):
        state = names.get(row["county_fips"][:2])
        if state:
            counts[state, row["locality_code_2026"]] += int(row["employees_disclosed"])
    return ("state", "locality", "employees"), [
        (*key, count) for key, count in sorted(counts.items())
    ]


def steps(source: Path) -> Table:
    """Employees by component and step, 1 to 10; DHS stands for a component not published."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in _rows(source / "workforce/dhs_component_mix_202607.csv"):
        if row["dimension"] == "step_code" and row["code"].isdigit():
            step = int(row["code"])
            if 1 <= step <= 10:
                counts[row["subelement"]][step] += int(row["employees"])
    return ("component", *(f"step_{n}" for n in range(1, 11))), [
        (code, *(counts[code][n] for n in range(1, 11)))
        for code in sorted(counts)
        if code not in LEFT_OUT
    ]


def base_rates(source: Path, *, name: str, grades: range) -> Table:
    """Annual base rates of 2024 by grade and step, whole dollars."""
    rates: dict[int, dict[int, int]] = defaultdict(dict)
    for row in _rows(source / "pay" / name):
        if row["year"] == "2024" and int(row["grade"]) in grades:
            rates[int(row["grade"])][int(row["step"])] = int(row["annual_rate"])
    return ("grade", *(f"step_{n}" for n in range(1, 11))), [
        (grade, *(rates[grade][n] for n in range(1, 11))) for grade in sorted(rates)
    ]


def localities(source: Path) -> Table:
    """Locality pay areas of 2024 and their percents."""
    return ("code", "area", "percent"), [
        (r["code"], r["area_name"], r["percent"])
        for r in _rows(source / "locality/locality_rates.csv")
        if r["year"] == "2024"
    ]


def executive_schedule(source: Path) -> Table:
    """Rates of the Executive Schedule, 2024 to 2026, with what is published and what derived."""
    return ("year", "level", "annual_rate", "status"), [
        (r["year"], r["level"], r["annual_rate"], r["status"].split("_")[0])
        for r in _rows(source / "pay/executive_schedule.csv")
        if r["year"] in ("2024", "2025", "2026")
    ]


def series(source: Path) -> Table:
    """Titles of the series in use and whether their work is support by the handbook."""
    titles = {r["series"]: r["series_title"] for r in _cells(source)}
    return ("series", "title", "support"), [
        (code, _title(titles[code]), "yes" if code in SUPPORT_SERIES else "no")
        for code in sorted(titles)
    ]


def _title(published: str) -> str:
    """A series title in title case, without the word "series" that some carry."""
    words = published.replace("&", "and").removesuffix(" SERIES").title()
    return words.replace(" And ", " and ").replace(" Of ", " of ")


def ratings(source: Path) -> Table:
    """NSPS shares on four levels, percents: AE is level 5, EE level 4, ME level 3, U below it.

    Part 9701 knows no level between unacceptable and fully successful (5 CFR 9701.409(a)), so
    levels 2 and 1 stand together as unacceptable. A cycle that publishes only level 3 and
    "3 or higher" has the rest divided between 5 and 4 as in FY2009, to a tenth.
    """
    cycles = [
        r
        for r in _rows(source / "ratings/rating_distributions.csv")
        if r["system"] == "NSPS" and r["population"] == "all DoD NSPS rated"
    ]
    whole = next(r for r in cycles if r["pct_level5"])
    top = Decimal(whole["pct_level5"])
    share_of_top = top / (top + Decimal(whole["pct_level4"]))
    rows: list[tuple[object, ...]] = []
    for year, row in zip((2021, 2022, 2023), cycles, strict=True):
        met = Decimal(row["pct_level3_or_higher"])
        if row is whole:
            highest, above = top, Decimal(row["pct_level4"])
        else:
            rest = met - Decimal(row["pct_level3"])
            highest = (rest * share_of_top).quantize(Decimal("0.1"))
            above = rest - highest
        middle = met - highest - above
        rows.append((year, row["cycle"].split()[0], highest, above, middle, 100 - met))
    return ("fiscal_year", "published_cycle", "AE", "EE", "ME", "U"), rows


TABLES: dict[str, Callable[[Path], Table]] = {
    "cells": cells,
    "components": components,
    "component_states": component_states,
    "state_localities": state_localities,
    "steps": steps,
    "gs_base_2024": lambda source: base_rates(
        source, name="gs_base_rates.csv", grades=range(1, 16)
    ),
    "gl_base_2024": lambda source: base_rates(
        source, name="gl_leo_base_rates.csv", grades=range(3, 11)
    ),
    "localities_2024": localities,
    "executive_schedule": executive_schedule,
    "series": series,
    "ratings": ratings,
}


def rebuild(source: Path, *, into: Path) -> dict[str, int]:
    """Writes every table and returns how many rows each holds; derives all before writing any."""
    tables = {name: derive(source) for name, derive in TABLES.items()}
    for name, (header, rows) in tables.items():
        with (into / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    return {name: len(rows) for name, (_, rows) in tables.items()}
