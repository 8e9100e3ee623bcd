"""Conversion in a scenario: somebody of the former system becomes covered in place."""

from __future__ import annotations

from datetime import date
from typing import Any

from pay.models import PayAction
from pay.rules import conversion_day
from pay.rules.conversion_day import FormerAction, FormerPay
from pay.rules.explain import explain
from pay.services.convert import convert
from regulation.refusals import Refused
from scenarios.build import LAB, World, place_employee
from scenarios.document import EmployeeDraft, Event
from scenarios.people import EMPLOYEE_KEYS, Declared, years_before
from scenarios.reading import Value

FORMER_SYSTEMS = ("GS", "FWS", "SL", "ST", "SES")
FORMER_REQUIRED = ("system", "basic")
FORMER_OPTIONAL = (
    "locality_percent",
    "special_rate",
    "next_step",
    "days_served",
    "step",
    "same_day",
    "temporary_total",
)
LAST_STEP = 15
AUTHORITY = "scenario"


def read_conversion(declared: Declared, value: Value, *, on: date, start: date) -> dict[str, Any]:
    """The arguments of `convert`: an employee without a rate, and the former one."""
    found = value.keys(
        required=("date", "do", "employee", "band", "former"), optional=EMPLOYEE_KEYS
    )
    code = found["employee"].text("a new employee")
    hired = found["hired"].date() if "hired" in found else years_before(start, 10)
    draft = declared.draft(code, found, hired, converted=on)
    return {"employee": code, "draft": draft, "former": _former(found["former"], draft=draft)}


def _former(value: Value, *, draft: EmployeeDraft) -> FormerPay:
    found = value.keys(required=FORMER_REQUIRED, optional=FORMER_OPTIONAL)
    if not {"locality_percent", "special_rate"} & set(found):
        raise value.fault("expected locality_percent or special_rate")
    if "step" not in found and {"next_step", "days_served"} & set(found):
        raise value.fault("expected step, by which next_step and days_served are read")

    def dollars(key: str) -> int | None:
        return found[key].whole("whole dollars", least=1) if key in found else None

    return FormerPay(
        system=found["system"].choice(FORMER_SYSTEMS),
        basic=found["basic"].whole("whole dollars", least=1),
        locality_percent=found["locality_percent"].percent()
        if "locality_percent" in found
        else None,
        special_rate=dollars("special_rate"),
        step=_step(found["step"]) if "step" in found else None,
        next_step=dollars("next_step"),
        days_served=found["days_served"].whole("days", least=0) if "days_served" in found else 0,
        retained=draft.retained,
        acceptable=True,
        same_day=tuple(_same_day(item) for item in found["same_day"].items())
        if "same_day" in found
        else (),
        temporary_total=dollars("temporary_total"),
    )


def _step(value: Value) -> int:
    step = value.whole("a step", least=1)
    if step > LAST_STEP:
        raise value.fault(f"expected a step, at most {LAST_STEP}, found {step}")
    return step


def _same_day(value: Value) -> FormerAction:
    """An action of the former system; a total of null says that it is not processed yet."""
    found = value.keys(required=("kind", "total"))
    total = found["total"]
    return FormerAction(
        kind=found["kind"].text("a kind of action"),
        total=None if total.is_null else total.whole("whole dollars", least=1),
    )


def carry_out_conversion(event: Event, world: World) -> None:
    """Convert a newcomer of the file, who held the position before."""
    draft: EmployeeDraft = event.arguments["draft"]
    if draft.code in world.people:
        raise Refused("already_employed", "9701.371(a)", f"{draft.code} is employed already.")
    employee = place_employee(draft, world, on=draft.hired)
    try:
        convert(
            employee,
            former=event.arguments["former"],
            effective=event.on,
            actor=LAB,
            authority=AUTHORITY,
            on=event.on,
        )
    except Refused:
        world.forget(draft.code)
        raise


def day_in_words(action: PayAction) -> list[str]:
    """What came before a conversion on its day, in words (R33)."""
    if action.kind != "conversion" or action.order is None:
        return []
    policy = action.policy.get("conversion.buyin", {})
    inputs = {"former": action.order.chosen["former"], "buy_in": policy.get("value")}
    return list(explain(conversion_day.RULE, conversion_day.VERSION, inputs).lines)
