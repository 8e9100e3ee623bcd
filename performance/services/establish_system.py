"""Putting a performance system into force by a directive (5 CFR 9701.405(a), (b), .409(a))."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from governance.models import Directive
from governance.queries.policy import policy_on
from performance.models import PerformanceSystem, SystemCoverage
from performance.permissions import may_establish
from performance.queries.systems import covered_groups
from performance.rules.level_pattern import LevelShape, check_levels
from performance.rules.system_content import (
    ENTRY_DEVELOPMENTAL,
    check_minimum_period,
    check_procedures,
    determination_of,
)
from performance.rules.system_coverage import CoveredGroup, check_no_conflict
from performance.services.systems import write_levels
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class SystemContent:
    """A system as its directive lays it down; levels best first, groups by band and category."""

    code: str
    title: str
    starts: date
    levels: Sequence[LevelShape]
    groups: Collection[tuple[str, str]]
    procedures: Mapping[str, str]
    special_rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    appraisal_purposes: Collection[str] = ()
    determination: str = ""
    determined_by: str = ""
    determined_on: date | None = None


@transaction.atomic
def establish_system(
    content: SystemContent, *, directive: Directive | None, actor: Actor, on: date
) -> PerformanceSystem:
    """A new system with its levels and those whom it covers, for periods that begin on its date.

    5 CFR 9701.405(a), (b)(1), (3), (5), .409(a). Raises Refused permission_denied,
    directive_required, coverage_unspecified, retroactive, procedure_missing,
    minimum_period_missing, levels_invalid, two_level_needs_determination, system_conflict,
    already_done.
    """
    may_establish(actor, on=on)
    refuse_undirected(directive, starts=content.starts)
    _refuse_past(content.starts, on=on)
    if not content.groups:
        raise Refused(
            "coverage_unspecified",
            "9701.405(b)(1)",
            "Name the employees whom the system covers (9701.405(b)(1)).",
        )
    check_procedures(content.procedures)
    _check_minimum(content.starts)
    check_levels(
        content.levels,
        only_entry_developmental=all(band == ENTRY_DEVELOPMENTAL for band, _ in content.groups),
        determination=determination_of(
            text=content.determination, determined_by=content.determined_by
        ),
    )
    if PerformanceSystem.objects.filter(code=content.code).exists():
        raise Refused("already_done", "9701.405(a)", f"There is a system “{content.code}” already.")
    system = PerformanceSystem.objects.create(
        code=content.code,
        title=content.title,
        directive=directive,
        starts=content.starts,
        procedures=dict(content.procedures),
        special_rules={kind: dict(rule) for kind, rule in content.special_rules.items()},
        appraisal_purposes=list(content.appraisal_purposes),
        determination=content.determination.strip(),
        determined_by=content.determined_by,
        determined_on=content.determined_on,
    )
    write_levels(system, content.levels)
    for band_level, category in content.groups:
        _cover(system, starts=content.starts, band_level=band_level, category=category, reason="")
    _record(system, "establish_system", actor=actor, on=on)
    return system


@transaction.atomic
def cover_group(
    system: PerformanceSystem,
    *,
    starts: date,
    band_level: str,
    category: str,
    reason: str,
    actor: Actor,
    on: date,
) -> SystemCoverage:
    """Let a system cover one more group, from the period that begins on or after a date.

    5 CFR 9701.405(b)(1), .409(a)(2), (3). Raises Refused permission_denied, reason_required,
    retroactive, two_level_needs_determination, system_conflict, already_done.
    """
    may_establish(actor, on=on)
    if not reason.strip():
        raise Refused("reason_required", "9701.405(b)(1)", "Say why the group is covered.")
    _refuse_past(starts, on=on)
    check_levels(
        [
            LevelShape(level.code, level.title, level.unacceptable, level.fully_successful)
            for level in system.levels.order_by("rank")
        ],
        only_entry_developmental=band_level == ENTRY_DEVELOPMENTAL,
        determination=determination_of(
            text=system.determination, determined_by=system.determined_by
        ),
    )
    row = _cover(
        system, starts=starts, band_level=band_level, category=category, reason=reason.strip()
    )
    _record(system, "cover_group", actor=actor, on=on, group=str(row), reason=row.reason)
    return row


def refuse_undirected(directive: Directive | None, *, starts: date) -> None:
    """Refuse without an issued directive in force by a date: directive_required (.405(a))."""
    if directive is None or not directive.issued or directive.effective > starts:
        raise Refused(
            "directive_required",
            "9701.405(a)",
            "A performance system is established by an implementing directive, issued and in force "
            "by its first day (9701.405(a)).",
        )


def _refuse_past(starts: date, *, on: date) -> None:
    if starts < on:
        raise Refused(
            "retroactive",
            "9701.405(b)(1)",
            "People are told beforehand by which system they are rated: today is the first day.",
        )


def _check_minimum(starts: date) -> None:
    try:
        check_minimum_period(policy_on(starts)["minimum_period_days"])
    except Refused as refusal:
        if refusal.code == "parameter_missing":
            check_minimum_period(None)
        raise


def _cover(
    system: PerformanceSystem, *, starts: date, band_level: str, category: str, reason: str
) -> SystemCoverage:
    if SystemCoverage.objects.filter(
        starts=starts, band_level=band_level, category=category
    ).exists():
        raise Refused(
            "system_conflict",
            "9701.405(b)(1)",
            "Another system covers the same group from the same day (9701.405(b)(1)).",
        )
    row = SystemCoverage.objects.create(
        system=system, starts=starts, band_level=band_level, category=category, reason=reason
    )
    check_no_conflict(
        [*covered_groups(), CoveredGroup(system.code, starts, band_level, category)],
        period_start=starts,
    )
    return row


def _record(system: PerformanceSystem, act: str, *, actor: Actor, on: date, **detail: str) -> None:
    record(
        f"system:{system.pk}",
        act=act,
        actor=actor,
        on=on,
        citation="9701.405",
        detail={"system": system.code, **detail},
    )
