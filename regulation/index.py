"""The requirement index: every binding paragraph of part 9701, split into what can be shown."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regulation.citations import holds

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of requirements.csv: what a paragraph asks, and what the program does about it."""

    id: str
    subpart: str
    kind: str
    app: str
    priority: int
    requirement: str
    behaviour: str
    edge: str

    @property
    def paragraph(self) -> str:
        """The paragraph without the number of the row: "9701.342(d)(3)"."""
        return self.id.split("#")[0].split(":")[0].split("-")[0]

    @property
    def section(self) -> str:
        """The section: "9701.342"."""
        return self.id[:8]

    @property
    def term(self) -> str:
        """The defined term of a definition: "day"; empty elsewhere."""
        _, _, term = self.id.partition(":")
        return term


@cache
def requirements() -> dict[str, Requirement]:
    """Every row by its id, in the order of the regulation."""
    with (HERE / "requirements.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Requirement(
                id=row["id"],
                subpart=row["subpart"],
                kind=row["kind"],
                app=row["app"],
                priority=int(row["priority"]),
                requirement=row["requirement"],
                behaviour=row["behaviour"],
                edge=row["edge"],
            )
            for row in csv.DictReader(file)
        }


@cache
def covered() -> frozenset[str]:
    """The ids that are done and proved; the list is only ever added to."""
    lines = (HERE / "covered.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def requirements_under(paragraph: str) -> list[Requirement]:
    """What a paragraph and those under it ask; for one with no row, the nearest one above."""
    asked = paragraph
    while True:
        found = [row for row in requirements().values() if holds(asked, row.paragraph)]
        if found or "(" not in asked:
            return found
        asked = asked[: asked.rindex("(")]


def sections() -> dict[str, list[Requirement]]:
    """The rows of each section, in the order of the regulation."""
    grouped: dict[str, list[Requirement]] = {}
    for row in requirements().values():
        grouped.setdefault(row.section, []).append(row)
    return grouped
