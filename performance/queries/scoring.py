"""The Department's scoring policy on a date, as the rules want it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.parameters import PARAMETERS
from governance.queries.policy import Policy, policy_on
from performance.models import Cycle, RatingLevel
from performance.rules.summary_score import ScoringPolicy
from regulation.refusals import Refused

#: What the score rests on; a page says so where no published source gives the value.
SCORING_KEYS = ("points", "cutoffs", "goal_share", "competency_share")


def rating_policy(cycle: Cycle, *, on: date) -> Policy:
    """The parameters for a period's ratings: those in force by its last day, or today before it.

    A value that takes effect after the period is for the next one (5 CFR 9701.404). The scoring of
    a period is that of its first day (`scoring_of`).
    """
    return policy_on(min(on, cycle.ends))


def scoring_of(cycle: Cycle, *, policy: Policy) -> Policy:
    """The policy whose scoring holds for a period: that of its first day.

    5 CFR 9701.405(b)(5), 9701.406(b): a change of the scoring applies from the next period. Where
    no directive carried any on the first day, `policy`, that of the period, does.
    """
    first = policy_on(cycle.starts)
    try:
        first.require(*SCORING_KEYS)
    except Refused:
        return policy
    return first


def scoring_policy(policy: Policy, levels: Iterable[RatingLevel]) -> ScoringPolicy:
    """Points, cutoffs and shares. Raises Refused parameter_missing."""
    known = list(levels)
    return ScoringPolicy(
        points={code: Fraction(str(value)) for code, value in policy["points"].items()},
        cutoffs={code: Decimal(str(value)) for code, value in policy["cutoffs"].items()},
        goal_share=policy["goal_share"],
        competency_share=policy["competency_share"],
        unacceptable=next(level.code for level in known if level.unacceptable),
        fully_successful=next(level.code for level in known if level.fully_successful),
        two_levels=len(known) == 2,
    )


def is_illustrative() -> bool:
    """Whether any of the values behind a score is without a published source of this directive."""
    return any(not PARAMETERS[key].verified for key in SCORING_KEYS)
