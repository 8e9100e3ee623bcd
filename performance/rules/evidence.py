"""When feedback, contributions and interim reviews may be dated (5 CFR 9701.404, .407(b))."""

from __future__ import annotations

from datetime import date

from regulation.refusals import Refused

FEEDBACK = "9701.407(b)"


def check_past(dated: date, *, on: date, citation: str = FEEDBACK) -> None:
    """Refuse what lies ahead: today is the last day. Raises Refused `future_date`."""
    if dated > on:
        raise Refused("future_date", citation, f"{dated.isoformat()} is still to come.")


def check_in_period(
    dated: date, *, period_start: date, period_end: date, citation: str = FEEDBACK
) -> None:
    """Refuse a day outside the appraisal period; its first and last day belong to it.

    5 CFR 9701.404 "Contribution": what is dated outside cannot be cited. Raises Refused
    `outside_period`.
    """
    if not period_start <= dated <= period_end:
        raise Refused(
            "outside_period",
            citation,
            f"{dated.isoformat()} lies outside the appraisal period, {period_start.isoformat()} "
            f"to {period_end.isoformat()}.",
        )


def check_review_day(held_on: date, *, period_start: date, period_end: date, on: date) -> None:
    """Refuse an interim review of the future or outside the period, whose last day counts.

    5 CFR 9701.407(b)#2. Raises Refused `future_date`, `review_outside_period`.
    """
    check_past(held_on, on=on)
    if not period_start <= held_on <= period_end:
        raise Refused(
            "review_outside_period",
            FEEDBACK,
            f"An interim review is held between {period_start.isoformat()} and "
            f"{period_end.isoformat()}; {held_on.isoformat()} is not.",
        )


def check_discussed(*, progress: int, tools_adequate: bool | None, tools_note: str) -> None:
    """Refuse a review that speaks of no expectation, or leaves open whether tools are adequate.

    5 CFR 9701.407(b), .408(a)(1). Where tools are lacking the note says which; nothing else follows
    than a follow-up, because the duty is subject to resources. Raises Refused `record_incomplete`.
    """
    if progress == 0:
        raise Refused(
            "record_incomplete", FEEDBACK, "Say how at least one expectation stands (9701.407(b))."
        )
    if tools_adequate is None:
        raise Refused(
            "record_incomplete",
            "9701.408(a)(1)",
            "Say whether the employee has the tools and technology to do the job (9701.408(a)(1)).",
        )
    if not tools_adequate and not tools_note.strip():
        raise Refused(
            "record_incomplete", "9701.408(a)(1)", "Say which tools or technology are lacking."
        )
