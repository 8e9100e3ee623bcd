"""Which patterns of summary levels a system may have (5 CFR 9701.409(a))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class LevelShape:
    """One summary level, as the pattern check sees it."""

    code: str
    title: str = ""
    unacceptable: bool = False
    fully_successful: bool = False


def check_levels(
    levels: Sequence[LevelShape],
    *,
    only_entry_developmental: bool = False,
    determination: str = "",
) -> None:
    """Refuse a pattern of levels, given best first, that 5 CFR 9701.409(a) does not allow.

    (a)(1): one unacceptable level, one fully successful level right above it, one or more above.
    (a)(2): two levels where every covered band is Entry/Developmental. (a)(3): two levels
    elsewhere on a `determination` (its reference) of the Secretary or designee.
    Raises Refused levels_invalid or two_level_needs_determination.
    """
    marks = [(level.unacceptable, level.fully_successful) for level in levels]
    if (
        len(marks) < 2
        or marks[-1] != (True, False)
        or marks[-2] != (False, True)
        or any(mark != (False, False) for mark in marks[:-2])
    ):
        raise Refused(
            "levels_invalid",
            "9701.409(a)",
            "A system needs one unacceptable level, one fully successful level, one or more above, "
            "none between (9701.409(a)).",
        )
    if len(marks) == 2 and not only_entry_developmental and not determination.strip():
        raise Refused(
            "two_level_needs_determination",
            "9701.409(a)(3)",
            "Two levels outside Entry/Developmental need the Secretary or designee's determination "
            "(9701.409(a)(3)).",
        )
