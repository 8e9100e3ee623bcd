"""Chooses who of the department gets a log-in, so that every part of the main job can be played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demonstration.rules.department import Department, Employee, Position

HUMAN_RESOURCES = ("0201", "0203", "0301", "0343")
PAY = ("0501", "0560", "0510", "0525", "0343", "0301")

PURPOSES = {
    "employee": "Employee: own pay, rating and position",
    "minimum": "Employee at the minimum of the band, for the 90-day clock",
    "supervisor": "Supervisor of both employees: rates the team",
    "reviewer": "Reviewing official above the supervisor",
    "hr": "HR specialist for one component; classified the positions",
    "hr2": "HR specialist for the Department; decides reconsiderations",
    "pay": "Pay specialist: prepares runs",
    "pay2": "Pay specialist: approves runs",
    "designee": "Secretary's designee",
    "opm": "OPM reviewer",
    "auditor": "Auditor: reads, never writes",
    "admin": "Administrator: users, reference data, moves the date",
}

ROLES = {
    "hr": "hr_specialist",
    "hr2": "hr_specialist",
    "pay": "pay_specialist",
    "pay2": "pay_specialist",
    "designee": "designee",
    "opm": "opm_reviewer",
    "auditor": "auditor",
    "admin": "administrator",
}

#: Those without an employee's record.
NAMES = {
    "designee": "Demonstration Designee",
    "opm": "Demonstration Reviewer",
    "auditor": "Demonstration Auditor",
    "admin": "Demonstration Administrator",
}


@dataclass(frozen=True)
class LogIn:
    """One log-in: `employee` is the number behind it, None for somebody without a record.

    `organization` is the code over which the role is granted, None for the whole Department.
    """

    username: str
    purpose: str
    employee: str | None = None
    full_name: str = ""
    role: str | None = None
    organization: str | None = None


def cast(department: Department) -> tuple[LogIn, ...]:
    """Twelve log-ins: the shown team's line, the two personnel and two pay specialists, and others.

    The specialists work outside the shown team and are different people, so that nobody approves or
    decides what he prepared.
    """
    positions = {position.number: position for position in department.positions}
    people = {employee.number: employee for employee in department.employees}
    shown = people[department.shown.supervisor]
    team = [e for e in department.employees if e.supervisor == shown.number]
    others = [e for e in team if e.number != department.shown.at_minimum]
    member = max(others, key=lambda e: _is_rated(e, positions))
    taken = {shown.number, shown.supervisor, *(e.number for e in team)}
    personnel = _specialists(HUMAN_RESOURCES, department=department, taken=taken)
    pay = _specialists(PAY, department=department, taken=taken)
    component = next(
        o.code
        for o in department.organizations
        if o.kind == "component" and o.component == positions[shown.position].component
    )
    behind = {
        "employee": member.number,
        "minimum": department.shown.at_minimum,
        "supervisor": shown.number,
        "reviewer": shown.supervisor,
        "hr": next(personnel),
        "hr2": next(personnel),
        "pay": next(pay),
        "pay2": next(pay),
    }
    return tuple(
        LogIn(
            username=username,
            purpose=purpose,
            employee=behind.get(username),
            full_name=NAMES.get(username, ""),
            role=ROLES.get(username),
            organization=component if username == "hr" else None,
        )
        for username, purpose in PURPOSES.items()
    )


def _is_rated(employee: Employee, positions: dict[str, Position]) -> bool:
    """Whether a payout reaches him and the minimum period is served."""
    band = positions[employee.position].band
    return not band.endswith("-ED") and employee.hired.isoformat() < "2023-10-01"


def _specialists(
    preferred: tuple[str, ...], *, department: Department, taken: set[str | None]
) -> Iterator[str]:
    """People who are not yet taken, those of the preferred series first."""
    positions = {position.number: position for position in department.positions}

    def order(employee: Employee) -> tuple[bool, int, str]:
        position = positions[employee.position]
        rank = preferred.index(position.series) if position.series in preferred else len(preferred)
        return (position.supervisory, rank, employee.number)

    for employee in sorted(department.employees, key=order):
        if employee.number not in taken and employee.supervisor is not None:
            taken.add(employee.number)
            yield employee.number
