"""Loads the performance system, past ratings, and the plans of the year just ended and the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from casework.models import Entry
from demonstration.rules.department import Department, Employee
from demonstration.rules.history import period_end
from demonstration.rules.plan_texts import expectations_for
from demonstration.services.load_workforce import REASON, Workforce
from demonstration.services.load_year import load_year
from demonstration.services.set_based import copy_in, reserve_ids
from performance.models import (
    CycleState,
    Expectation,
    ExpectationState,
    InterimReview,
    InterimReviewState,
    Plan,
    PlanState,
    RatingOfRecord,
)
from performance.services.cycles import ensure_cycle
from performance.services.systems import ensure_system
from regulation import clock
from regulation.days import DEPARTMENT_ZONE

YEAR_JUST_ENDED = 2024
#: Plans of a year are told to people this many days after it, or their work, began.
TOLD_AFTER_DAYS = 14
HELD_AFTER_DAYS = 60
INTERIM_FROM = date(2024, 4, 8)
INTERIM_DAYS = 20


def load_performance(department: Department, *, loaded: Workforce) -> None:
    """Everything of subpart D that happened before the demonstration opens."""
    system = ensure_system()
    levels = dict(system.levels.values_list("code", "pk"))
    states = {
        **{rating.fiscal_year: CycleState.CLOSED for rating in department.ratings},
        YEAR_JUST_ENDED: CycleState.OPEN,
        YEAR_JUST_ENDED + 1: CycleState.OPEN,
    }
    cycles: dict[int, int] = {}
    for year, state in states.items():
        cycle = ensure_cycle(period_end(year))
        cycle.title, cycle.state = f"Fiscal year {year}", state
        cycle.save()
        cycles[year] = cycle.pk
    _load_ratings(department, loaded=loaded, levels=levels, cycles=cycles)
    for year in (YEAR_JUST_ENDED, YEAR_JUST_ENDED + 1):
        _load_plans(department, year=year, cycle=cycles[year], loaded=loaded)


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), DEPARTMENT_ZONE)


def _load_ratings(
    department: Department, *, loaded: Workforce, levels: dict[str, int], cycles: dict[int, int]
) -> None:
    people = {employee.number: employee for employee in department.employees}
    ids = reserve_ids(RatingOfRecord, len(department.ratings))

    def officials(employee: Employee, ends: date) -> tuple[int | None, int | None]:
        """Today's supervisor and the one above, where both were there then."""
        rater = people.get(employee.supervisor or "")
        if rater is None or rater.hired > ends:
            return None, None
        reviewer = people.get(rater.supervisor or "")
        if reviewer is None or reviewer.hired > ends:
            return loaded.employees[rater.number], None
        return loaded.employees[rater.number], loaded.employees[reviewer.number]

    def rows() -> Iterator[tuple[object, ...]]:
        for pk, rating in zip(ids, department.ratings, strict=True):
            ends = period_end(rating.fiscal_year)
            issued = ends + timedelta(days=30)
            rater, reviewer = officials(people[rating.employee], ends)
            level = levels[rating.level]
            yield (
                pk, loaded.employees[rating.employee], cycles[rating.fiscal_year], "issued",
                rater, reviewer, level, level,
                "Taken over from the earlier record. Synthetic, drawn from published shares.",
                True, _noon(issued), _noon(issued), issued, _noon(issued), "in person",
                "acknowledged", issued, "history", ends,
            )  # fmt: skip

    copy_in(
        RatingOfRecord,
        columns=(
            "id", "employee_id", "cycle_id", "state",
            "rater_id", "reviewer_id", "level_id", "rater_level_id",
            "narrative",
            "absence_is_no_factor", "rater_signed_at", "reviewer_signed_at", "issued_on",
            "issued_at", "delivery", "acknowledgement", "acknowledged_on", "source", "shown_by",
        ),
        rows=rows(),
    )  # fmt: skip
    now = clock.now()
    copy_in(
        Entry,
        columns=(
            "subject", "employee_key", "act", "system_reason", "to_state", "on", "recorded_at",
            "citation",
        ),
        rows=(
            (
                f"{RatingOfRecord.subject_kind}:{pk}",
                loaded.employees[rating.employee],
                "take_over",
                REASON,
                "issued",
                period_end(rating.fiscal_year) + timedelta(days=30),
                now,
                "9701.409(c)",
            )
            for pk, rating in zip(ids, department.ratings, strict=True)
        ),
    )  # fmt: skip


def _load_plans(department: Department, *, year: int, cycle: int, loaded: Workforce) -> None:
    opens, ends = date(year - 1, 10, 1), period_end(year)
    planned = [
        (employee, told)
        for employee in department.employees
        if employee.supervisor and (told := _told_on(employee, opens=opens, year=year)) <= ends
    ]
    ids = reserve_ids(Plan, len(planned))
    copy_in(
        Plan,
        columns=(
            "id",
            "employee_id",
            "cycle_id",
            "state",
            "communicated_on",
            "involvement",
            "involved_on",
        ),
        rows=(
            (
                pk,
                loaded.employees[employee.number],
                cycle,
                PlanState.COMMUNICATED.value,
                told,
                "met",
                told,
            )
            for pk, (employee, told) in zip(ids, planned, strict=True)
        ),
    )
    _load_expectations(department, planned=planned, ids=ids)
    if year == YEAR_JUST_ENDED:
        copy_in(
            InterimReview,
            columns=("employee_id", "plan_id", "state", "held_on", "note", "held_by_id"),
            rows=(
                (loaded.employees[employee.number], pk, InterimReviewState.HELD.value, held,
                 "On track. Strengths and next steps were talked over.",
                 loaded.employees[employee.supervisor or ""])
                for pk, (employee, told) in zip(ids, planned, strict=True)
                if (held := _held_on(employee, told=told)) <= ends
            ),
        )  # fmt: skip
        load_year(department, planned=planned, ids=ids, ends=ends, loaded=loaded)


def _told_on(employee: Employee, *, opens: date, year: int) -> date:
    """When the expectations were told; those of the next year on the day it begins."""
    if year > YEAR_JUST_ENDED:
        return opens
    return max(opens, employee.hired) + timedelta(days=TOLD_AFTER_DAYS)


def _held_on(employee: Employee, *, told: date) -> date:
    spread = timedelta(days=int(employee.number[1:]) % INTERIM_DAYS)
    return max(INTERIM_FROM + spread, told + timedelta(days=HELD_AFTER_DAYS))


def _load_expectations(
    department: Department, *, planned: list[tuple[Employee, date]], ids: list[int]
) -> None:
    positions = {position.number: position for position in department.positions}

    def rows() -> Iterator[tuple[object, ...]]:
        for pk, (employee, told) in zip(ids, planned, strict=True):
            position = positions[employee.position]
            for order, expected in enumerate(
                expectations_for(
                    position.cluster, series=position.series, supervisory=position.supervisory
                ),
                start=1,
            ):
                yield (
                    pk, expected.form, expected.title, expected.statement, expected.weight,
                    ExpectationState.COMMUNICATED.value, told, "in writing", order,
                )  # fmt: skip

    copy_in(
        Expectation,
        columns=(
            "plan_id", "form", "title", "statement", "weight",
            "state", "communicated_on", "communicated_how", "order",
        ),
        rows=rows(),
    )  # fmt: skip
