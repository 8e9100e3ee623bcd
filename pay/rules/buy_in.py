"""Credit, at conversion, for time served toward a within-grade increase (R34)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pay.rules.parameters import require_choice
from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R34"
VERSION = 1
CITATION = "9701.373(e)"

#: Values of parameter conversion.buyin.
BUY_IN_CHOICES = ("pro_rata_days", "none")
#: Days to wait at each step: 5 U.S.C. 5335(a) for the General Schedule, 5343(e)(2) for wage grades.
WAITING_DAYS: dict[str, dict[int, int]] = {
    "GS": {
        **dict.fromkeys((1, 2, 3), 364),
        **dict.fromkeys((4, 5, 6), 728),
        **dict.fromkeys((7, 8, 9), 1092),
    },
    "FWS": {1: 182, 2: 546, 3: 728, 4: 728},
}


@dataclass(frozen=True, slots=True)
class BuyIn:
    """The credit in whole dollars a year and the former basic pay with it.

    `step_due`: the waiting time was over, so that the step itself is due under the former system
    first, and a new count begins.
    """

    basic: int
    amount: int
    step_due: bool


def within_grade_buy_in(
    basic: int,
    *,
    system: str,
    step: int,
    next_step: int | None,
    days_served: int,
    retained: bool,
    acceptable: bool,
    mode: str,
) -> BuyIn:
    """The share of the next step that the days served toward it make, as basic pay, once.

    5 CFR 9701.373(e); 5 U.S.C. 5335(a), 5343(e). Half up. `mode` is parameter conversion.buyin;
    `retained` a former retained grade or pay; `acceptable` the former system's acceptable level of
    competence. Nothing at the last step, on a retained rate or without acceptable competence.
    Refused: `not_eligible` outside the General Schedule and the wage system, `invalid_input` for
    negative days or a next step not above the present rate.
    """
    require_choice(mode, key="conversion.buyin", choices=BUY_IN_CHOICES, citation=CITATION)
    if system not in WAITING_DAYS:
        message = (
            f"One-time adjustments are for the General Schedule and wage grades, not {system}."
        )
        raise Refused("not_eligible", CITATION, message)
    waiting = WAITING_DAYS[system].get(step)
    if days_served < 0 or (next_step is not None and next_step <= basic):
        message = "Days served are not negative, and a next step is above the present rate."
        raise Refused("invalid_input", CITATION, message)
    if next_step is None or waiting is None or retained or not acceptable:
        return BuyIn(basic=basic, amount=0, step_due=False)
    if days_served >= waiting:
        return BuyIn(basic=next_step, amount=0, step_due=True)
    if mode == "none":
        return BuyIn(basic=basic, amount=0, step_due=False)
    amount = half_up_dollar(Fraction((next_step - basic) * days_served, waiting))
    return BuyIn(basic=basic + amount, amount=amount, step_due=False)
