"""Whether the Department may proceed with what it coordinates with OPM (R40, 5 CFR 9701.103)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from regulation.days import last_day
from regulation.refusals import Refused

RULE = "R40"
CITATION = "9701.103"

#: 5 CFR 9701.103 "Coordination": OPM has 30 calendar days from the official notice.
SILENCE_DAYS = 30

Answer: TypeAlias = Literal["", "concurred", "held_governmentwide", "responded_other", "resolved"]

#: What the text makes subject to coordination, in the words of our codes.
REQUIRED: dict[str, str] = {
    "coverage": "9701.102(b)",
    "rescission": "9701.102(e)",
    "clusters": "9701.211",
    "bands": "9701.212(a)",
    "qualification_standards": "9701.212(d)",
    "dhs_series": "9701.221(b)(1)",
    "reconsideration": "9701.222(b)",
    "fams_system": "9701.232",
    "student_loans": "9701.303(d)",
    "ranges": "9701.321(a)",
    "range_dates": "9701.322(b)",
    "supplements": "9701.332(a)",
    "locality_areas": "9701.332(b)",
    "special_supplements": "9701.333",
    "supplement_dates": "9701.334(b)",
    "payout_date": "9701.342(d)(4)",
    "starting_pay": "9701.351",
    "retention": "9701.356(a)",
    "initial_ranges": "9701.372(a)",
    "fams_modification": "9701.374",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The official notice and what OPM said to it; `answered` is None while it is silent."""

    given: date
    answer: Answer = ""
    answered: date | None = None


def refuse_incomplete_notice(
    *, staff_consulted: date | None, action: str, intended_effective: date | None, given: date
) -> None:
    """What an official notice must hold (5 CFR 9701.103). Refused record_incomplete.

    Staff-level consultation comes before the notice and does not start the 30 days.
    """
    missing = [
        name
        for name, value in (
            ("the date of the staff-level consultation", staff_consulted),
            ("the proposed action", action.strip()),
            ("the intended effective date", intended_effective),
        )
        if not value
    ]
    if missing:
        raise Refused(
            "record_incomplete", CITATION, f"The notice to OPM lacks {', '.join(missing)}."
        )
    if staff_consulted is not None and staff_consulted > given:
        raise Refused(
            "record_incomplete", CITATION, "Staff are consulted before the official notice."
        )


def first_day_after_silence(given: date) -> date:
    """The day after day 30; the day of the notice is day 0, and nothing rolls (5 CFR 9701.103)."""
    return last_day(given, SILENCE_DAYS + 1)


def may_proceed(notice: Notice, *, on: date) -> bool:
    """Whether the Department may act: OPM concurred, it is resolved, or 30 days were silent."""
    return _hindrance(notice, on=on) is None


def refuse_uncoordinated(notice: Notice | None, *, subject: str, on: date) -> None:
    """Refused coordination_required, coordination_pending or coordination_hold (5 CFR 9701.103).

    `subject` is a key of `REQUIRED`; for anything else the text asks for no coordination.
    """
    citation = REQUIRED.get(subject)
    if citation is None:
        return
    if notice is None:
        raise Refused(
            "coordination_required", citation, "This needs coordination with OPM first: no notice."
        )
    hindrance = _hindrance(notice, on=on)
    if hindrance is not None:
        code, message = hindrance
        raise Refused(code, citation, message)


def _hindrance(notice: Notice, *, on: date) -> tuple[str, str] | None:
    answered = notice.answered is not None and notice.answered <= on
    if answered and notice.answer in ("concurred", "resolved"):
        return None
    if answered and notice.answer == "held_governmentwide":
        message = "OPM sees Governmentwide consequences: held until that is resolved."
        return "coordination_hold", message
    if answered and notice.answer == "responded_other":
        message = "OPM answered without concurring: wait until it concurs or this is resolved."
        return "coordination_pending", message
    clear = first_day_after_silence(notice.given)
    if on >= clear:
        return None
    return (
        "coordination_pending",
        f"OPM may answer until day 30; without an answer, act on {clear}.",
    )
