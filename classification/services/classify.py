"""Deciding series, cluster and band of a position (5 CFR 9701.204 "Classification", 9701.221)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from casework.actor import Actor
from casework.services.act import act
from classification.models import (
    Band,
    ClassificationDecision,
    OccupationalSeries,
    Position,
)
from classification.permissions import may_classify
from classification.queries.decisions import decisions_of
from classification.rules.fit import refuse_misfit, refuse_past_date, refuse_wrong_level
from classification.signals import position_reclassified
from governance.models import Directive, DirectiveState
from governance.queries.coverage import is_covered
from governance.queries.policy import policy_on
from regulation import clock
from regulation.refusals import Refused

CITATION = "9701.221(b)"


def classify(
    position: Position,
    *,
    series: OccupationalSeries | None,
    band: Band | None,
    effective: date,
    decided_by: Actor,
    reason: str,
    on: date,
    source: str = "initial",
    category: str | None = None,
    may: Callable[[Actor, Position], None] | None = None,
    version: int | None = None,
) -> ClassificationDecision:
    """Decide what a position is, from the date that the deciding official sets (9701.221(d)).

    `category` is the incumbent's coverage category, where there is one. `may` is the permission of
    a case above that carries its own (a reconsideration). Raises Refused not_authorized,
    record_incomplete, band_mismatch, invalid_series, directive_required, retroactive, not_covered,
    invalid_transition, stale_form.
    """
    made: list[ClassificationDecision] = []

    def decide(row: Position) -> None:
        row.classify()
        made.append(
            _decide(
                row,
                series=series,
                band=band,
                effective=effective,
                decided_by=decided_by,
                reason=reason,
                on=on,
                source=source,
                category=category,
            )
        )

    def authorized(actor: Actor, row: Position) -> None:
        may_classify(actor, organization=row.organization, on=on)

    act(
        position,
        name="classify",
        actor=decided_by,
        on=on,
        version=version,
        may=may or authorized,
        do=decide,
        citation=CITATION,
        detail={
            "series": series.code if series else "",
            "band": band.code if band else "",
            "effective": effective.isoformat(),
            "source": source,
        },
    )
    return made[0]


def _decide(
    position: Position,
    *,
    series: OccupationalSeries | None,
    band: Band | None,
    effective: date,
    decided_by: Actor,
    reason: str,
    on: date,
    source: str,
    category: str | None,
) -> ClassificationDecision:
    if series is None or band is None:
        raise Refused(
            "record_incomplete", "9701.204", "A decision gives series, cluster and band together."
        )
    refuse_misfit(
        series_cluster=str(series.cluster), band_cluster=str(band.cluster), band=band.code
    )
    refuse_wrong_level(
        level=band.level, level_name=band.get_level_display(), supervisory=position.supervisory
    )
    if effective < on and not policy_on(on)["classification.retroactive"]:
        refuse_past_date(effective=effective, on=on)
    if category is not None and not is_covered(category, subpart="B", on=effective):
        raise Refused(
            "not_covered", "9701.202(a)", f"Subpart B does not apply to {category} on {effective}."
        )
    earlier = decisions_of(position).exists()
    decision = ClassificationDecision.objects.create(
        position=position,
        series=series,
        band=band,
        effective=effective,
        decided_on=on,
        decided_by=decided_by.user,
        deciding_official=str(decided_by),
        reason=reason,
        directive=_criteria(band, effective=effective),
        source=source,
        recorded_at=clock.now(),
    )
    if earlier:
        position_reclassified.send(sender=ClassificationDecision, decision=decision)
    return decision


def _criteria(band: Band, *, effective: date) -> Directive:
    """The directive that holds the cluster's criteria and the band's definition."""
    directive = band.cluster.directive
    if (
        directive is None
        or directive.effective > effective
        or directive.state not in (DirectiveState.IN_EFFECT, DirectiveState.SUPERSEDED)
    ):
        raise Refused(
            "directive_required",
            "9701.221(b)(2)",
            f"No directive in force on {effective} holds the criteria of {band.cluster}.",
        )
    return directive
