"""Whether series, cluster and band fit each other and the position (5 CFR 9701.212, .221)."""

from __future__ import annotations

from datetime import date

from regulation.refusals import Refused

#: 5 CFR 9701.212(b)(2), (3): bands for work that is not supervisory.
NON_SUPERVISORY = {
    "full_performance": "9701.212(b)(2)",
    "senior_expert": "9701.212(b)(3)",
}
SUPERVISORY = "supervisory"


def refuse_misfit(*, series_cluster: str, band_cluster: str, band: str) -> None:
    """Refused band_mismatch where the band's cluster does not hold the series (9701.221(b)(2))."""
    if series_cluster != band_cluster:
        raise Refused(
            "band_mismatch",
            "9701.221(b)(2)",
            f"Band {band} belongs to {band_cluster}; the series lies in {series_cluster}.",
        )


def refuse_wrong_level(*, level: str, level_name: str, supervisory: bool) -> None:
    """Refused band_mismatch where the duties do not fit the kind of band (9701.212(b)(2)-(4)).

    The flag alone never sets the band: Entry/Developmental is open to either.
    """
    if supervisory and level in NON_SUPERVISORY:
        raise Refused(
            "band_mismatch",
            NON_SUPERVISORY[level],
            f"A {level_name} band is for work that is not supervisory; this position supervises.",
        )
    if not supervisory and level == SUPERVISORY:
        raise Refused(
            "band_mismatch",
            "9701.212(b)(4)",
            "A Supervisory band is for positions with supervisory duties; this one states none.",
        )


def refuse_past_date(*, effective: date, on: date) -> None:
    """Refused retroactive for a decision that would count before it is made (9701.221(d))."""
    if effective < on:
        raise Refused(
            "retroactive",
            "9701.221(d)",
            f"A decision of {on} takes effect on that day or later, not on {effective}.",
        )
