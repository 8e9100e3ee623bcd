"""A scenario as the program knows it: what a file says, checked and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class BandDraft:
    """A band of the file: code, level, rate range in whole dollars, and its cluster's code."""

    code: str
    cluster: str
    level: str
    minimum: int
    maximum: int
    rank: int


@dataclass(frozen=True, slots=True)
class ClusterDraft:
    """A cluster of the file with the series it holds."""

    code: str
    title: str
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplementDraft:
    """A published percentage for an area or a category; no bands means all."""

    kind: str
    key: str
    bands: tuple[str, ...]
    percent: Decimal


@dataclass(frozen=True, slots=True)
class EmployeeDraft:
    """An employee of the file, at the start or as hired or converted by an event.

    `converted` is the day on which pay under this system begins; `basic` is 0 until then.
    """

    code: str
    band: str
    basic: int
    hired: date
    series: str = ""
    area: str = ""
    category: str = ""
    pool: str = ""
    retained: bool = False
    ses: bool = False
    coverage: tuple[str, ...] = ("B", "C", "D", "F")
    preference_eligible: bool = False
    service: str = "competitive"
    initial_service_ends: date | None = None
    bargaining_unit: bool = False
    highest_previous_rate: int | None = None
    converted: date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event: its place in the file, its verb, and its arguments by name."""

    place: int
    on: date
    verb: str
    arguments: dict[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """One assertion of the file, by its form."""

    form: str
    values: dict[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole file."""

    title: str
    start: date
    end: date
    anchor: date
    parameters: dict[str, Any]
    executive_schedule: dict[str, int]
    executive_certified: bool
    clusters: tuple[ClusterDraft, ...]
    bands: dict[str, BandDraft]
    movements: tuple[tuple[str, str, str], ...]
    supplements: tuple[SupplementDraft, ...]
    period_ends: tuple[int, int]
    pools: dict[str, dict[str, Decimal]]
    employees: tuple[EmployeeDraft, ...]
    events: tuple[Event, ...]
    expectations: tuple[Expectation, ...]
    series: dict[str, str] = field(default_factory=dict)
