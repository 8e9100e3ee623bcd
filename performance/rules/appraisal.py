"""An additional appraisal, which is never a rating of record (5 CFR 9701.409(h))."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from performance.rules.minimum_period import Served
from regulation.refusals import Refused

CITATION = "9701.409(h)"
#: On the page and on paper.
NOT_A_RATING = "This is not a rating of record (5 CFR 9701.409(h))."


def check_purpose(purpose: str, *, listed: Collection[str]) -> None:
    """Refuse a purpose that the system does not list: purpose_not_listed."""
    if purpose not in listed:
        raise Refused(
            "purpose_not_listed",
            CITATION,
            "The performance system lists no appraisal for this purpose (9701.409(h)).",
        )


def check_served(served: Served) -> None:
    """Refuse before the employee completed the system's minimum period: min_period_not_met.

    5 CFR 9701.409(h), 9701.404. It is the employee's own period, whoever supervised; a detail of
    60 days may be appraised once 90 days are served.
    """
    if served.enough:
        return
    when = (
        f"It can be prepared from {served.can_rate_from.isoformat()}"
        if served.can_rate_from is not None
        else "It cannot be prepared in this period"
    )
    raise Refused(
        "min_period_not_met",
        CITATION,
        f"{served.days} of {served.minimum} days served under communicated expectations. {when}; "
        "leave feedback instead (9701.404, .409(h)).",
    )


def check_time(
    *, covers_from: date, covers_to: date, period_start: date, period_end: date, on: date
) -> None:
    """Refuse a time that is still to come, turned round or outside the period.

    Raises Refused invalid_range, future_date, outside_period.
    """
    if covers_to < covers_from:
        raise Refused("invalid_range", CITATION, "The time appraised ends before it begins.")
    if covers_to > on:
        raise Refused("future_date", CITATION, f"{covers_to.isoformat()} is still to come.")
    if covers_from < period_start or covers_to > period_end:
        raise Refused(
            "outside_period",
            CITATION,
            f"The time appraised lies in the appraisal period, {period_start.isoformat()} to "
            f"{period_end.isoformat()}.",
        )


def refuse_as_rating(document: str) -> Refused:
    """The refusal of an appraisal where a rating of record is asked for: not_a_rating_of_record."""
    return Refused(
        "not_a_rating_of_record",
        CITATION,
        f"Document {document} is an appraisal under 9701.409(h) and cannot be used for this "
        "purpose.",
    )
