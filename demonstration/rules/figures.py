"""The published figures as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Rates: TypeAlias = dict[int, tuple[int, ...]]
Weights: TypeAlias = dict[str, int]


@dataclass(frozen=True)
class Cell:
    """Employees of one component, series, pay plan and grade."""

    component: str
    series: str
    pay_plan: str
    grade: int
    employees: int


@dataclass(frozen=True)
class Component:
    """One component with its mean service and its supervisors among those counted."""

    code: str
    abbreviation: str
    name: str
    mean_service_years: Decimal
    supervisors: int
    counted: int


@dataclass(frozen=True)
class Series:
    """An occupational series and whether its work is clerical, assistant or technical."""

    code: str
    title: str
    support: bool


@dataclass(frozen=True)
class Locality:
    """A locality pay area and its percent in 2024 (17.40 is 17.40 %)."""

    code: str
    name: str
    percent: Decimal


@dataclass(frozen=True)
class Figures:
    """Everything published that a department is drawn from.

    `gs` and `gl` hold annual base rates by grade, one a step; `rating_shares` percents by fiscal
    year and level.
    """

    cells: tuple[Cell, ...]
    components: dict[str, Component]
    states: dict[str, Weights]
    state_localities: dict[str, Weights]
    steps: dict[str, tuple[int, ...]]
    gs: Rates
    gl: Rates
    localities: dict[str, Locality]
    series: dict[str, Series]
    rating_shares: dict[int, dict[str, Decimal]]
    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
