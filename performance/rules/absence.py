"""Approved absence never lowers a rating of record (5 CFR 9701.409(f))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regulation.refusals import Refused

CITATION = "9701.409(f)"


@dataclass(frozen=True, slots=True)
class Away:
    """One absence, first and last day included; `last` is None while it goes on."""

    first: date
    last: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the absence includes a day."""
        return self.first <= on and (self.last is None or on <= self.last)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether the absence includes a day from `first` through `last`."""
        return self.first <= last and (self.last is None or first <= self.last)


def check_not_lowered_in_absence(
    *, name: str, rank: int, standing_rank: int | None, approved: Iterable[Away], on: date
) -> None:
    """Refuse an additional rating below the standing one on a day of approved absence.

    5 CFR 9701.409(f). Rank 1 is the best level. Absence without leave is not approved. Raises
    Refused absence_lowering.
    """
    if standing_rank is None or rank <= standing_rank:
        return
    away = next((absence for absence in approved if absence.covers(on)), None)
    if away is not None:
        until = away.last.isoformat() if away.last else "further notice"
        raise Refused(
            "absence_lowering",
            CITATION,
            f"{name} is on approved absence {away.first.isoformat()}-{until}. "
            "The rating may not be lowered (9701.409(f)).",
        )


def check_attested(
    *,
    attested: bool,
    rank: int | None,
    prior_rank: int | None,
    approved: Iterable[Away],
    period_start: date,
    period_end: date,
) -> None:
    """Refuse a rating without the attestation that absence was no factor, where one is needed.

    5 CFR 9701.409(f): it is needed where there was approved absence in the period, and where the
    level lies below the one before. Raises Refused absence_attestation_missing.
    """
    lowered = rank is not None and prior_rank is not None and rank > prior_rank
    was_away = any(absence.overlaps(period_start, period_end) for absence in approved)
    if (lowered or was_away) and not attested:
        raise Refused(
            "absence_attestation_missing",
            CITATION,
            "Confirm that approved absence was no factor, or raise the affected item "
            "(9701.409(f)).",
        )
