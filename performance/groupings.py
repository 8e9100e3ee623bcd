"""Further groups that ratings are looked at by; apps above, such as pay with its pools, add theirs.

5 CFR 9701.409(d): performance knows no pay pool, and looks at the groups that it is handed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

#: For employees on a date: the key and the title of the group of each; those in none are left out.
MembersOf: TypeAlias = Callable[[Sequence[int], date], dict[int, tuple[str, str]]]

_groupings: dict[str, MembersOf] = {}


def register_grouping(kind: str, members: MembersOf) -> None:
    """Make a kind of group known, under the word that reports use for it."""
    _groupings[kind] = members


def groupings() -> dict[str, MembersOf]:
    """Every kind of group that apps have added."""
    return dict(_groupings)
