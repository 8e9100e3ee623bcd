"""What a run makes of one person, and how such outcomes add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Mark(StrEnum):
    """What can be said of one outcome; a payout may be an increase and a lump sum at once."""

    INCREASE = "increase"
    CUT_AT_MAXIMUM = "cut_at_maximum"
    DENIED = "denied"
    LUMP_SUM = "lump_sum"
    UNCHANGED = "unchanged"
    CONVERTED = "converted"
    RETAINED = "retained"
    RAISED_TO_MINIMUM = "raised_to_minimum"
    REDUCED = "reduced"
    BELOW_MINIMUM = "below_minimum"
    STILL_FROZEN = "still_frozen"
    AT_CAP = "at_cap"
    EXCEPTION = "exception"


MARK_TITLES = {
    Mark.INCREASE: "Increase",
    Mark.CUT_AT_MAXIMUM: "Cut at the maximum",
    Mark.DENIED: "Denied",
    Mark.LUMP_SUM: "Lump sum",
    Mark.UNCHANGED: "Unchanged",
    Mark.CONVERTED: "Converted",
    Mark.RETAINED: "Above the range, retained",
    Mark.RAISED_TO_MINIMUM: "Raised to the minimum",
    Mark.REDUCED: "Reduced",
    Mark.BELOW_MINIMUM: "Below the minimum",
    Mark.STILL_FROZEN: "Partly frozen",
    Mark.AT_CAP: "At the cap",
    Mark.EXCEPTION: "Exception",
}


class Outcome(NamedTuple):
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
    #: Conversions: the total of the former system that is protected, and the buy-in in it.
    former_total: int | None = None
    buy_in: int = 0
    #: Supplement adjustments: the adjusted rate until then, and the percentages as text.
    adjusted_before: int | None = None
    percent_before: str = ""
    percent: str = ""

    def as_json(self) -> list[Any]:
        """As a chunk writes it down: the fields in order, the marks by name."""
        return list(self)

    @classmethod
    def from_json(cls, row: Sequence[Any]) -> Outcome:
        """Read back from a chunk; one written before a field was added has that field's default."""
        named = dict(zip(cls._fields, row, strict=False))
        return cls(**{**named, "marks": tuple(Mark(mark) for mark in named["marks"])})

    @property
    def increase(self) -> int:
        """Dollars a year by which basic pay rises."""
        return 0 if self.before is None or self.after is None else self.after - self.before

    @property
    def adjusted_rise(self) -> int:
        """Dollars a year by which the adjusted rate rises, less than 0 where it falls."""
        if self.adjusted is None or self.adjusted_before is None:
            return 0
        return self.adjusted - self.adjusted_before


def count(outcomes: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """People, marks, dollars of increase and of lump sums, by group."""
    groups: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        into = groups.get(outcome.group)
        if into is None:
            into = groups[outcome.group] = empty_count()
        into["people"] += 1
        for mark in outcome.marks:
            into[mark] += 1
        into["posted"] += outcome.posted
        into["as_is"] += not outcome.posted and Mark.EXCEPTION not in outcome.marks
        into["increase_dollars"] += outcome.increase
        into["lump_sum_dollars"] += outcome.lump_sum
        into["lost_dollars"] += outcome.lost
        into["adjusted_rise_dollars"] += outcome.adjusted_rise
        if outcome.former_total is not None:
            into["former_dollars"] += outcome.former_total
            into["adjusted_dollars"] += outcome.adjusted or 0
            into["buy_in_dollars"] += outcome.buy_in
    return groups


#: What is added up in dollars; the last three of conversions alone.
DOLLARS = (
    "increase_dollars",
    "lump_sum_dollars",
    "lost_dollars",
    "adjusted_rise_dollars",
    "former_dollars",
    "adjusted_dollars",
    "buy_in_dollars",
)


def empty_count() -> dict[str, int]:
    """A count of nobody."""
    return dict.fromkeys(["people", "posted", "as_is", *(mark.value for mark in Mark), *DOLLARS], 0)


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
