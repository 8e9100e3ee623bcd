"""When a rating may be issued, and that it is final then (5 CFR 9701.409(b)#1, (c)#2)."""

from __future__ import annotations

from datetime import date, timedelta

from regulation.refusals import Refused


def check_period_complete(*, period_end: date, on: date) -> None:
    """Refuse to issue an annual rating on or before the period's last day: period_not_complete."""
    if on <= period_end:
        raise Refused(
            "period_not_complete",
            "9701.409(b)",
            f"The appraisal period ends {period_end.isoformat()}. The rating can be issued from "
            f"{(period_end + timedelta(days=1)).isoformat()} (9701.409(b)).",
        )


def check_signatures(*, rater_signed: bool, reviewer_signed: bool) -> None:
    """Refuse to issue a rating that the rating or reviewing official has not signed.

    5 CFR 9701.409(c). The employee's signature is not among those needed. Raises Refused
    signatures_incomplete.
    """
    signatures = {
        "signature of the rating official": rater_signed,
        "signature of the reviewing official": reviewer_signed,
    }
    missing = [name for name, signed in signatures.items() if not signed]
    if missing:
        raise Refused(
            "signatures_incomplete",
            "9701.409(c)",
            f"Missing: {', '.join(missing)}. A rating is final only with all reviews and "
            "signatures (9701.409(c)).",
        )


def refuse_final(issued_on: date | None) -> None:
    """Refuse to change a rating that was issued: rating_final (5 CFR 9701.409(c))."""
    if issued_on is not None:
        raise Refused(
            "rating_final", "9701.409(c)", f"Issued {issued_on.isoformat()}; it cannot be edited."
        )
