"""The former system's rate on the day of conversion, and the buy-in as a step of its own (R34)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.queries.people import PersonPay
from pay.queries.terms import Terms
from pay.rules import buy_in as rule
from pay.rules.buy_in import within_grade_buy_in
from pay.rules.conversion_day import ConversionDay, FormerPay, former_total
from pay.rules.encoding import encode
from pay.rules.payable_rate import payable_rate
from pay.rules.supplement import uncapped_adjusted

#: Finer than a dollar on any rate: the percentage that a total makes of its basic pay.
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class FormerRate:
    """The former rate as conversion finds it: basic pay, whole dollars, and the total it makes.

    `special`: a special rate of 5 U.S.C. 5305 was more than basic pay with locality pay.
    """

    basic: int
    total: int
    special: bool


def former_rate(former: FormerPay, *, day: ConversionDay) -> FormerRate:
    """The rate after everything of the day that comes before conversion (R33)."""
    step_due = any(step.kind == "within_grade_increase" for step in day.steps)
    basic = former.next_step if step_due and former.next_step else former.basic + day.buy_in
    locality = former_total(
        former.basic, locality_percent=former.locality_percent, special_rate=None
    )
    return FormerRate(
        basic=basic,
        total=day.total,
        special=former.special_rate is not None and former.special_rate > locality,
    )


def buy_in_posting(
    person: PersonPay,
    *,
    former: FormerPay,
    before: FormerRate,
    mode: str,
    band_id: int,
    terms: Terms,
) -> Posting:
    """The credit for waiting time as a step before conversion (5 CFR 9701.373(e)).

    The figures are the former system's: its basic pay, and as supplement what its total is above.
    """
    arguments: dict[str, Any] = {
        "basic": former.basic,
        "system": former.system,
        "step": former.step,
        "next_step": former.next_step,
        "days_served": former.days_served,
        "retained": former.retained,
        "acceptable": former.acceptable,
        "mode": mode,
    }
    result = within_grade_buy_in(**arguments)
    payable: dict[str, Any] = {
        "percent": _percent(former, before=before),
        "retained_mode": "full",
        "maximum": result.basic,
        "cap": terms.schedule.cap(senior_executive=person.senior_executive),
        "critical_pay": False,
    }
    rate = payable_rate(result.basic, retained=False, **payable)
    return Posting(
        employee_id=person.employee_id,
        effective=terms.on,
        step=step_of(Kind.BUY_IN, policy=terms.policy),
        kind=Kind.BUY_IN.value,
        rule=rule.RULE,
        citation=rule.CITATION,
        inputs={**encode(arguments), "payable": encode({**payable, "retained": False})},
        policy=dict(terms.policy.read),
        band_id=band_id,
        basic_before=former.basic,
        basic_after=result.basic,
        uncapped=rate.uncapped,
        adjusted=rate.adjusted,
        supplement_kind=_supplement_kind(before, percent=rate.supplement_percent),
        supplement_percent=rate.supplement_percent,
        supplement=rate.supplement,
        # The band's range holds from conversion on; until then the rate is its own.
        minimum=result.basic,
        maximum=result.basic,
        cap=payable["cap"],
    )


def _percent(former: FormerPay, *, before: FormerRate) -> Decimal:
    """Locality pay where it makes the total; else what the total is above basic pay."""
    locality = former.locality_percent
    if locality is not None and uncapped_adjusted(before.basic, percent=locality) == before.total:
        return locality
    return ((Decimal(before.total) / before.basic - 1) * 100).quantize(_PLACES)


def _supplement_kind(before: FormerRate, *, percent: Decimal) -> str:
    if before.special:
        return "special"
    return "locality" if percent else "none"
