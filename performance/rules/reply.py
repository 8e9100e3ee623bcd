"""The rating official is heard before a reviewing official's change is final (9701.409(c))."""

from __future__ import annotations

from datetime import date

from regulation.days import last_day
from regulation.refusals import Refused

CITATION = "9701.409(c)"


def reply_due(*, changed_on: date, days: int) -> date:
    """The last day for a reply: the day of the change is day 0, calendar days."""
    return last_day(changed_on, days=days)


def check_reply_offered(
    *, changed_on: date | None, replied_on: date | None, days: int, on: date
) -> None:
    """Refuse to approve a changed level before the reply, or the end of the days for it.

    5 CFR 9701.409(c): all appropriate reviews. An explicit "nothing to add" is a reply. Without a
    change there is nothing to reply to. Raises Refused `reply_window_open`.
    """
    if changed_on is None or replied_on is not None:
        return
    due = reply_due(changed_on=changed_on, days=days)
    if on <= due:
        raise Refused(
            "reply_window_open",
            CITATION,
            f"The rating official can reply to the change until {due.isoformat()}. Approve once "
            "the reply is there, or from the day after.",
        )
