"""What a denied increase says of itself on its pages: sentences, each with its paragraph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pay.deadlines import NinetyDays, ninety_days
from pay.models import DenialState, DeniedIncrease

#: Tags of the states that ask for attention or are done.
_TAGS = {DenialState.OPEN: "maxhr-tag--soon", DenialState.RELEASED: "maxhr-tag--done"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and its paragraph; `strong` is said with weight, `name` can be linked to."""

    text: str
    citation: str
    strong: str = ""
    name: str = ""


def tag_of(case: DeniedIncrease) -> str:
    """The class of the tag that shows a case's state."""
    return _TAGS.get(DenialState(str(case.state)), "")


def what_follows(case: DeniedIncrease, *, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    """What comes next in a case as it stands (5 CFR 9701.324, .325, .336, .337)."""
    return _WORDS[DenialState(str(case.state))](case, clock_runs, default_from)


def ways_left(
    case: DeniedIncrease, *, default_to: int | None, default_from: date | None
) -> tuple[Line, ...]:
    """What can happen to a pending case beside a new rating; `name` says the way.

    5 CFR 9701.324, .325, .336, .337. `default_to` is the minimum of basic pay in whole dollars.
    """
    words = ninety_days(case.kind)
    if case.state == DenialState.ACTION_INITIATED:
        delivered = f"on {_day(case.initiated_on)}" if case.initiated_on else "in time"
        text = (
            f"It was delivered {delivered}, so the 90 days no longer run; its decision says what "
            "becomes of pay."
        )
        return (Line(text, words.initiated, name="A proposal to demote or remove was delivered"),)
    if case.state == DenialState.NEEDS_DECISION:
        text = "The action ended neither in demotion nor in removal. HR must decide what follows."
        return (Line(text, words.citation, name="The proposal ended in neither"),)
    if not case.below_minimum:
        text = "The increase stays withheld; there is no time limit."
        return (Line(text, words.released, name="Nothing happens"),)
    stops = "The clock stops, and the decision on the proposal says what becomes of pay."
    return (
        Line(stops, words.initiated, name="A demotion or removal is proposed by day 90"),
        Line(
            "Nobody can waive that.",
            words.default,
            strong=_default_in_words(words, default_to=default_to, default_from=default_from),
            name="Neither happens",
        ),
    )


def _default_in_words(
    words: NinetyDays, *, default_to: int | None, default_from: date | None
) -> str:
    if default_from is None:
        return ""
    if default_to is not None:
        return f"Basic pay becomes the minimum, ${default_to:,}, from {_day(default_from)}."
    return f"The {words.due} is paid from {_day(default_from)}, and basic pay stays."


def _open(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    words = ninety_days(case.kind)
    if not case.below_minimum or case.due_on is None:
        text = (
            "A new rating above unacceptable releases it from the first pay period on or after its "
            "issue. There is no time limit."
        )
        return (Line(text, words.released),)
    starts = _day(default_from)
    if not clock_runs:
        text = f"Day 90 has passed. The {words.due} is due from {starts}."
        return (Line(text, words.default),)
    last = _day(case.due_on)
    return (
        Line(
            f"A new rating above unacceptable, shown by {last}, pays the whole increase from the "
            "first pay period on or after its issue.",
            words.released_below,
        ),
        Line(
            f"A proposal to demote or remove, delivered by {last}, stops the clock. A suspension "
            "or a cut in pay does not.",
            words.initiated,
        ),
        Line(
            "Nobody can waive it.",
            words.default,
            strong=f"If neither comes by then, on day 91 the {words.due} is due, and it is paid "
            f"from {starts}.",
            name="day-91",
        ),
    )


def _initiated(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    text = (
        "A proposal was delivered in time, so the 90 days do not run out. Its end decides what "
        "becomes of pay."
    )
    return (Line(text, ninety_days(case.kind).initiated),)


def _undecided(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    text = "The proposal ended neither in demotion nor in removal. HR decides what follows."
    return (Line(text, ninety_days(case.kind).citation),)


def _defaulted(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    words = ninety_days(case.kind)
    text = f"Nothing was done within 90 days, so the {words.due} is paid{_since(case)}."
    return (Line(text, words.default),)


def _released(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    return (Line(f"Released by a new rating{_since(case)}.", ninety_days(case.kind).released),)


def _closed(case: DeniedIncrease, clock_runs: bool, default_from: date) -> tuple[Line, ...]:
    on = f" on {_day(case.closed_on)}" if case.closed_on else ""
    return (Line(f"Closed{on}. The history below says by what.", ""),)


_WORDS: dict[DenialState, Callable[[DeniedIncrease, bool, date], tuple[Line, ...]]] = {
    DenialState.OPEN: _open,
    DenialState.ACTION_INITIATED: _initiated,
    DenialState.NEEDS_DECISION: _undecided,
    DenialState.DEFAULTED: _defaulted,
    DenialState.RELEASED: _released,
    DenialState.CLOSED: _closed,
}


def _since(case: DeniedIncrease) -> str:
    return f" from {_day(case.closed_on)}" if case.closed_on else ""


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"
