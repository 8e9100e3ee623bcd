"""The rating that occurs most often in a pay pool (R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pay.rules.parameters import require_choice
from regulation.refusals import Refused

RULE = "R13"
VERSION = 1
CITATION = "9701.342(a)(2)"

TIE_CHOICES = ("highest", "lowest", "nearest_fully_successful")
NONE_RATED_CHOICES = ("block", "fully_successful", "parent_pool")


@dataclass(frozen=True, slots=True)
class ModalResult:
    """A modal rating, the votes behind it (best level first) and whether a tie had to be broken."""

    level: str
    counts: Mapping[str, int]
    tied: bool


def modal_rating(
    levels: Iterable[str], *, best_first: Sequence[str], tie: str, none_rated: str
) -> ModalResult:
    """The level held by most of the other members of a pool, one vote a person.

    5 CFR 9701.304 (modal rating), 9701.342(a)(2). `levels` are actual final ratings, never imputed
    ones; `best_first` ends with the fully successful and the unacceptable level. `tie` and
    `none_rated` are parameters modal.tie and modal.no_ratings; with `parent_pool` the caller passes
    the parent's levels when the pool has none. Refused: `no_ratings_in_pool`,
    `level_not_in_system`, `invalid_parameter`.
    """
    require_choice(tie, key="modal.tie", choices=TIE_CHOICES, citation=CITATION)
    require_choice(
        none_rated, key="modal.no_ratings", choices=NONE_RATED_CHOICES, citation=CITATION
    )
    counts = _votes(levels, best_first=best_first)
    most = max(counts.values(), default=0)
    if most == 0:
        if none_rated == "fully_successful":
            return ModalResult(level=best_first[-2], counts=counts, tied=False)
        message = "Nobody in the pay pool has a rating of record, so there is no modal rating."
        raise Refused("no_ratings_in_pool", CITATION, message)
    top = [level for level in best_first if counts[level] == most]
    return ModalResult(
        level=_break_tie(top, best_first=best_first, tie=tie), counts=counts, tied=len(top) > 1
    )


def _votes(levels: Iterable[str], *, best_first: Sequence[str]) -> dict[str, int]:
    counts = dict.fromkeys(best_first, 0)
    for level in levels:
        if level not in counts:
            message = f"{level} is not a level of the pool's rating system."
            raise Refused("level_not_in_system", CITATION, message)
        counts[level] += 1
    return counts


def _break_tie(top: Sequence[str], *, best_first: Sequence[str], tie: str) -> str:
    if tie == "highest":
        return top[0]
    if tie == "lowest":
        return top[-1]
    fully_successful = len(best_first) - 2
    # At equal distance the better level: the protective side, as in 9701.323(b).
    return min(top, key=lambda level: abs(best_first.index(level) - fully_successful))
