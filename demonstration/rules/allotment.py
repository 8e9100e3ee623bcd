"""Drawing that keeps shares: apportionment and systematic sampling."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from random import Random
from typing import TypeAlias, TypeVar

Item = TypeVar("Item")
Weight: TypeAlias = int | Decimal | Fraction


def apportion(total: int, *, weights: Sequence[Weight]) -> list[int]:
    """Divides `total` by largest remainder; each part is within one of its exact share."""
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if not whole:
        raise ValueError("nothing to apportion by: every weight is zero")
    shares = [total * weight / whole for weight in exact]
    parts = [int(share) for share in shares]
    by_remainder = sorted(
        range(len(parts)), key=lambda place: (parts[place] - shares[place], place)
    )
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def draw_systematically(
    items: Sequence[Item], *, weights: Sequence[int], total: int, rng: Random
) -> list[Item]:
    """Draws `total` items in order, one an equal interval of the weights laid end to end.

    Any run of neighbours is drawn within one of its exact share, whatever the seed.
    """
    ends = list(accumulate(weights))
    if not ends or not ends[-1]:
        raise ValueError("nothing to draw from: every weight is zero")
    offset = Fraction(rng.randrange(1 << 30), 1 << 30)
    return [
        items[bisect_right(ends, int((place + offset) * ends[-1] / total))]
        for place in range(total)
    ]


def choose_by_weight(weights: Sequence[float], *, count: int, rng: Random) -> set[int]:
    """Chooses `count` distinct places, each the likelier the greater its weight.

    A place of weight zero is never chosen; fewer are chosen where fewer have weight.
    """
    keys = sorted(
        ((rng.random() ** (1 / weight), place) for place, weight in enumerate(weights) if weight),
        reverse=True,
    )
    return {place for _, place in keys[:count]}


def spread(total: int, *, marked: int, rng: Random) -> set[int]:
    """Places for `marked` of `total`, at even distances from a random start."""
    offset = rng.random()
    return {int((place + offset) * total / marked) for place in range(marked)}


def split(total: int, *, parts: int) -> list[int]:
    """Divides `total` into parts that differ by at most one."""
    least, over = divmod(total, parts)
    return [least + (place < over) for place in range(parts)]
