"""Recording what was done about poor performance (5 CFR 9701.408(b)(2))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.actor import Actor
from casework.services.work_items import finish_work_item
from performance.models import PoorPerformanceRecord
from performance.rules.poor_performance import ACT, check_acted
from performance.services.poor_performance_act import act_on_record
from performance.services.remind_of_poor_performance import NO_ACTION
from regulation.refusals import Refused


def record_action(
    record: PoorPerformanceRecord,
    *,
    done: Mapping[int, date],
    nature_and_gravity: str,
    consequences: str,
    circumstances: str,
    actor: Actor,
    on: date,
    version: int,
) -> PoorPerformanceRecord:
    """Record the day of each action done, with nature, gravity, consequences and circumstances.

    5 CFR 9701.408(b)(2). Raises Refused: what `act_on_record` refuses, `action_not_recorded`,
    `future_date`, `invalid_input` for what was not chosen.
    """

    def acted(fresh: PoorPerformanceRecord) -> None:
        fresh.act()
        chosen = {remedy.pk: remedy for remedy in fresh.remedies.filter(chosen_for__isnull=False)}
        if not set(done) <= set(chosen):
            raise Refused("invalid_input", ACT, "Only what was chosen can have been done.")
        if any(day < fresh.determined_on for day in done.values()):
            raise Refused("invalid_input", ACT, "It was done after performance was found poor.")
        check_acted(
            done=done.values(),
            nature_and_gravity=nature_and_gravity,
            consequences=consequences,
            on=on,
        )
        fresh.nature_and_gravity = nature_and_gravity.strip()
        fresh.consequences = consequences.strip()
        fresh.circumstances = circumstances.strip()
        for pk, day in done.items():
            chosen[pk].done_on = day
            chosen[pk].save()

    saved = act_on_record(
        record,
        name="record_action",
        do=acted,
        actor=actor,
        on=on,
        version=version,
        citation=ACT,
        detail={str(pk): day.isoformat() for pk, day in done.items()},
    )
    finish_work_item(saved, kind=NO_ACTION, on=on)
    return saved
