"""Verbs that set one person's pay: demotion, reduction, increase, step, payment, decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from adverse_actions.services.decide import Outcome, decide
from classification.models import Position
from pay.bands import band_of
from pay.rules.demotion import BASES, TEMPORARY_ENDED
from pay.rules.special_payment import KINDS
from pay.services.adverse import AdverseDecision
from pay.services.demote import demote
from pay.services.developmental_step import developmental_step
from pay.services.increase_within_band import increase_within_band
from pay.services.reduce_within_band import reduce_within_band
from pay.services.special_payment import pay_special_payment
from regulation.refusals import Refused
from scenarios.build import LAB, World, make_position
from scenarios.document import Event
from scenarios.people import Declared
from scenarios.reading import Value
from workforce.models import Assignment, AssignmentKind, Employee

AUTHORITY = "scenario"
#: A file does not name the points of a plan; it says whether they are certified.
POINTS = ("The points of the step",)


def read_demote(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `demote`."""
    found = _keys(value, ("employee", "to_band", "basis"), ("basic",))
    return {
        "employee": declared.person(found),
        "to_band": declared.known(found["to_band"], declared.bands, "band"),
        "basis": found["basis"].choice(BASES),
        "basic": _whole(found, "basic"),
    }


def read_reduce_pay(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `reduce_pay`; which reason allows it the rule says."""
    found = _keys(value, ("employee", "basic", "reason"))
    return {
        "employee": declared.person(found),
        "basic": _whole(found, "basic"),
        "reason": found["reason"].text("a reason"),
    }


def read_increase_within_band(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `increase_within_band`; which reason allows it the rule says."""
    found = _keys(value, ("employee", "reason"), ("amount", "percent"))
    return {
        "employee": declared.person(found),
        "reason": found["reason"].text("a reason"),
        **_rise(found),
    }


def read_developmental_step(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `developmental_step`; without a word on points they are not certified."""
    found = _keys(value, ("employee",), ("amount", "percent", "points_certified"))
    return {
        "employee": declared.person(found),
        "certified": "points_certified" in found and found["points_certified"].truth(),
        **_rise(found),
    }


def read_special_payment(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `special_payment`."""
    found = _keys(value, ("employee", "kind", "amount"))
    return {
        "employee": declared.person(found),
        "kind": found["kind"].choice(KINDS),
        "amount": found["amount"].number("dollars"),
    }


def read_decide_action(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `decide_action`; what a decision must name the service says."""
    found = _keys(value, ("ref", "outcome"), ("delivered", "to_band", "basic"))
    return {
        "ref": declared.known(found["ref"], declared.refs, "proposed action"),
        "outcome": found["outcome"].choice(tuple(Outcome)),
        "delivered": found["delivered"].date() if "delivered" in found else None,
        "to_band": declared.known(found["to_band"], declared.bands, "band")
        if "to_band" in found
        else None,
        "basic": _whole(found, "basic"),
    }


def _keys(
    value: Value, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, Value]:
    return value.keys(required=("date", "do", *required), optional=optional)


def _whole(found: dict[str, Value], key: str) -> int | None:
    return found[key].whole("whole dollars") if key in found else None


def _rise(found: dict[str, Value]) -> dict[str, Any]:
    return {
        "amount": _whole(found, "amount"),
        "percent": found["percent"].percent() if "percent" in found else None,
    }


def _person(event: Event, world: World) -> Employee:
    return world.person(event.arguments["employee"], on=event.on)


def _common(event: Event) -> dict[str, Any]:
    return {"effective": event.on, "actor": LAB, "authority": AUTHORITY, "on": event.on}


def _decision(on: date) -> AdverseDecision:
    """The verbs that lower pay stand for a decided action under subpart F."""
    return AdverseDecision(reference=AUTHORITY, delivered_on=on)


def _position(event: Event, world: World, *, employee: Employee, band: str) -> Position:
    number = f"P-{employee.number}-{event.place}"
    return make_position(number, world.bands[band], "", world, on=event.on)


def _demote(event: Event, world: World) -> None:
    given, employee = event.arguments, _person(event, world)
    position = None
    if given["basis"] == TEMPORARY_ENDED:
        position = _of_record(employee, band=given["to_band"], on=event.on)
    demote(
        employee,
        position=position or _position(event, world, employee=employee, band=given["to_band"]),
        basis=given["basis"],
        basic=given["basic"],
        decision=_decision(event.on),
        **_common(event),
    )


def _of_record(employee: Employee, *, band: str, on: date) -> Position | None:
    """The position of record, if it is of the band that the event names."""
    held = Assignment.objects.filter(
        employee=employee, kind=AssignmentKind.PERMANENT, period__contains=on
    ).select_related("position")
    for assignment in held:
        if band_of(assignment.position, on=on).code == band:
            return assignment.position
    return None


def _reduce_pay(event: Event, world: World) -> None:
    reduce_within_band(
        _person(event, world),
        basic=event.arguments["basic"],
        reason=event.arguments["reason"],
        decision=_decision(event.on),
        **_common(event),
    )


def _increase_within_band(event: Event, world: World) -> None:
    given = event.arguments
    increase_within_band(
        _person(event, world),
        reason=given["reason"],
        amount=given["amount"],
        percent=given["percent"],
        **_common(event),
    )


def _developmental_step(event: Event, world: World) -> None:
    given = event.arguments
    developmental_step(
        _person(event, world),
        points=POINTS,
        certified=POINTS if given["certified"] else (),
        amount=given["amount"],
        percent=given["percent"],
        **_common(event),
    )


def _special_payment(event: Event, world: World) -> None:
    pay_special_payment(
        _person(event, world),
        kind=event.arguments["kind"],
        amount=event.arguments["amount"],
        **_common(event),
    )


def _decide_action(event: Event, world: World) -> None:
    given = event.arguments
    proposal = world.refs.get(given["ref"])
    if proposal is None:
        raise Refused("invalid_transition", "9701.611", "The action was never proposed.")
    sustained = given["outcome"] == Outcome.SUSTAINED
    to_band = given["to_band"] if sustained else None
    decide(
        proposal,
        outcome=given["outcome"],
        delivered_on=given["delivered"] or event.on,
        position=_position(event, world, employee=proposal.employee, band=to_band)
        if to_band
        else None,
        basic=given["basic"] if sustained else None,
        actor=LAB,
        on=event.on,
    )


READERS: dict[str, Callable[[Declared, Value], dict[str, Any]]] = {
    "demote": read_demote,
    "reduce_pay": read_reduce_pay,
    "increase_within_band": read_increase_within_band,
    "developmental_step": read_developmental_step,
    "special_payment": read_special_payment,
    "decide_action": read_decide_action,
}
PAY_ACTS: dict[str, Callable[[Event, World], None]] = {
    "demote": _demote,
    "reduce_pay": _reduce_pay,
    "increase_within_band": _increase_within_band,
    "developmental_step": _developmental_step,
    "special_payment": _special_payment,
    "decide_action": _decide_action,
}


def rank_of_decision(event: Event, *, ranks: dict[str, int]) -> int:
    """A decision ranks as what it decides: a demotion, a reduction, or neither."""
    if event.arguments["to_band"] is not None:
        return ranks["demote"]
    if event.arguments["basic"] is not None:
        return ranks["reduce_pay"]
    return ranks["decide_action"]
