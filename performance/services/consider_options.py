"""Considering every option for poor performance (5 CFR 9701.408(b)(1))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actor import Actor
from performance.models import PoorPerformanceRecord, Remedy, RemedyKind
from performance.rules.poor_performance import CONSIDER, Option, check_considered
from performance.services.poor_performance_act import act_on_record
from regulation.refusals import Refused


def consider_options(
    record: PoorPerformanceRecord,
    *,
    options: Sequence[Option],
    actor: Actor,
    on: date,
    version: int,
) -> PoorPerformanceRecord:
    """Mark each of the seven options, and others, as suitable or not, with a note.

    5 CFR 9701.408(b)(1). Raises Refused: what `act_on_record` refuses, `options_not_considered`,
    `invalid_input`.
    """

    def consider(fresh: PoorPerformanceRecord) -> None:
        fresh.consider()
        check_considered(options)
        kinds = [option.kind for option in options if option.kind != RemedyKind.OTHER]
        if len(kinds) != len(set(kinds)) or not set(kinds) <= set(RemedyKind.values):
            raise Refused("invalid_input", CONSIDER, "Mark each option once.")
        Remedy.objects.bulk_create(
            Remedy(
                record=fresh,
                kind=option.kind,
                title=option.title,
                suitable=option.suitable,
                note=option.note,
            )
            for option in options
        )

    return act_on_record(
        record,
        name="consider_options",
        do=consider,
        actor=actor,
        on=on,
        version=version,
        detail={option.title or option.kind: option.suitable for option in options},
    )
