"""What a determination makes of a classification, the same for DHS and OPM (5 CFR 9701.222)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.actor import Actor
from classification.models import (
    Band,
    ClassificationDecision,
    OccupationalCluster,
    OccupationalSeries,
    Position,
)
from classification.services.classify import classify
from reconsideration.models import IssueKind, Outcome, Request
from reconsideration.queries.acts import standing_of
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Change:
    """What a changed outcome sets; what is left empty stays as it is."""

    series: OccupationalSeries | None = None
    cluster: OccupationalCluster | None = None
    band: Band | None = None
    effective: date | None = None


def determine(
    request: Request,
    *,
    outcome: str,
    reason: str,
    change: Change,
    actor: Actor,
    on: date,
    citation: str,
) -> ClassificationDecision | None:
    """Check a determination and, where it changes series or band, make the classification decision.

    None for a sustained one, and for one about the pay system alone. Raises Refused
    reason_required, invalid_decision, record_incomplete, band_mismatch, retroactive, not_covered,
    directive_required.
    """
    if not reason.strip():
        raise Refused("reason_required", citation, "A determination gives its reasons.")
    if outcome not in (Outcome.SUSTAINED, Outcome.CHANGED):
        raise Refused("invalid_decision", citation, "The outcome is sustained or changed.")
    if outcome == Outcome.SUSTAINED:
        return None
    standing = standing_of(request)
    band = _band(change, standing=standing)
    series = change.series or _series(band, standing=standing)
    if (series, band) == (standing.series, standing.band):
        if IssueKind.PAY_SYSTEM in request.issues:
            return None
        raise Refused(
            "invalid_decision",
            citation,
            "That is the classification that stands. Sustain it, or change series or band.",
        )
    if change.effective is None:
        raise Refused(
            "record_incomplete",
            "9701.221(d)",
            "A changed classification has the date from which it counts.",
        )
    return classify(
        request.position,
        series=series,
        band=band,
        effective=change.effective,
        decided_by=actor,
        reason=reason,
        on=on,
        source=request.subject,
        category=request.employee.coverage_category,
        may=_decided_in_the_case,
    )


def _band(change: Change, *, standing: ClassificationDecision) -> Band:
    if change.band is not None:
        if change.cluster is not None and change.band.cluster_id != change.cluster.pk:
            raise Refused(
                "band_mismatch",
                "9701.221(b)(2)",
                f"Band {change.band.code} is not a band of {change.cluster}.",
            )
        return change.band
    if change.cluster is not None and change.cluster.pk != standing.band.cluster_id:
        raise Refused(
            "record_incomplete", "9701.204", "Another cluster goes with a band of that cluster."
        )
    return standing.band


def _series(band: Band, *, standing: ClassificationDecision) -> OccupationalSeries:
    if band.cluster_id != standing.series.cluster_id:
        raise Refused(
            "record_incomplete", "9701.204", "Another cluster goes with a series of that cluster."
        )
    return standing.series


def _decided_in_the_case(actor: Actor, position: Position) -> None:
    """Who may decide was asked of the request, before its determination."""
