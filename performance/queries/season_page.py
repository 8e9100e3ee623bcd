"""What the season page shows: progress, who is not rated, levels by component, levels on review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import commonpath

from accounts.models import Organization
from performance.models import Cycle, RatingLevel
from performance.queries.season import Person, Standing
from performance.rules.small_cells import ALL, Cell, Table, table_of

_DONE = ("issued", "superseded")
_RATED = ("submitted", "approved", *_DONE)


@dataclass(slots=True)
class Progress:
    """How far a component is."""

    title: str
    people: int = 0
    planned: int = 0
    communicated: int = 0
    reviewed: int = 0
    rated: int = 0
    issued: int = 0
    #: Neither issued nor explained.
    open: int = 0

    def add(self, person: Person) -> None:
        """Count one person."""
        self.people += 1
        self.planned += person.planned
        self.communicated += person.communicated_on is not None
        self.reviewed += person.reviewed
        self.rated += person.state in _RATED
        self.issued += person.state in _DONE
        self.open += person.standing == Standing.UNRATED


@dataclass(frozen=True, slots=True)
class Levels:
    """Issued ratings by component and level, and by the level sent and the level issued."""

    codes: tuple[str, ...]
    titles: dict[str, str]
    components: dict[str, str]
    by_component: Table
    #: Rows: as the rating official sent it; columns: as it was issued.
    on_review: Table

    @property
    def hidden(self) -> bool:
        """Whether anything is left out."""
        return bool(self.by_component.hidden or self.on_review.hidden)


def components_of(people: Iterable[Person]) -> dict[str, str]:
    """For every place in view, the component under which it is counted.

    The organizations right under the narrowest one that holds everybody in view.
    """
    places = {person.place for person in people}
    known = sorted(place for place in places if place)
    top = commonpath(known) if known else "/"
    found = {}
    for place in places:
        below = place.strip("/")[len(top.strip("/")) :].strip("/") if place else ""
        first = below.split("/")[0]
        found[place] = f"{top.rstrip('/')}/{first}/" if first else place
    return found


def titles_of(components: Iterable[str]) -> dict[str, str]:
    """Names of components by their path; who works nowhere is named so."""
    wanted = set(components)
    found = dict(Organization.objects.filter(path__in=wanted).values_list("path", "name"))
    return {path: found.get(path, path or "No position") for path in sorted(wanted)}


def progress_of(people: Sequence[Person]) -> tuple[list[Progress], Progress]:
    """Component by component, and all together."""
    component = components_of(people)
    titles = titles_of(component.values())
    rows = {path: Progress(title) for path, title in titles.items()}
    whole = Progress("All")
    for person in people:
        rows[component[person.place]].add(person)
        whole.add(person)
    return sorted(rows.values(), key=lambda row: row.title), whole


def levels_of(people: Sequence[Person], *, cycle: Cycle, smallest: int) -> Levels:
    """Issued ratings in two tables, small cells left out of both alike."""
    levels = list(RatingLevel.objects.filter(system_id=cycle.system_id).order_by("rank"))
    codes = tuple(level.code for level in levels)
    issued = [person for person in people if person.standing == Standing.RATED]
    component = components_of(people)
    names = titles_of(component[person.place] for person in issued)
    first: Counter[Cell] = Counter((component[one.place], one.level) for one in issued)
    second: Counter[Cell] = Counter((one.sent, one.level) for one in issued)
    # The sums by level are in both tables, so that what one leaves out the other must too.
    rows = sorted(names, key=lambda path: names[path])
    hidden: set[Cell] = set()
    while True:
        by_component = table_of(first, rows=rows, columns=codes, smallest=smallest, hidden=hidden)
        on_review = table_of(
            second,
            rows=codes,
            columns=codes,
            smallest=smallest,
            hidden=hidden | _sums(by_component),
        )
        if _sums(on_review) == hidden | _sums(by_component):
            break
        hidden = _sums(on_review)
    return Levels(
        codes=codes,
        titles={level.code: level.title for level in levels},
        components=names,
        by_component=by_component,
        on_review=on_review,
    )


def _sums(table: Table) -> set[Cell]:
    """The sums by level, and of everybody, that a table leaves out."""
    return {cell for cell in table.hidden if cell[0] == ALL}
