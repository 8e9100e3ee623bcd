"""When a directive may be issued (5 CFR 9701.103 "Implementing directives", "Coordination")."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from regulation.refusals import Refused

CITATION = "9701.103"


def refuse_retroactive(*, effective: date, on: date) -> None:
    """Refuse, as `retroactive`, a directive that would change what was already done by another."""
    if effective < on:
        message = f"A directive issued on {on} takes effect on that day or later, not {effective}."
        raise Refused("retroactive", CITATION, message)


def refuse_other_date(*, effective: date, noticed: date) -> None:
    """Refuse, as `coordination_required`, an earlier date than OPM was told (5 CFR 9701.103).

    A later one is allowed; the directive records its reason.
    """
    if effective < noticed:
        message = f"OPM was told of {noticed}; {effective} is earlier and needs another notice."
        raise Refused("coordination_required", CITATION, message)


def refuse_overlap(shared: Collection[str], *, other: str, effective: date) -> None:
    """Refuse, as `duplicate_open`, two directives that carry one parameter from one date.

    5 CFR 9701.103 "Implementing directives": which of them holds would be anybody's guess.
    """
    if shared:
        message = f"{other} already carries {', '.join(sorted(shared))} from {effective}."
        raise Refused("duplicate_open", CITATION, message)
