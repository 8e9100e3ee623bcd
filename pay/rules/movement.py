"""Which way a move to another band goes, and the rate of a lateral one (R28)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pay.rules.retention import retained_or_in_range
from regulation.refusals import Refused

RULE = "R28"
VERSION = 1
CITATION = "9701.355"

Direction: TypeAlias = Literal["up", "down", "lateral"]
_DIRECTIONS: dict[str, Direction] = {"up": "up", "down": "down", "lateral": "lateral"}


@dataclass(frozen=True, slots=True)
class MoveResult:
    """Basic pay, in whole dollars, after a lateral move."""

    basic: int
    retained: bool


def direction_of_move(
    *,
    from_band: str,
    to_band: str,
    from_cluster: str,
    to_cluster: str,
    from_rank: int,
    to_rank: int,
    movements: Mapping[tuple[str, str], str],
) -> Direction:
    """Up, down or lateral: by band order in a cluster, by the directive's table between clusters.

    5 CFR 9701.304 (promotion, demotion), 9701.355. Never inferred from dollars. Refused
    `movement_unmapped` for a pair the table lacks.
    """
    if from_cluster == to_cluster:
        if from_rank == to_rank:
            return "lateral"
        return "up" if to_rank > from_rank else "down"
    found = movements.get((from_band, to_band))
    if found is None:
        message = f"No directive says whether {from_band} to {to_band} is up, down or lateral."
        raise Refused("movement_unmapped", CITATION, message)
    if found not in _DIRECTIONS:
        message = f"A movement is up, down or lateral, not {found!r}."
        raise Refused("invalid_parameter", CITATION, message)
    return _DIRECTIONS[found]


def lateral_rate(
    basic: int,
    *,
    minimum: int,
    maximum: int,
    retention_eligible: bool,
    below_minimum_by_denial: bool = False,
) -> MoveResult:
    """Basic pay kept, lifted to the new minimum, and above the new maximum retained or cut to it.

    5 CFR 9701.355, 9701.356(a), 9701.357. No rounding. An employee whose rate a denial left below
    the minimum keeps it, and the case with its own day 90 goes on (9701.325, 9701.357(a)).
    """
    if below_minimum_by_denial and basic < minimum:
        return MoveResult(basic=basic, retained=False)
    kept = retained_or_in_range(
        basic, minimum=minimum, maximum=maximum, eligible=retention_eligible
    )
    return MoveResult(basic=kept.basic, retained=kept.retained)
