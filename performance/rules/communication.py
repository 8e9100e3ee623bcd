"""Nobody is held to an expectation before it is communicated (5 CFR 9701.406(b)#2, (d))."""

from __future__ import annotations

from datetime import date, time

from regulation.refusals import Refused

CITATION = "9701.406(b)"
METHODS = ("oral", "written", "posted")


def check_involved(*, involvement: str, note: str) -> None:
    """Refuse to communicate a plan before the employee's involvement is on record.

    5 CFR 9701.406(d): insofar as practicable; an employee who was invited and said nothing was
    involved. Raises Refused `involvement_not_recorded`.
    """
    if not involvement or (involvement == "not_practicable" and not note.strip()):
        raise Refused(
            "involvement_not_recorded",
            "9701.406(d)",
            "Record the meeting or the invitation to give input, or why it was not practicable.",
        )


def check_told(*, told_on: date, how: str, on: date) -> None:
    """Refuse a communication of the future or without its method.

    5 CFR 9701.406(b): oral, written or posted. Raises Refused `future_date`, `invalid_input`.
    """
    if told_on > on:
        raise Refused("future_date", CITATION, f"{told_on.isoformat()} is still to come.")
    if how not in METHODS:
        raise Refused("invalid_input", CITATION, "Say whether it was oral, written or posted.")


def is_accountable(
    *,
    communicated_on: date | None,
    work_dated: date,
    communicated_at: time | None = None,
    work_at: time | None = None,
    ended_on: date | None = None,
) -> bool:
    """Whether work of a date can be held against the employee under an expectation.

    5 CFR 9701.406(b)#2. From the day after the communication; on the day itself only where both
    times are on record and prove the order; not from the day on which it was replaced or withdrawn.
    """
    if communicated_on is None or (ended_on is not None and work_dated >= ended_on):
        return False
    if work_dated == communicated_on:
        return communicated_at is not None and work_at is not None and communicated_at < work_at
    return work_dated > communicated_on


def check_accountable(
    *, communicated_on: date | None, work_dated: date | None, ended_on: date | None = None
) -> None:
    """Refuse work dated on or before the day of communication, or once it was expected no longer.

    5 CFR 9701.406(b). The employee is accountable from the day after, and until the day before the
    expectation was replaced or withdrawn; it need not have been written. Where no date of the work
    is given, communication alone is asked for. Raises Refused `expectation_not_communicated`.
    """
    if communicated_on is None:
        raise Refused(
            "expectation_not_communicated",
            CITATION,
            "This expectation was not communicated. No work can be held against the employee "
            "under it (9701.406(b)).",
        )
    if work_dated is not None and ended_on is not None and work_dated >= ended_on:
        raise Refused(
            "expectation_not_communicated",
            CITATION,
            f"This expectation ended on {ended_on.isoformat()}. Work dated "
            f"{work_dated.isoformat()} cannot be held against the employee under it (9701.406(b)).",
        )
    if work_dated is not None and not is_accountable(
        communicated_on=communicated_on, work_dated=work_dated
    ):
        raise Refused(
            "expectation_not_communicated",
            CITATION,
            f"This expectation was communicated on {communicated_on.isoformat()}. Work dated "
            f"{work_dated.isoformat()} cannot be held against the employee under it (9701.406(b)).",
        )
