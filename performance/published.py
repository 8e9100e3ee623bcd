"""A final rating of record as other apps read it: never a draft, never an appraisal of 409(h)."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, TypeAlias

PublishedKind: TypeAlias = Literal["annual", "additional"]


class PublishedRating(NamedTuple):
    """One issued rating (5 CFR 9701.409(b)#3): its level, kind, period and the date it was issued.

    `shown_by` is the date by which the performance had been shown (5 CFR 9701.325(a)(1)).
    """

    employee_id: int
    rating_id: int
    level_code: str
    unacceptable: bool
    kind: PublishedKind
    period_end: date
    issued_on: date
    shown_by: date
