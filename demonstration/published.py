"""Reads the demonstration's compact tables from `figures/`."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias

from demonstration.rules.figures import Cell, Component, Figures, Locality, Series

FOLDER = Path(__file__).parent / "figures"

Rates: TypeAlias = dict[int, tuple[int, ...]]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _stepped(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(row[f"step_{n}"]) for n in range(1, 11))


def _rates(name: str) -> Rates:
    return {int(row["grade"]): _stepped(row) for row in _rows(name)}


def _weights(name: str, *, key: str, of: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(name):
        found[row[key]][row[of]] = int(row["employees"])
    return dict(found)


def executive_schedule() -> dict[int, dict[int, int]]:
    """Annual rates by year and level (I is 1), whole dollars."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in _rows("executive_schedule"):
        found[int(row["year"])][int(row["level"])] = int(row["annual_rate"])
    return dict(found)


@cache
def load_figures() -> Figures:
    """The published figures that a department is drawn from."""
    names = json.loads((FOLDER / "names.json").read_text(encoding="utf-8"))
    return Figures(
        cells=tuple(
            Cell(
                component=row["component"],
                series=row["series"],
                pay_plan=row["pay_plan"],
                grade=int(row["grade"]),
                employees=int(row["employees"]),
            )
            for row in _rows("cells")
        ),
        components={
            row["component"]: Component(
                code=row["component"],
                abbreviation=row["abbreviation"],
                name=row["name"],
                mean_service_years=Decimal(row["mean_service_years"]),
                supervisors=int(row["supervisors"]),
                counted=int(row["counted"]),
            )
            for row in _rows("components")
        },
        states=_weights("component_states", key="component", of="state"),
        state_localities=_weights("state_localities", key="state", of="locality"),
        steps={row["component"]: _stepped(row) for row in _rows("steps")},
        gs=_rates("gs_base_2024"),
        gl=_rates("gl_base_2024"),
        localities={
            row["code"]: Locality(
                code=row["code"], name=row["area"], percent=Decimal(row["percent"])
            )
            for row in _rows("localities_2024")
        },
        series={
            row["series"]: Series(
                code=row["series"], title=row["title"], support=row["support"] == "yes"
            )
            for row in _rows("series")
        },
        rating_shares={
            int(row["fiscal_year"]): {
                level: Decimal(row[level]) for level in ("AE", "EE", "ME", "U")
            }
            for row in _rows("ratings")
        },
        first_names=tuple(names["first"]),
        surnames=tuple(
            beginning + ending
            for beginning in names["surname_beginnings"]
            for ending in names["surname_endings"]
        ),
    )
