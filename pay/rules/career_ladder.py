"""Increases equal to the promotions of a former career ladder, until a plan is set (R35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R35"
VERSION = 1
CITATION = "9701.373(f)"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A promotion of the former ladder: its day, and the rates before and after it, in dollars."""

    on: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LadderResult:
    """Basic pay, in whole dollars, after an equivalent; `lost` is what the maximum cut off."""

    basic: int
    lost: int


def equivalents_still_due(
    ladder: Iterable[LadderStep], *, plan_effective: date | None
) -> list[LadderStep]:
    """The ladder's promotions before a progression plan takes effect; on its own day it governs."""
    return [step for step in ladder if plan_effective is None or step.on < plan_effective]


def ladder_equivalent(
    basic: int,
    *,
    step: LadderStep,
    maximum: int,
    plan_effective: date | None,
    eligible: bool,
    unacceptable: bool,
) -> LadderResult:
    """Basic pay raised in the proportion of the promotion that the ladder had on that day.

    5 CFR 9701.373(f), 9701.357(b). Half up; not above the maximum; not the 8 percent of a
    promotion, for the band stays. `eligible`: what the ladder required is met. Refused:
    `not_eligible` once a progression plan is in force, without eligibility or on an unacceptable
    rating; `invalid_input` for a ladder that does not rise.
    """
    if not 0 < step.before < step.after:
        message = f"A ladder's promotion rises from above zero, not {step.before} to {step.after}."
        raise Refused("invalid_input", CITATION, message)
    if not equivalents_still_due([step], plan_effective=plan_effective):
        message = f"From {plan_effective} the progression plan governs."
        raise Refused("not_eligible", CITATION, message)
    if unacceptable or not eligible:
        message = "What the career ladder required for this promotion is not met."
        raise Refused("not_eligible", CITATION, message)
    raised = half_up_dollar(Fraction(basic * step.after, step.before))
    new = min(raised, max(basic, maximum))
    return LadderResult(basic=new, lost=raised - new)
