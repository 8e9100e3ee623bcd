"""Loads positions, their classification, the people in them and who supervises whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from casework.models import Entry
from classification.models import ClassificationDecision, Position, PositionState
from demonstration.rules.casting import LogIn
from demonstration.rules.department import Department, Employee
from demonstration.services.load_policy import CONVERTED_ON, COVERED, Reference
from demonstration.services.set_based import copy_in, reserve_ids, since
from regulation import clock
from workforce import models as workforce

REASON = "loading the demonstration"
CLASSIFIED_ON = date(2024, 1, 2)
ATTORNEY = "0905"


@dataclass(frozen=True)
class Workforce:
    """Ids of positions and employees by their numbers."""

    positions: dict[str, int]
    employees: dict[str, int]


def load_workforce(
    department: Department,
    *,
    reference: Reference,
    log_ins: Sequence[LogIn],
    users: dict[str, User],
) -> Workforce:
    """Positions with their decisions and history, employees, assignments and supervision."""
    loaded = Workforce(
        positions=dict(
            zip(
                (position.number for position in department.positions),
                reserve_ids(Position, len(department.positions)),
                strict=True,
            )
        ),
        employees=dict(
            zip(
                (employee.number for employee in department.employees),
                reserve_ids(workforce.Employee, len(department.employees)),
                strict=True,
            )
        ),
    )
    _load_positions(department, reference=reference, loaded=loaded, classifier=users["hr"])
    behind = {log_in.employee: users[log_in.username].pk for log_in in log_ins if log_in.employee}
    _load_employees(department, loaded=loaded, behind=behind)
    _load_relations(department, loaded=loaded)
    return loaded


def _load_positions(
    department: Department, *, reference: Reference, loaded: Workforce, classifier: User
) -> None:
    copy_in(
        Position,
        columns=(
            "id", "number", "title", "description", "organization_id", "supervisory", "state",
        ),
        rows=(
            (
                loaded.positions[position.number],
                position.number,
                position.title,
                f"{position.title}, series {position.series}. A synthetic position.",
                reference.organizations[position.organization],
                position.supervisory,
                PositionState.CLASSIFIED.value,
            )
            for position in department.positions
        ),
    )  # fmt: skip
    now = clock.now()
    copy_in(
        ClassificationDecision,
        columns=(
            "position_id", "series_id", "band_id", "effective", "decided_on", "decided_by_id",
            "deciding_official", "reason", "recorded_at",
        ),
        rows=(
            (
                loaded.positions[position.number],
                reference.series[position.series],
                reference.bands[position.band],
                CONVERTED_ON,
                CLASSIFIED_ON,
                classifier.pk,
                classifier.full_name,
                "Placed in its band by the grade it had under the General Schedule.",
                now,
            )
            for position in department.positions
        ),
    )  # fmt: skip
    copy_in(
        Entry,
        columns=(
            "subject", "act", "system_reason", "from_state", "to_state", "on", "recorded_at",
            "citation",
        ),
        rows=(
            (
                f"{Position.subject_kind}:{loaded.positions[position.number]}",
                "classify",
                REASON,
                PositionState.DESCRIBED.value,
                PositionState.CLASSIFIED.value,
                CLASSIFIED_ON,
                now,
                "9701.221",
            )
            for position in department.positions
        ),
    )  # fmt: skip


def _load_employees(department: Department, *, loaded: Workforce, behind: dict[str, int]) -> None:
    series_of = {position.number: position.series for position in department.positions}
    copy_in(
        workforce.Employee,
        columns=(
            "id", "number", "user_id", "given_name", "family_name", "hired", "coverage_category",
            "service", "preference_eligible", "initial_service_ends", "bargaining_unit",
        ),
        rows=(
            (
                loaded.employees[employee.number],
                employee.number,
                behind.get(employee.number),
                employee.first_name,
                employee.last_name,
                employee.hired,
                COVERED,
                "excepted" if series_of[employee.position] == ATTORNEY else "competitive",
                # One in four, as a stand-in: the published tables do not say.
                place % 4 == 0,
                employee.hired + timedelta(days=365),
                employee.grade < 14,
            )
            for place, employee in enumerate(department.employees)
        ),
    )  # fmt: skip


def _load_relations(department: Department, *, loaded: Workforce) -> None:
    people = {employee.number: employee for employee in department.employees}
    copy_in(
        workforce.Assignment,
        columns=("employee_id", "position_id", "area", "period"),
        rows=(
            (
                loaded.employees[employee.number],
                loaded.positions[employee.position],
                employee.locality,
                since(in_place_since(employee)),
            )
            for employee in department.employees
        ),
    )
    copy_in(
        workforce.Supervision,
        columns=("supervisor_id", "employee_id", "period"),
        rows=(
            (
                loaded.employees[employee.supervisor],
                loaded.employees[employee.number],
                since(max(in_place_since(employee), in_place_since(people[employee.supervisor]))),
            )
            for employee in department.employees
            if employee.supervisor
        ),
    )


def in_place_since(employee: Employee) -> date:
    """The day from which the employee is in his band: the conversion, or his hiring after it."""
    return max(employee.hired, CONVERTED_ON)
