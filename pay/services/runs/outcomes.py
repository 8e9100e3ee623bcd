"""What a run makes of one person, and how such outcomes add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    """What can be said of one outcome; a payout may be an increase and a lump sum at once."""

    INCREASE = "increase"
    CUT_AT_MAXIMUM = "cut_at_maximum"
    DENIED = "denied"
    LUMP_SUM = "lump_sum"
    UNCHANGED = "unchanged"
    EXCEPTION = "exception"


MARK_TITLES = {
    Mark.INCREASE: "Increase",
    Mark.CUT_AT_MAXIMUM: "Cut at the maximum",
    Mark.DENIED: "Denied",
    Mark.LUMP_SUM: "Lump sum",
    Mark.UNCHANGED: "Unchanged",
    Mark.EXCEPTION: "Exception",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One person in one run: whole dollars a year before and after, and a lump sum in dollars.

    `group` is the code of the band or pool. An exception has its refusal's code and message, and is
    paid nothing.
    """

    employee_id: int
    group: str
    marks: tuple[Mark, ...]
    before: int | None = None
    after: int | None = None
    adjusted: int | None = None
    lump_sum: int = 0
    #: What the maximum cut off (range adjustments), in dollars a year.
    lost: int = 0
    level: str = ""
    #: Whether a row of the ledger is written.
    posted: bool = False
    code: str = ""
    message: str = ""

    def as_json(self) -> list[Any]:
        """As a chunk writes it down: the fields in order, the marks by name."""
        return [getattr(self, field.name) for field in fields(self)]

    @classmethod
    def from_json(cls, row: Sequence[Any]) -> Outcome:
        """Read back from a chunk."""
        named = dict(zip((field.name for field in fields(cls)), row, strict=True))
        return cls(**{**named, "marks": tuple(Mark(mark) for mark in named["marks"])})

    @property
    def increase(self) -> int:
        """Dollars a year by which basic pay rises."""
        return 0 if self.before is None or self.after is None else self.after - self.before


def count(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """People, marks, dollars of increase and of lump sums, by group."""
    groups: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        into = groups.setdefault(outcome.group, empty_count())
        into["people"] += 1
        for mark in outcome.marks:
            into[mark.value] += 1
        into["posted"] += outcome.posted
        into["as_is"] += not outcome.posted and Mark.EXCEPTION not in outcome.marks
        into["increase_dollars"] += outcome.increase
        into["lump_sum_dollars"] += outcome.lump_sum
        into["lost_dollars"] += outcome.lost
    return groups


def empty_count() -> dict[str, int]:
    """A count of nobody."""
    dollars = ("increase_dollars", "lump_sum_dollars", "lost_dollars")
    return dict.fromkeys(["people", "posted", "as_is", *(mark.value for mark in Mark), *dollars], 0)


def add_counts(counts: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """The counts of several chunks in one."""
    groups: dict[str, dict[str, int]] = {}
    for each in counts:
        for group, figures in each.items():
            into = groups.setdefault(group, empty_count())
            for name, figure in figures.items():
                into[name] += figure
    return groups


def sum_of(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """All groups in one count."""
    total = empty_count()
    for figures in groups.values():
        for name in total:
            total[name] += figures[name]
    return total
