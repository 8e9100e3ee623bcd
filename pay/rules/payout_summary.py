"""Payouts summed up by rating, with nobody to be picked out of a small group (9701.313)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regulation.money import half_up_dollar


@dataclass(frozen=True, slots=True)
class Payment:
    """One member's payout: the level it rests on, whole dollars paid and of them in a lump sum."""

    level: str
    paid: int
    lump_sum: int
    at_maximum: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a group was paid, in whole dollars, the mean rounded half up; None where nobody is."""

    people: int
    total: int
    lump_sums: int
    at_maximum: int
    least: int | None
    most: int | None
    mean: int | None


def summary_of(payments: Sequence[Payment]) -> Summary:
    """The figures of a group."""
    paid = [each.paid for each in payments]
    return Summary(
        people=len(paid),
        total=sum(paid),
        lump_sums=sum(each.lump_sum for each in payments),
        at_maximum=sum(each.at_maximum for each in payments),
        least=min(paid, default=None),
        most=max(paid, default=None),
        mean=half_up_dollar(Fraction(sum(paid), len(paid))) if paid else None,
    )


def summaries_by_level(payments: Iterable[Payment], *, levels: Sequence[str]) -> dict[str, Summary]:
    """The figures of each level, those without a member included."""
    groups: dict[str, list[Payment]] = {level: [] for level in levels}
    for each in payments:
        groups[each.level].append(each)
    return {level: summary_of(group) for level, group in groups.items()}


def withheld(people: dict[str, int], *, smallest: int) -> frozenset[str]:
    """The groups that a summary does not show, so that nobody can be picked out.

    Those of fewer than `smallest` (parameter report.smallest_group), nobody excepted, and where
    what is left out of a total would still be so few, the next larger groups too.
    """
    hidden = {name for name, number in people.items() if 0 < number < smallest}
    shown = sorted((number, name) for name, number in people.items() if number >= smallest)
    while hidden and shown and sum(people[name] for name in hidden) < smallest:
        hidden.add(shown.pop(0)[1])
    return frozenset(hidden)
