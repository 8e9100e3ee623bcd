"""Teams whose ratings are spread more alike than chance would have it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from performance.rules.detection.chi_square import lower_tail
from performance.rules.detection.facts import (
    LEAST_GROUP,
    SUPERVISOR,
    Detector,
    Fact,
    Figures,
    Flag,
    Group,
)

#: Chance below which teams are more alike than they should be.
UNLIKELY = 0.05
#: Neighbouring levels are taken together until chance would put so many of each into every team.
LEAST_EXPECTED = Fraction(5, 2)
#: With fewer degrees of freedom, equal shares are not rare enough for the distribution to hold.
LEAST_DEGREES = 2


def under_dispersion(group: Group, *, ranks: Sequence[int]) -> list[Flag]:
    """Shares of levels across teams of enough people, more alike than in 1 of 20 honest cases.

    Pearson's statistic of the table of teams by levels, times (N - 1) / N as is exact for its mean,
    in the lower tail of chi-square. `ranks` are those of the system, the best first. Nothing is
    said where everybody is at one level, or where people are too few.
    """
    if group.kind == SUPERVISOR:
        return []
    teams = [team for team in group.by_supervisor() if len(team) >= LEAST_GROUP]
    columns = _columns(teams, ranks=ranks)
    degrees = (len(teams) - 1) * (len(columns) - 1)
    if degrees < LEAST_DEGREES:
        return []
    statistic = _statistic(teams, columns)
    chance = lower_tail(float(statistic), degrees=degrees)
    if chance >= UNLIKELY:
        return []
    figures: Figures = {
        "teams": len(teams),
        "people": sum(map(len, teams)),
        "statistic": round(float(statistic), 2),
        "degrees": degrees,
        "chance": round(chance, 4),
    }
    return [Flag(Detector.UNDER_DISPERSION, group.kind, group.key, figures)]


def _columns(teams: Sequence[Sequence[Fact]], *, ranks: Sequence[int]) -> list[list[int]]:
    """How many each team has at each level, neighbours taken together where they are few."""
    number = sum(map(len, teams))
    least = min(map(len, teams), default=0)
    columns: list[list[int]] = []
    open_column: list[int] = []
    for rank in ranks:
        people = [sum(fact.rank == rank for fact in team) for team in teams]
        open_column = [a + b for a, b in zip(open_column or [0] * len(teams), people, strict=True)]
        if number and Fraction(least * sum(open_column), number) >= LEAST_EXPECTED:
            columns.append(open_column)
            open_column = []
    if columns and open_column:
        columns[-1] = [a + b for a, b in zip(columns[-1], open_column, strict=True)]
    return columns


def _statistic(teams: Sequence[Sequence[Fact]], columns: Sequence[Sequence[int]]) -> Fraction:
    number = sum(map(len, teams))
    squares = sum(
        Fraction(people * people, len(team) * sum(column))
        for column in columns
        for people, team in zip(column, teams, strict=True)
    )
    return (number * squares - number) * Fraction(number - 1, number)
