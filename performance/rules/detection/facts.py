"""What the detectors look at, and what they say (5 CFR 9701.409(d))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

#: Groups of fewer ratings are not looked at.
LEAST_GROUP = 10


class Detector(StrEnum):
    """The patterns looked for; the names are kept in reports."""

    ROUND_SHARE = "round_share"
    REPEAT = "repeat"
    REVIEW_SHIFT = "review_shift"
    LATE_SHIFT = "late_shift"
    UNDER_DISPERSION = "under_dispersion"
    SAME_TEXT = "same_text"
    BULK_CHANGE = "bulk_change"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a level by a reviewing official."""

    on: date
    at: datetime
    by: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One issued rating. Ranks: 1 is the best; `sent_rank` is what the rating official sent."""

    rating: int
    supervisor: int | None
    reviewer: int | None
    level: str
    rank: int
    sent_rank: int
    text: str = ""
    #: The employee's names, which a copied text changes.
    names: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


GroupKey: TypeAlias = tuple[str, str]
Figures: TypeAlias = dict[str, int | float | str]
SUPERVISOR, REVIEWER = "supervisor", "reviewer"


@dataclass(frozen=True, slots=True)
class Group:
    """The ratings of a supervisor, a reviewing official, an organization or a pay pool."""

    kind: str
    key: str
    facts: Sequence[Fact]

    @property
    def name(self) -> GroupKey:
        """What it is known by from period to period."""
        return self.kind, self.key

    def by_supervisor(self) -> list[list[Fact]]:
        """Its ratings supervisor by supervisor; those without one are left out."""
        found: dict[int, list[Fact]] = {}
        for fact in self.facts:
            if fact.supervisor is not None:
                found.setdefault(fact.supervisor, []).append(fact)
        return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class Flag:
    """A pattern in a group. It informs; it blocks, changes and delays nothing."""

    detector: Detector
    kind: str
    key: str
    #: Numbers for the sentence that a page makes of it.
    figures: Figures
    #: Ratings it rests on; empty for all of the group.
    ratings: tuple[int, ...] = field(default=())


def counts_of(facts: Iterable[Fact]) -> dict[str, int]:
    """How many at each level that anybody has."""
    return dict(Counter(fact.level for fact in facts))
