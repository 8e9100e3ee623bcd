"""Each verb of a scenario, as a call of the service that its page calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from classification.models import Position
from governance.queries.policy import policy_on
from governance.services.directives import coordinated_directive
from pay.models import LocalityArea
from pay.queries.people import load_one
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.certify_pool import Funds
from pay.services.executive_schedule import set_executive_schedule
from pay.services.pay_out import pay_out
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.return_to_duty import return_to_duty
from pay.services.separate import separate
from pay.services.start_pay import start_pay
from performance.queries.published import latest_completed_period_end
from performance.services.correct_rating import correct_rating, rating_to_correct
from performance.services.record_final_rating import record_final_rating
from regulation.refusals import Refused
from scenarios.answer import PoolTotal, point_value_text
from scenarios.build import LAB, LeftAlone, World, make_position, place_employee
from scenarios.conversions import carry_out_conversion
from scenarios.document import EmployeeDraft, Event
from scenarios.pay_setting import PAY_ACTS
from scenarios.reconsiderations import decide_reconsideration, request_reconsideration
from workforce.models import Employee
from workforce.queries.absences import away_in
from workforce.services.absences import begin_absence

Act: TypeAlias = Callable[[Event, World], PoolTotal | None]
AUTHORITY = "scenario"


def carry_out(event: Event, world: World) -> PoolTotal | None:
    """Carry out one event. Raises Refused where the rules do not allow it."""
    return ACTS[event.verb](event, world)


def _person(event: Event, world: World) -> Employee:
    return world.person(event.arguments["employee"], on=event.on)


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


def _overturn_rating(event: Event, world: World) -> None:
    given = event.arguments
    rating = rating_to_correct(_person(event, world), period_end=given["period_end"], on=event.on)
    correct_rating(
        rating,
        corrected_level=given["corrected_level"],
        reference=given["reference"],
        decided=given["decided"],
        actor=LAB,
        on=event.on,
    )


def _adjust_range(event: Event, world: World) -> None:
    limits = (event.arguments["minimum"], event.arguments["maximum"])
    adjusted = adjust_ranges(
        {event.arguments["band"]: limits},
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )
    _leave_alone(event, world, adjusted.exceptions)


def _adjust_supplement(event: Event, world: World) -> None:
    given = event.arguments
    if given["kind"] == "locality":
        LocalityArea.objects.get_or_create(code=given["key"], defaults={"name": given["key"]})
    adjusted = adjust_supplement(
        given["kind"],
        key=given["key"],
        bands=given["bands"],
        percent=given["percent"],
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )
    _leave_alone(event, world, adjusted.exceptions)


def _leave_alone(event: Event, world: World, people: Iterable[tuple[int, Refused]]) -> None:
    world.exceptions += [
        LeftAlone(event=event.place, employee_id=employee_id, on=event.on, refusal=refusal)
        for employee_id, refusal in people
    ]


def _set_parameter(event: Event, world: World) -> None:
    values: dict[str, Any] = {event.arguments["key"]: event.arguments["value"]}
    coordinated_directive(
        number=f"LAB-E{event.place}",
        title="Parameter of the scenario",
        effective=event.on,
        signed_by="scenario",
        values=values,
    )


def _set_executive_schedule(event: Event, world: World) -> None:
    set_executive_schedule(
        effective=event.on,
        level_ii=event.arguments.get("II"),
        level_iii=event.arguments.get("III"),
        certified=event.arguments.get("certified"),
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )


def _pay_out(event: Event, world: World) -> PoolTotal:
    given = event.arguments
    pool = world.pools[given["pool"]]
    paid_pool = pay_out(
        pool,
        funds=Funds(
            mode=given["mode"] or policy_on(event.on)["pool.mode"],
            amount=given["amount"],
            value=given["value"],
            since=given["since"] or world.paid_out.get(pool.code),
        ),
        period_end=_completed_period_end(event.on),
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )
    paid = paid_pool.certified
    _leave_alone(event, world, paid_pool.exceptions)
    world.paid_out[pool.code] = event.on
    return PoolTotal(
        pool=pool.code,
        on=event.on,
        points=paid.points,
        value=None if paid.value is None else point_value_text(paid.value, mode=paid.funds.mode),
        paid=paid.paid,
        left=paid.left,
    )


def _completed_period_end(on: date) -> date:
    period_end = latest_completed_period_end(on)
    if period_end is None:
        raise Refused("too_early", "9701.342(a)(2)", "No appraisal period has ended yet.")
    return period_end


def _promote(event: Event, world: World) -> None:
    employee = _person(event, world)
    promote(
        employee,
        position=_position(event, world, band=event.arguments["to_band"], series=""),
        percent=event.arguments["percent"],
        reason=event.arguments["reason"],
        temporary=event.arguments["temporary"],
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )


def _reassign(event: Event, world: World) -> None:
    given = event.arguments
    moves = given["band"] is not None or given["series"] is not None
    reassign(
        _person(event, world),
        position=_position(event, world, band=given["band"], series=given["series"] or "")
        if moves
        else None,
        area=given["area"],
        special_category=given["category"],
        reason=given["reason"],
        effective=event.on,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )


def _position(event: Event, world: World, *, band: str | None, series: str) -> Position:
    """A position to move into: of the band that the event names, or of the band held."""
    employee = _person(event, world)
    code = band or load_one(employee.pk, on=event.on).paid()[1].code
    number = f"P-{employee.number}-{event.place}"
    return make_position(number, world.bands[code], series, world, on=event.on)


def _hire(event: Event, world: World) -> None:
    draft: EmployeeDraft = event.arguments["draft"]
    if draft.code in world.people:
        raise Refused("already_employed", "", f"{draft.code} is employed already.")
    employee = place_employee(draft, world, on=event.on)
    try:
        start_pay(
            employee,
            basic=draft.basic,
            retained=draft.retained,
            highest_previous_rate=draft.highest_previous_rate,
            effective=event.on,
            actor=LAB,
            authority=AUTHORITY,
            on=event.on,
        )
    except Refused:
        world.forget(draft.code)
        raise


def _begin_absence(event: Event, world: World) -> None:
    begin_absence(
        _person(event, world),
        kind=event.arguments["kind"],
        first_day=event.on,
        actor=LAB,
        on=event.on,
    )


def _end_absence(event: Event, world: World) -> None:
    employee, kind = _person(event, world), event.arguments["kind"]
    if kind is not None and not away_in(employee, kind=kind):
        message = f"{employee.number} is not away for {kind}."
        raise Refused("invalid_transition", "9701.342", message)
    return_to_duty(
        employee,
        back_on=event.on,
        evidence=AUTHORITY,
        actor=LAB,
        authority=AUTHORITY,
        on=event.on,
    )


def _separate(event: Event, world: World) -> None:
    separate(_person(event, world), effective=event.on, actor=LAB, authority=AUTHORITY, on=event.on)


def _propose_action(event: Event, world: World) -> None:
    given = event.arguments
    proposal = propose(
        _person(event, world),
        kind=given["action"],
        delivered_on=given["delivered"],
        reply_by=given["reply_by"],
        effective=given["effective"],
        ref=given["ref"],
        actor=LAB,
        on=event.on,
    )
    if given["ref"]:
        world.refs[given["ref"]] = proposal


def _withdraw_action(event: Event, world: World) -> None:
    proposal = world.refs.get(event.arguments["ref"])
    if proposal is None:
        raise Refused("invalid_transition", "9701.609", "The action was never proposed.")
    withdraw(proposal, on=event.on, actor=LAB)


ACTS: dict[str, Act] = {
    "issue_rating": _issue_rating,
    "overturn_rating": _overturn_rating,
    "adjust_range": _adjust_range,
    "adjust_supplement": _adjust_supplement,
    "set_parameter": _set_parameter,
    "set_executive_schedule": _set_executive_schedule,
    "pay_out": _pay_out,
    "promote": _promote,
    "reassign": _reassign,
    "hire": _hire,
    "separate": _separate,
    "begin_absence": _begin_absence,
    "end_absence": _end_absence,
    "propose_action": _propose_action,
    "withdraw_action": _withdraw_action,
    **PAY_ACTS,
    "convert": carry_out_conversion,
    "request_reconsideration": request_reconsideration,
    "decide_reconsideration": decide_reconsideration,
}
