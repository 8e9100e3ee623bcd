"""Sorts people into pay pools: a component, a region of a large one, headquarters for the rest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from demonstration.rules.department import Department
from demonstration.rules.structure import ROOT, Organization

SMALLEST_POOL = 10
POINTS = {"AE": "4", "EE": "2", "ME": "1", "U": "0"}


@dataclass(frozen=True)
class Pool:
    """A pool with the organization it is named after and the numbers of its members."""

    code: str
    title: str
    organization: str
    members: tuple[str, ...]


def sort_into_pools(department: Department) -> tuple[Pool, ...]:
    """Everybody above Entry/Developmental in exactly one pool (5 CFR 9701.342(a)(1), (b)(2)).

    Groups with fewer than ten members join the Department's own pool.
    """
    tree = {organization.code: organization for organization in department.organizations}
    positions = {position.number: position for position in department.positions}
    groups: dict[str, list[str]] = defaultdict(list)
    for employee in department.employees:
        position = positions[employee.position]
        if not position.band.endswith("-ED"):
            groups[_home(tree[position.organization], tree=tree)].append(employee.number)
    for code in [code for code, members in groups.items() if len(members) < SMALLEST_POOL]:
        if code != ROOT:
            groups[ROOT].extend(groups.pop(code))
    return tuple(
        Pool(
            code=f"P-{code}",
            title=f"Pay pool, {tree[code].name}",
            organization=code,
            members=tuple(sorted(members)),
        )
        for code, members in sorted(groups.items())
    )


def _home(organization: Organization, *, tree: dict[str, Organization]) -> str:
    """The region above an office where there is one, else the component, else the Department."""
    while organization.kind == "office" and organization.parent:
        organization = tree[organization.parent]
    return organization.code
