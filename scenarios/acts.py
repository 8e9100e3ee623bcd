"""Each verb of a scenario, as a call of the service that its page calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from governance.services.directives import issue_directive
from pay.services.adjust_ranges import adjust_ranges
from performance.services.record_final_rating import record_final_rating
from regulation.refusals import Refused
from scenarios.answer import PoolTotal
from scenarios.build import LAB, World
from scenarios.document import Event
from workforce.models import Employee

Act: TypeAlias = Callable[[Event, World], PoolTotal | None]
AUTHORITY = "scenario"


def carry_out(event: Event, world: World) -> PoolTotal | None:
    """Carry out one event. Raises Refused where the rules do not allow it."""
    return ACTS[event.verb](event, world)


def _person(event: Event, world: World) -> Employee:
    code = event.arguments["employee"]
    employee = world.people.get(code)
    if employee is None:
        raise Refused("not_employed", "", f"{code} is not employed on {event.on}.")
    return Employee.objects.get(pk=employee.pk)


def _issue_rating(event: Event, world: World) -> None:
    record_final_rating(
        _person(event, world),
        period_end=event.arguments["period_end"],
        level_code=event.arguments["level"],
        kind=event.arguments["kind"],
        shown_by=event.arguments["shown_by"],
        issued_on=event.on,
        source="lab",
        actor=LAB,
    )


def _adjust_range(event: Event, world: World) -> None:
    limits = (event.arguments["minimum"], event.arguments["maximum"])
    adjust_ranges(
        {event.arguments["band"]: limits},
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )


def _set_parameter(event: Event, world: World) -> None:
    values: dict[str, Any] = {event.arguments["key"]: event.arguments["value"]}
    issue_directive(
        number=f"LAB-E{event.place}",
        title="Parameter of the scenario",
        effective=event.on,
        signed_by="scenario",
        values=values,
    )


ACTS: dict[str, Act] = {
    "issue_rating": _issue_rating,
    "adjust_range": _adjust_range,
    "set_parameter": _set_parameter,
}
