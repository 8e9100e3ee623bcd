"""At least one interim performance review in each appraisal period (5 CFR 9701.407(b)#2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from regulation.refusals import Refused

CITATION = "9701.407(b)"


def check_interim_review(
    held: Iterable[date], *, period_start: date, period_end: date, exception: str = ""
) -> None:
    """Refuse an annual rating without a review held inside the period, last day included.

    5 CFR 9701.407(b). `exception` is the reason for which HR let it go. Raises Refused
    interim_review_missing.
    """
    if exception.strip() or any(period_start <= on <= period_end for on in held):
        return
    raise Refused(
        "interim_review_missing",
        CITATION,
        f"No interim review between {period_start.isoformat()} and {period_end.isoformat()}. "
        "Hold one, or ask HR to record an exception (9701.407(b)).",
    )
