"""What the parts of a rating add up to: the level proposed, never the level decided.

5 CFR 9701.409(c) asks for an assessment, not a formula; the rating official confirms or differs
with a reason. Points, cutoffs and shares are the Department's parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from regulation.money import half_up_cent
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal's percent of the goals' share, and its level; None where it was not assessed.

    A goal that stood for a part of the time only has that part of its weight.
    """

    weight: int | Fraction
    level: str | None


@dataclass(frozen=True, slots=True)
class ScoringPolicy:
    """Points of each level, least score of each summary level, shares in percent."""

    points: Mapping[str, Fraction]
    cutoffs: Mapping[str, Decimal]
    goal_share: int
    competency_share: int
    unacceptable: str
    fully_successful: str
    #: Two levels only: nothing to weigh, so no points are needed (5 CFR 9701.409(a)(2), (3)).
    two_levels: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The two means and their sum, two decimals half up, with the level they propose.

    `decided_by_failure` tells that one expectation was not met, so that the sum decides nothing.
    """

    goals: Decimal | None
    competencies: Decimal | None
    total: Decimal | None
    goal_share: int
    competency_share: int
    level: str | None
    decided_by_failure: bool


def score(
    goals: Sequence[GoalResult],
    competencies: Sequence[str | None],
    policy: ScoringPolicy,
    *,
    times: Sequence[Fraction] | None = None,
) -> Score:
    """Weigh goals and average competencies; the sum is rounded once, two decimals, half up.

    5 CFR 9701.404 "Unacceptable performance", 9701.409(c)#1. Parts not assessed are left out and
    the weights of the others stand in proportion; where one kind of part is absent the other has
    the whole share. One unacceptable part makes the proposed level unacceptable, whatever the sum.
    Without any assessed part there is no score and no proposal. `times` is the part of the time for
    which each competency stood, 1 for all of it where it is left out. In a system of two levels
    there is no score: expectations are met or not.
    """
    if policy.two_levels:
        return _met_or_not([*(goal.level for goal in goals), *competencies], policy)
    weighed = [(goal.weight, policy.points[goal.level]) for goal in goals if goal.level]
    averaged = [
        (time, policy.points[level])
        for time, level in zip(
            times or [Fraction(1)] * len(competencies), competencies, strict=True
        )
        if level
    ]
    goal_mean = _weighted_mean(weighed)
    competency_mean = _weighted_mean(averaged)
    shares = _shares(policy, goals=goal_mean is not None, competencies=competency_mean is not None)
    failed = policy.unacceptable in {*(goal.level for goal in goals), *competencies}
    total = None
    if goal_mean is not None or competency_mean is not None:
        total = half_up_cent(
            (shares[0] * (goal_mean or 0) + shares[1] * (competency_mean or 0)) / 100
        )
    return Score(
        goals=None if goal_mean is None else half_up_cent(goal_mean),
        competencies=None if competency_mean is None else half_up_cent(competency_mean),
        total=total,
        goal_share=int(shares[0]),
        competency_share=int(shares[1]),
        level=policy.unacceptable if failed else _level_at(total, policy),
        decided_by_failure=failed,
    )


def _met_or_not(levels: Sequence[str | None], policy: ScoringPolicy) -> Score:
    failed = policy.unacceptable in levels
    met = policy.fully_successful if any(levels) else None
    return Score(
        goals=None,
        competencies=None,
        total=None,
        goal_share=policy.goal_share,
        competency_share=policy.competency_share,
        level=policy.unacceptable if failed else met,
        decided_by_failure=failed,
    )


def check_weights(weights: Sequence[int | None]) -> None:
    """Refuse goals whose weights are not 100 percent in all: weights_not_100."""
    total = sum(weight or 0 for weight in weights)
    if weights and total != 100:
        raise Refused(
            "weights_not_100", "", f"The goals' weights add up to {total}; they must total 100."
        )


def _weighted_mean(weighed: Sequence[tuple[int | Fraction, Fraction]]) -> Fraction | None:
    whole = sum(weight for weight, _ in weighed)
    if not whole:
        return None
    return Fraction(sum(weight * points for weight, points in weighed)) / whole


def _shares(policy: ScoringPolicy, *, goals: bool, competencies: bool) -> tuple[Fraction, Fraction]:
    if goals and competencies:
        return Fraction(policy.goal_share), Fraction(policy.competency_share)
    return (Fraction(100), Fraction(0)) if goals else (Fraction(0), Fraction(100))


def _level_at(total: Decimal | None, policy: ScoringPolicy) -> str | None:
    if total is None:
        return None
    reached = [(least, level) for level, least in policy.cutoffs.items() if total >= least]
    return max(reached)[1] if reached else policy.fully_successful
