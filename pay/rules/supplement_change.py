"""What an adjustment of a published supplement does to the one an employee is paid (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

RULE = "R11"
VERSION = 1
CITATION = "9701.335(a)"
DENIED_CITATION = "9701.335(c)"
CUT_CITATION = "9701.334(a)"

Outcome: TypeAlias = Literal["increased", "denied", "reduced", "unchanged"]


@dataclass(frozen=True, slots=True)
class SupplementChange:
    """The percentage paid after an adjustment (12.5 is 12.5 %), and what happened to it."""

    supplement_percent: Decimal
    outcome: Outcome


def adjust_supplement(
    paid: Decimal, *, old: Decimal, new: Decimal, denied: bool, denial_open: bool
) -> SupplementChange:
    """The supplement paid, in percent of basic pay, when the published one changes.

    5 CFR 9701.335(a)-(c), 9701.334(a). A rise gives the published one where the gate passes, or
    only its own points while an older denial is open; a denial freezes what is paid. A cut lowers
    everyone to the published percentage. Basic pay is never touched. No rounding. The first special
    supplement counts as a rise from the supplement paid the day before.
    """
    if new > old:
        if denied:
            return SupplementChange(supplement_percent=paid, outcome="denied")
        risen = min(paid + (new - old), new) if denial_open else new
        return SupplementChange(
            supplement_percent=risen, outcome="increased" if risen > paid else "unchanged"
        )
    lowered = min(paid, new) if new < old else paid
    return SupplementChange(
        supplement_percent=lowered, outcome="reduced" if lowered < paid else "unchanged"
    )
