"""The rate that each purpose takes for basic pay, as payroll is told (5 CFR 9701.332(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pay.models import PayRate
from pay.queries.terms import terms_on
from pay.rules.hourly import hourly_rate
from pay.rules.purposes import (
    NONFOREIGN_ALLOWANCE,
    WITH_SUPPLEMENT,
    WITHIN_SUBPART_C,
    PaidRate,
    basic_pay_for,
)
from regulation.refusals import Refused
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class Bases:
    """Basic pay by purpose on a date in whole dollars, and the hourly rate of premium pay."""

    by_purpose: dict[str, int]
    premium_hourly: Decimal


def bases_of(employee: Employee, *, on: date) -> Bases:
    """What each purpose takes for basic pay: never a lump sum, never a special payment.

    5 CFR 9701.332(c), 9701.333, 9701.361-363. Premium pay by the hour is the adjusted rate divided
    by 2,087. Refused: `not_employed` without a rate, `parameter_missing`.
    """
    row = PayRate.objects.filter(employee=employee, starts__lte=on).order_by("-starts").first()
    if row is None or row.basic is None or row.adjusted is None:
        raise Refused("not_employed", "9701.321(a)", f"{employee.name} has no rate in force.")
    rate = PaidRate(basic=row.basic, adjusted=row.adjusted, supplement_kind=row.supplement_kind)
    counted = terms_on(on).policy["promotion.includes_supplement"]
    directed = ("promotion",) if counted else ()
    purposes = (*WITH_SUPPLEMENT, NONFOREIGN_ALLOWANCE, *WITHIN_SUBPART_C)
    by_purpose = {
        purpose: basic_pay_for(purpose, rate=rate, directed=directed) for purpose in purposes
    }
    return Bases(by_purpose=by_purpose, premium_hourly=hourly_rate(by_purpose["premium_pay"]))
