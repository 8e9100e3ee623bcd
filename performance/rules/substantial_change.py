"""When an additional rating of record may reflect a change (5 CFR 9701.409(b)#2)."""

from __future__ import annotations

from datetime import date

from regulation.refusals import Refused


def check_substantial_change(
    *, standing_issued: date | None, described: str, evidence_dated: date | None, on: date
) -> None:
    """Refuse an additional rating that shows no change since the standing one was issued.

    5 CFR 9701.409(b). The evidence is dated after the day of issue and not after `on`. Without a
    standing rating (`standing_issued` None) there is nothing that it could have changed from, and
    the minimum period alone is asked for (5 CFR 9701.404 "Rating of record" (2)). Raises Refused
    no_substantial_change.
    """
    if standing_issued is None:
        return
    shown = evidence_dated is not None and standing_issued < evidence_dated <= on
    if not described.strip() or not shown:
        raise Refused(
            "no_substantial_change",
            "9701.409(b)",
            f"Describe the change since {standing_issued.isoformat()} and attach evidence dated "
            "after it (9701.409(b)).",
        )
