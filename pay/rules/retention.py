"""Pay retention: when a former rate is kept, in the range or above it (R29)."""

from __future__ import annotations

from dataclasses import dataclass

RULE = "R29"
VERSION = 1
CITATION = "9701.356"


@dataclass(frozen=True, slots=True)
class RetentionResult:
    """Basic pay, in whole dollars, after a move that might have reduced it."""

    basic: int
    retained: bool


def retained_or_in_range(
    former: int, *, minimum: int, maximum: int, eligible: bool
) -> RetentionResult:
    """The rate immediately before the action, kept in the range or as a retained rate above it.

    5 CFR 9701.356(a), (b), 9701.357. Compared with the basic range only. Without eligibility a rate
    above the maximum is cut to it. No rounding.
    """
    if former <= maximum:
        return RetentionResult(basic=max(former, minimum), retained=False)
    if eligible:
        return RetentionResult(basic=former, retained=True)
    return RetentionResult(basic=maximum, retained=False)


def retention_continues(rate: int, *, maximum: int) -> bool:
    """Whether a retained rate is still above the range; at the maximum it has ended (356(b))."""
    return rate > maximum
