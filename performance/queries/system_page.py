"""Performance systems as people read them: levels, coverage, clauses, scoring with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from classification.models import BandLevel
from governance.parameters import PARAMETERS
from governance.queries.coverage import is_covered
from governance.queries.policy import directive_carrying, policy_on
from performance.models import (
    AppraisalPurpose,
    CircumstanceKind,
    Cycle,
    PerformanceSystem,
    RatingLevel,
    SystemCoverage,
)
from performance.queries.scoring import SCORING_KEYS
from performance.rules.special_circumstance import APPRAISERS, RATERS
from performance.rules.system_content import DETERMINERS, PROCEDURES
from performance.services.system_defaults import ILLUSTRATIVE
from regulation.refusals import Refused

#: Beside every value that no published source of this directive gives.
NOT_FROM_THE_DIRECTIVE = ILLUSTRATIVE


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a system covers; `waits` where no determination of 102(b) names the category yet."""

    row: SystemCoverage
    words: str
    waits: bool


@dataclass(frozen=True, slots=True)
class SystemShown:
    """One system with everything that 5 CFR 9701.405(b) asks of it."""

    system: PerformanceSystem
    levels: list[RatingLevel]
    groups: list[Group]
    clauses: list[tuple[str, str]]
    special: list[tuple[str, str, str]]
    purposes: list[str]
    determined_by: str


@dataclass(frozen=True, slots=True)
class Value:
    """One parameter of the scoring, or the minimum period, as it holds for a period."""

    meaning: str
    told: str
    directive: object | None
    verified: bool
    source: str


def systems_shown(*, on: date) -> list[SystemShown]:
    """Every system, the first one first."""
    systems = PerformanceSystem.objects.select_related("directive").prefetch_related(
        "levels", "coverage"
    )
    return [_shown(system, on=on) for system in systems.order_by("pk")]


def values_for(cycle: Cycle) -> list[Value]:
    """Minimum period and scoring as they hold for a period: those of its first day."""
    policy = policy_on(cycle.starts)
    found = []
    for key in ("minimum_period_days", *SCORING_KEYS):
        known = PARAMETERS[key]
        try:
            told = _told(policy[key], known.unit)
        except Refused:
            told = "None in force"
        found.append(
            Value(
                meaning=known.meaning,
                told=told,
                directive=directive_carrying(key, on=cycle.starts),
                verified=known.verified,
                source=known.source,
            )
        )
    return found


def _told(value: object, unit: str) -> str:
    if isinstance(value, dict):
        best_first = sorted(value.items(), key=lambda pair: Decimal(str(pair[1])), reverse=True)
        return ", ".join(f"{code} {each}" for code, each in best_first)
    return f"{value} {unit}"


def _shown(system: PerformanceSystem, *, on: date) -> SystemShown:
    return SystemShown(
        system=system,
        levels=sorted(system.levels.all(), key=lambda level: level.rank),
        groups=[
            Group(
                row=row,
                words=_group(row),
                waits=bool(row.category) and not is_covered(row.category, subpart="D", on=on),
            )
            for row in system.coverage.all()
        ],
        clauses=[(title, system.procedures.get(key, "")) for key, title in PROCEDURES.items()],
        special=[
            (
                str(kind.label),
                RATERS.get(system.special_rules.get(kind, {}).get("rater", ""), ""),
                APPRAISERS.get(system.special_rules.get(kind, {}).get("appraiser", ""), "Nobody"),
            )
            for kind in CircumstanceKind
        ],
        purposes=[_purpose(each) for each in system.appraisal_purposes],
        determined_by=DETERMINERS.get(system.determined_by, system.determined_by),
    )


def _group(row: SystemCoverage) -> str:
    band = BandLevel(row.band_level).label if row.band_level else "Every band"
    return f"{band}, {f'category “{row.category}”' if row.category else 'every category'}"


def _purpose(value: str) -> str:
    return str(AppraisalPurpose(value).label) if value in AppraisalPurpose.values else value
