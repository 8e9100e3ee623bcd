"""Puts drawn people into offices and teams; offices, teams and spans are our own making."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from demonstration.rules.allotment import apportion, split
from demonstration.rules.figures import Figures
from demonstration.rules.staffing import Seat

OFFICE_SIZE = 75
OFFICES_A_REGION = 10
TEAM_SIZE = 7
ROOT = "DHS"
HEADQUARTERS = "HSAA"


@dataclass(frozen=True)
class Organization:
    """A node of the tree: the Department, a component, a region or an office."""

    code: str
    name: str
    parent: str | None
    kind: str
    component: str


@dataclass
class Structure:
    """Organizations, and for each person (by place) the organization and the supervisor."""

    organizations: list[Organization] = field(default_factory=list)
    organization_of: dict[int, str] = field(default_factory=dict)
    supervisor_of: dict[int, int | None] = field(default_factory=dict)

    def place(self, person: int, *, organization: str, supervisor: int | None) -> None:
        """Records where a person works and for whom."""
        self.organization_of[person] = organization
        self.supervisor_of[person] = supervisor


def organize(seats: Sequence[Seat], *, rng: Random, figures: Figures) -> Structure:
    """The tree of organizations and the chain of supervision over everyone drawn."""
    structure = Structure(
        [Organization(ROOT, "Department (demonstration)", None, "department", "")]
    )
    members: dict[str, list[int]] = defaultdict(list)
    for person, seat in enumerate(seats):
        members[seat.component].append(person)
    head, deputy = _lead_department(members, seats=seats)
    structure.place(head, organization=ROOT, supervisor=None)
    if deputy != head:
        structure.place(deputy, organization=ROOT, supervisor=head)
    for component, people in sorted(members.items()):
        remaining = [person for person in people if person not in (head, deputy)]
        if remaining:
            _organize_component(
                component, remaining, under=deputy, structure=structure,
                seats=seats, rng=rng, figures=figures,
            )  # fmt: skip
    return structure


def _by_rank(people: Sequence[int], *, seats: Sequence[Seat]) -> list[int]:
    """Supervisors among people, the highest grade and step first."""
    leading = [person for person in people if seats[person].supervisory]
    return sorted(leading, key=lambda p: (-seats[p].grade, -seats[p].step, p))


def _lead_department(members: dict[str, list[int]], *, seats: Sequence[Seat]) -> tuple[int, int]:
    """The two who stand over the components; one person where supervisors are few."""
    ranked = {code: _by_rank(people, seats=seats) for code, people in members.items()}
    source = ranked.get(HEADQUARTERS, [])
    if len(source) < 3:
        source = max(ranked.values(), key=len)
    if not source:
        raise ValueError("too few employees to have a supervisor")
    return source[0], source[1] if len(source) > 2 else source[0]


def _organize_component(
    component: str,
    people: list[int],
    *,
    under: int,
    structure: Structure,
    seats: Sequence[Seat],
    rng: Random,
    figures: Figures,
) -> None:
    about = figures.components[component]
    code = about.abbreviation
    structure.organizations.append(Organization(code, about.name, ROOT, "component", component))
    leading = sum(seats[person].supervisory for person in people)
    if not leading:
        # Someone alone in a component is supervised from the Department's office.
        for person in people:
            structure.place(person, organization=code, supervisor=under)
        return
    offices = _cut(people, offices=max(1, min(round(len(people) / OFFICE_SIZE), leading // 2)))
    top = _take_head(offices, seats=seats)
    if top is not None:
        structure.place(top, organization=code, supervisor=under)
    regions = split(len(offices), parts=-(-len(offices) // OFFICES_A_REGION))
    names = _Names(code)
    start = 0
    for number, size in enumerate(regions, start=1):
        region = offices[start : start + size]
        start += size
        parent, over = code, under if top is None else top
        if len(regions) > 1:
            parent = f"{code}-R{number:02d}"
            structure.organizations.append(
                Organization(parent, f"{code} region {number}", code, "region", component)
            )
            chief = _take_head(region, seats=seats)
            if chief is not None:
                structure.place(chief, organization=parent, supervisor=over)
                over = chief
        for office in region:
            place = names.next(office, seats=seats, figures=figures)
            structure.organizations.append(
                Organization(place.code, place.name, parent, "office", component)
            )
            _staff_office(
                office, organization=place.code, under=over,
                structure=structure, seats=seats, rng=rng,
            )  # fmt: skip


def _cut(people: list[int], *, offices: int) -> list[list[int]]:
    """Neighbours together; places were given in order, so an office is mostly of one area."""
    cut: list[list[int]] = []
    start = 0
    for size in split(len(people), parts=offices):
        cut.append(people[start : start + size])
        start += size
    return cut


def _take_head(offices: list[list[int]], *, seats: Sequence[Seat]) -> int | None:
    """Takes the highest supervisor out of an office that keeps another; None if there is none."""
    candidates = [
        (ranked[0], office)
        for office in offices
        if len(ranked := _by_rank(office, seats=seats)) > 1
    ]
    if not candidates:
        return None
    head, office = min(candidates, key=lambda c: (-seats[c[0]].grade, -seats[c[0]].step, c[0]))
    office.remove(head)
    return head


@dataclass(frozen=True)
class _Place:
    code: str
    name: str


class _Names:
    """Names offices after the area where most of their people work."""

    def __init__(self, component: str) -> None:
        self._component = component
        self._count = 0
        self._seen: Counter[str] = Counter()

    def next(self, office: list[int], *, seats: Sequence[Seat], figures: Figures) -> _Place:
        self._count += 1
        (locality, state), _ = Counter(
            (seats[person].locality, seats[person].state) for person in office
        ).most_common(1)[0]
        area = figures.localities[locality].name.removeprefix("State of ")
        city = f"{state} field" if locality == "RUS" else area.split(",")[0].split("-")[0]
        self._seen[city] += 1
        return _Place(
            code=f"{self._component}-{self._count:03d}",
            name=f"{self._component} {city} office {self._seen[city]}",
        )


def _staff_office(
    people: list[int],
    *,
    organization: str,
    under: int,
    structure: Structure,
    seats: Sequence[Seat],
    rng: Random,
) -> None:
    """One chief, under him managers or first-line supervisors, under these the teams."""
    leading = _by_rank(people, seats=seats)
    chief, others = leading[0], leading[1:]
    structure.place(chief, organization=organization, supervisor=under)
    staff = sorted(
        (person for person in people if not seats[person].supervisory),
        key=lambda p: (seats[p].cluster, seats[p].series, p),
    )
    wanted = -(-len(staff) // TEAM_SIZE)
    managers = others[: max(0, min(len(others) - wanted, len(others) // 4))]
    first_line = others[len(managers) :] or [chief]
    for manager in managers:
        structure.place(manager, organization=organization, supervisor=chief)
    for number, supervisor in enumerate(others[len(managers) :]):
        over = managers[number % len(managers)] if managers else chief
        structure.place(supervisor, organization=organization, supervisor=over)
    first_line = sorted(first_line, key=lambda p: (seats[p].cluster, seats[p].series, p))
    sizes = apportion(len(staff), weights=[rng.randint(6, 16) for _ in first_line])
    waiting = iter(staff)
    for supervisor, size in zip(first_line, sizes, strict=True):
        for _ in range(size):
            structure.place(next(waiting), organization=organization, supervisor=supervisor)
