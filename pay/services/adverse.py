"""What an adverse action must have before it lowers pay (5 CFR 9701.343, 9701.354, 9701.611(d))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.coverage import refuse_uncovered

DELIVERY_CITATION = "9701.611(d)"


@dataclass(frozen=True, slots=True)
class AdverseDecision:
    """A decision under subpart F: a name for it, and the day it was delivered to the employee."""

    reference: str
    delivered_on: date


def refuse_undecided(
    employee: Employee, *, decision: AdverseDecision | None, effective: date, citation: str
) -> AdverseDecision:
    """The decision, if it may lower pay on a date.

    Refused: `not_adverse_action` without one, `not_covered` outside subpart F, `invalid_decision`
    before it was delivered.
    """
    if decision is None or not decision.reference.strip():
        message = "Pay is lowered only by a decision under subpart F; name it."
        raise Refused("not_adverse_action", citation, message)
    refuse_uncovered(employee, subpart="F", on=effective)
    if effective < decision.delivered_on:
        message = f"The decision reached the employee on {decision.delivered_on}; no sooner."
        raise Refused("invalid_decision", DELIVERY_CITATION, message)
    return decision
