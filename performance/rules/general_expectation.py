"""From when and until when a general expectation counts for one employee (5 CFR 9701.406(a))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from performance.rules.communication import is_accountable
from regulation.refusals import Refused

CITATION = "9701.406(a)"


@dataclass(frozen=True, slots=True)
class Standing:
    """One version for one employee: available to him since a day, revised on another."""

    available_on: date
    revised_on: date | None

    def counts(self, *, on: date) -> bool:
        """Whether work of a date is held against it: from the day after (5 CFR 9701.406(b))."""
        return is_accountable(
            communicated_on=self.available_on, work_dated=on, ended_on=self.revised_on
        )


def standing_of(*, available_on: date, revised_on: date | None, joined: date) -> Standing | None:
    """A version for somebody who joined the organization on a day; None if it was revised by then.

    5 CFR 9701.406(a), (b). It is made available to whoever joins later on the day he joins; a
    revision takes its place from the revision's own date, and no earlier.
    """
    if revised_on is not None and revised_on <= joined:
        return None
    return Standing(available_on=max(available_on, joined), revised_on=revised_on)


def joined_on(spells: Iterable[tuple[date, date | None]], *, on: date) -> date | None:
    """First day of the unbroken time in an organization that a date lies in, None outside any.

    Spells are first day and first day no longer in it; one that begins where another ends, or
    before, goes on with it.
    """
    first: date | None = None
    until: date | None = None
    for starts, ends in sorted(spells, key=lambda spell: spell[0]):
        if starts > on:
            break
        if first is None or (until is not None and starts > until):
            first, until = starts, ends
        elif until is not None:
            until = None if ends is None else max(until, ends)
    return first if first is not None and (until is None or on < until) else None


def check_revision(*, available_on: date, replaced_on: date) -> None:
    """Refuse a revision made available no later than what it revises: invalid_input."""
    if available_on <= replaced_on:
        raise Refused(
            "invalid_input",
            CITATION,
            f"What it revises was made available on {replaced_on.isoformat()}. A revision counts "
            "only from its own, later date.",
        )
