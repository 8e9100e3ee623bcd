"""Loads everybody's first rate through the one door to pay."""

from __future__ import annotations

from typing import Any

from demonstration.rules.department import Department, Employee
from demonstration.services.load_policy import CONVERTED_ON, Reference
from demonstration.services.load_workforce import Workforce, in_place_since
from demonstration.services.set_based import copy_in, reserve_ids
from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import OrderKind, PayOrder
from pay.queries.ranges import BandRange
from pay.queries.terms import Terms, terms_on
from pay.rules import retention, starting_pay
from pay.rules.encoding import encode
from pay.rules.explain import PAYABLE
from pay.rules.payable_rate import payable_rate
from pay.rules.supplement import select_supplement
from regulation import clock

AT_CONVERSION = "Placement in the band at the General Schedule rate of 2024 (demonstration)"
UPON_HIRING = "Appointment (demonstration)"


def load_pay(department: Department, *, reference: Reference, loaded: Workforce) -> None:
    """One order and one posted step a person, effective with the bands or upon hiring."""
    orders = reserve_ids(PayOrder, len(department.employees))
    copy_in(
        PayOrder,
        columns=("id", "employee_id", "kind", "effective", "chosen", "authority", "recorded_at"),
        rows=(
            (
                order,
                loaded.employees[employee.number],
                OrderKind.STARTING_PAY.value,
                in_place_since(employee),
                {"basic": employee.basic},
                authority_of(employee),
                clock.now(),
            )
            for order, employee in zip(orders, department.employees, strict=True)
        ),
    )
    # Nothing of the terms changed between the bands' beginning and the opening.
    terms = terms_on(CONVERTED_ON)
    bands = {p.number: reference.bands[p.band] for p in department.positions}
    post_many(
        [
            _posting(
                employee,
                employee_id=loaded.employees[employee.number],
                order_id=order,
                band_id=bands[employee.position],
                terms=terms,
            )
            for order, employee in zip(orders, department.employees, strict=True)
        ]
    )


def authority_of(employee: Employee) -> str:
    """On whose authority the first rate stands."""
    return UPON_HIRING if employee.hired > CONVERTED_ON else AT_CONVERSION


def _posting(
    employee: Employee, *, employee_id: int, order_id: int, band_id: int, terms: Terms
) -> Posting:
    policy = terms.policy
    band = terms.range_of(band_id)
    cap = terms.schedule.cap(senior_executive=False)
    supplement = select_supplement(
        locality=terms.supplements.locality(employee.locality, band_id=band_id),
        special=(),
        tie=policy["supp.tie"],
    )
    payable: dict[str, Any] = {
        "percent": supplement.percent,
        "retained_mode": policy["supp.retained_mode"],
        "maximum": band.maximum,
        "cap": cap,
        "critical_pay": False,
    }
    rule, arguments = _rule(employee, band=band)
    rate = payable_rate(employee.basic, retained=employee.retained, **payable)
    return Posting(
        employee_id=employee_id,
        order_id=order_id,
        effective=in_place_since(employee),
        step=step_of(Kind.STARTING_PAY, policy=policy),
        kind=Kind.STARTING_PAY.value,
        rule=rule.RULE,
        rule_version=rule.VERSION,
        citation=rule.CITATION,
        inputs={**encode(arguments), PAYABLE: encode(payable)},
        policy=dict(policy.read),
        band_id=band_id,
        basic_before=None,
        basic_after=employee.basic,
        uncapped=rate.uncapped,
        adjusted=rate.adjusted,
        supplement_kind=supplement.kind,
        supplement_percent=supplement.percent,
        supplement=rate.supplement,
        retained=employee.retained,
        authority=authority_of(employee),
        minimum=band.minimum,
        maximum=band.maximum,
        cap=cap,
    )


def _rule(employee: Employee, *, band: BandRange) -> tuple[Any, dict[str, Any]]:
    """Starting pay, or for a rate above the band's maximum its retention."""
    bounds = {"minimum": band.minimum, "maximum": band.maximum}
    if employee.retained:
        return retention, {"former": employee.basic, **bounds, "eligible": True}
    return starting_pay, {"basic": employee.basic, **bounds}
