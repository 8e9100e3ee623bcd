"""Nobody is held to an expectation before it is communicated (5 CFR 9701.406(b)#2)."""

from __future__ import annotations

from datetime import date

from regulation.refusals import Refused

CITATION = "9701.406(b)"


def check_accountable(*, communicated_on: date | None, work_dated: date | None) -> None:
    """Refuse work dated on or before the day an expectation was communicated.

    5 CFR 9701.406(b). The employee is accountable from the day after; it need not have been
    written. Where no date of the work is given, communication alone is asked for. Raises Refused
    expectation_not_communicated.
    """
    if communicated_on is None:
        raise Refused(
            "expectation_not_communicated",
            CITATION,
            "This expectation was not communicated. No work can be held against the employee "
            "under it (9701.406(b)).",
        )
    if work_dated is not None and work_dated <= communicated_on:
        raise Refused(
            "expectation_not_communicated",
            CITATION,
            f"This expectation was communicated on {communicated_on.isoformat()}. Work dated "
            f"{work_dated.isoformat()} cannot be held against the employee under it (9701.406(b)).",
        )
