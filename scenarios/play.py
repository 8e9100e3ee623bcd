"""Playing a scenario: virtual time, the same services and sweeps as the pages, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from casework.services.deadlines import next_day_with_work
from casework.sweeps import run_daily
from governance.queries.policy import policy_on
from pay.models import PayAction
from pay.rules.explain import UnknownRule
from regulation import clock
from regulation.pay_periods import PayCalendar, use_calendar
from regulation.refusals import Refused
from scenarios import vocabulary as words
from scenarios.acts import carry_out
from scenarios.answer import (
    Answer,
    PoolTotal,
    RefusedEvent,
    actions_of,
    back_pay_of,
    cases_of,
    exceptions_of,
    rates_of,
)
from scenarios.build import World, build, day_before
from scenarios.checks import failures
from scenarios.document import Event, Scenario
from scenarios.opening import arrivals, post_opening_rates
from scenarios.pay_setting import rank_of_decision
from scenarios.table import explained
from scenarios.unplayable import Unplayable


@dataclass
class Played:
    """The answer, and one person's pay in words where that was asked for."""

    answer: Answer
    explained: list[str] = field(default_factory=list)


@contextmanager
def _kept_nowhere() -> Iterator[None]:
    """One outer transaction that is always rolled back."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def play(scenario: Scenario, *, explain: str | None = None) -> Played:
    """Play one scenario from its first day to its last. Raises Unplayable."""
    if explain is not None and explain not in _everybody(scenario):
        raise Unplayable(f"--explain: there is no employee {explain!r} in this scenario")
    with (
        _kept_nowhere(),
        use_calendar(PayCalendar(scenario.anchor)),
        clock.use_clock(clock.at_noon(day_before(scenario.start))),
    ):
        world = build(scenario)
        answer = Answer(title=scenario.title)
        opening = _play_days(scenario, world, answer)
        answer.actions = actions_of(world, opening)
        answer.cases = cases_of(world)
        answer.exceptions = exceptions_of(world)
        answer.back_pay = back_pay_of(world)
        answer.rates = rates_of(world)
        answer.failed = failures(scenario.expectations, answer, world)
        return Played(answer=answer, explained=_explained(explain, world))


def _everybody(scenario: Scenario) -> set[str]:
    newcomers = ("hire", "convert")
    hired = {event.arguments["employee"] for event in scenario.events if event.verb in newcomers}
    return hired | {draft.code for draft in scenario.employees}


def _explained(code: str | None, world: World) -> list[str]:
    if code is None or code not in world.people:
        return []
    actions = (
        PayAction.objects.filter(employee=world.people[code])
        .select_related("band", "order")
        .order_by("effective", "step", "place", "id")
    )
    try:
        return list(explained(actions))
    except UnknownRule as error:
        raise Unplayable(f"a step cannot be explained: {error}") from error


def _play_days(scenario: Scenario, world: World, answer: Answer) -> set[int]:
    """Every day on which something is due or happens; the ids of the rates people came with."""
    by_date: dict[date, list[Event]] = {}
    for event in scenario.events:
        by_date.setdefault(event.on, []).append(event)
    coming = arrivals(scenario)
    today = day_before(scenario.start)
    opening = post_opening_rates(coming.pop(today), world, on=today)
    waiting = sorted(by_date.keys() | coming.keys())
    while True:
        sweep_on = next_day_with_work(after=today)
        days = [day for day in (sweep_on, waiting[0] if waiting else None) if day is not None]
        if not days or min(days) > scenario.end:
            return opening
        today = min(days)
        with clock.use_clock(clock.at_noon(today)):
            if sweep_on == today:
                run_daily(on=today)
            if waiting and waiting[0] == today:
                waiting.pop(0)
                opening |= post_opening_rates(coming.get(today, []), world, on=today)
                for event in _in_order(by_date.get(today, []), today):
                    _play_event(event, world, answer)
                    # What an event promised for the same day is done before the next.
                    if next_day_with_work(after=day_before(today)) == today:
                        run_daily(on=today)


def _in_order(events: list[Event], on: date) -> list[Event]:
    if len(events) < 2:
        return events
    if _order_of(events, on) == "r39":
        return sorted(events, key=lambda event: (_rank(event), event.place))
    return sorted(events, key=lambda event: (not _sets_the_order(event), event.place))


def _order_of(events: list[Event], on: date) -> object:
    """Parameter same_day.order of the date, as the date's own events may set it."""
    set_today = [event.arguments["value"] for event in events if _sets_the_order(event)]
    if set_today:
        return set_today[-1]
    try:
        return policy_on(on)["same_day.order"]
    except Refused:
        return None


def _sets_the_order(event: Event) -> bool:
    return event.verb == "set_parameter" and event.arguments["key"] == "same_day.order"


def _rank(event: Event) -> int:
    if event.verb == "decide_action":
        return rank_of_decision(event, ranks=words.RANKS)
    moves_only_the_duty_station = (
        event.verb == "reassign"
        and event.arguments["band"] is None
        and event.arguments["series"] is None
    )
    return words.RANK_OF_DUTY_STATION if moves_only_the_duty_station else words.RANKS[event.verb]


def _check_constraints() -> None:
    """What the database puts off to the end of a transaction, it checks now, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _play_event(event: Event, world: World, answer: Answer) -> None:
    """An event is a savepoint: what the rules refuse changes nothing, and the scenario goes on."""
    try:
        with transaction.atomic():
            total = carry_out(event, world)
            _check_constraints()
    except Refused as refusal:
        answer.refusals.append(RefusedEvent(event=event.place, refusal=refusal))
        return
    if isinstance(total, PoolTotal):
        answer.pools.append(total)
