"""Poor performance: what is found, which options are weighed, what is done (5 CFR 9701.408(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from performance.rules.communication import check_accountable
from regulation.refusals import Refused

CONSIDER = "9701.408(b)(1)"
ACT = "9701.408(b)(2)"
#: The options that the rule names; others may be added, none of these left out.
NAMED = (
    "training",
    "improvement_period",
    "reassignment",
    "oral_warning",
    "counseling",
    "reprimand",
    "adverse_action",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option as weighed: suitable, not suitable, or not marked; and what was noted of it."""

    kind: str
    suitable: bool | None = None
    note: str = ""
    title: str = ""


def check_found(
    *,
    expected: Iterable[tuple[date | None, date | None]],
    conduct: bool,
    work_from: date,
    work_to: date,
    determined_on: date,
    period_start: date,
    period_end: date,
    on: date,
) -> None:
    """Refuse a determination of work that could not be expected, or that lies outside the period.

    5 CFR 9701.408(b)(1), .406(b). `expected` holds, for each expectation not met, the day on which
    it was communicated and the day on which it ended: all of the work lies between. Conduct needs
    none. Raises Refused `future_date`, `outside_period`, `invalid_input`, `record_incomplete`,
    `expectation_not_communicated`.
    """
    told = list(expected)
    if determined_on > on:
        raise Refused("future_date", CONSIDER, f"{determined_on.isoformat()} is still to come.")
    if not work_from <= work_to <= determined_on:
        raise Refused(
            "invalid_input",
            CONSIDER,
            "The work begins before it ends, and ends before it is found unacceptable.",
        )
    if work_from < period_start or determined_on > period_end:
        raise Refused(
            "outside_period",
            CONSIDER,
            f"This record is for the appraisal period {period_start.isoformat()} to "
            f"{period_end.isoformat()}.",
        )
    if not told and not conduct:
        raise Refused(
            "record_incomplete", CONSIDER, "Name the expectation that was not met, or conduct."
        )
    for communicated_on, ended_on in told:
        check_accountable(communicated_on=communicated_on, work_dated=work_from)
        if ended_on is not None and work_to >= ended_on:
            raise Refused(
                "invalid_input",
                CONSIDER,
                f"What was expected until {ended_on.isoformat()} cannot be missed later.",
            )


def check_considered(options: Sequence[Option]) -> None:
    """Refuse to go on before every named option is marked, each with a note.

    5 CFR 9701.408(b)(1). An option added to the named ones has a title. An improvement period is
    one option among others, never a condition of the rest. Raises Refused
    `options_not_considered`.
    """
    marked = {option.kind for option in options if option.suitable is not None and option.note}
    if not set(NAMED) <= marked or any(
        option.kind not in NAMED and (option.suitable is None or not option.title)
        for option in options
    ):
        raise Refused(
            "options_not_considered",
            CONSIDER,
            "Mark every option considered before choosing (9701.408(b)(1)).",
        )


def check_chosen(chosen: Iterable[tuple[bool | None, date]], *, determined_on: date) -> None:
    """Refuse no action, one marked as not suitable, or one dated before the determination.

    5 CFR 9701.408(b)(2). Raises Refused `action_not_recorded`, `invalid_input`.
    """
    actions = list(chosen)
    if not actions:
        raise Refused(
            "action_not_recorded", ACT, "Choose at least one action with its date (9701.408(b)(2))."
        )
    if any(not suitable for suitable, _ in actions):
        raise Refused("invalid_input", ACT, "Choose among the options that you marked suitable.")
    if any(day < determined_on for _, day in actions):
        raise Refused(
            "invalid_input", ACT, "An action follows the day on which performance was found poor."
        )


def check_acted(
    *, done: Iterable[date], nature_and_gravity: str, consequences: str, on: date
) -> None:
    """Refuse to call it acted on without nature, gravity, consequences and an action with its date.

    5 CFR 9701.408(b)(2). Raises Refused `action_not_recorded`, `future_date`.
    """
    days = list(done)
    missing = [
        words
        for words, there in (
            ("the nature and gravity of the performance", nature_and_gravity.strip()),
            ("its consequences", consequences.strip()),
            ("an action with the day on which it was done", days),
        )
        if not there
    ]
    if missing:
        raise Refused(
            "action_not_recorded", ACT, f"Still missing: {'; '.join(missing)} (9701.408(b)(2))."
        )
    for day in days:
        if day > on:
            raise Refused("future_date", ACT, f"{day.isoformat()} is still to come.")
