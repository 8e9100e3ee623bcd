"""What happens on the day of conversion, and in which order (R33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pay.rules.buy_in import WAITING_DAYS, within_grade_buy_in
from pay.rules.supplement import uncapped_adjusted
from regulation.money import half_up_dollar
from regulation.refusals import Refused

RULE = "R33"
VERSION = 1
CITATION = "9701.373(c)"
TEMPORARY_CITATION = "9701.373(d)"

FORMER_ACTION, RETURN_TO_RECORD, BUY_IN, CONVERSION, OTHER_ACTIONS = range(1, 6)
#: Actions that begin a new waiting period for the next step (5 CFR 531.407).
EQUIVALENT_INCREASES = ("promotion", "step_increase", "within_grade_increase")


@dataclass(frozen=True, slots=True)
class FormerAction:
    """An action of the former system on the day of conversion; a total of None: not processed."""

    kind: str
    total: int | None


@dataclass(frozen=True, slots=True)
class FormerPay:
    """Pay in the position of record under the former system, just before the day of conversion.

    Whole dollars a year; `locality_percent` 12.5 is 12.5 %. `temporary_total` is the total of a
    temporary promotion, which ends before conversion.
    """

    system: str
    basic: int
    locality_percent: Decimal | None
    special_rate: int | None
    step: int | None
    next_step: int | None
    days_served: int
    retained: bool
    acceptable: bool
    same_day: Sequence[FormerAction]
    temporary_total: int | None


@dataclass(frozen=True, slots=True)
class DayStep:
    """One step: its block of R33, what it is, and the total after it, in whole dollars a year."""

    block: int
    kind: str
    total: int


@dataclass(frozen=True, slots=True)
class ConversionDay:
    """The total to convert, the buy-in in it, and the steps that led there."""

    total: int
    buy_in: int
    steps: tuple[DayStep, ...]


def former_total(basic: int, *, locality_percent: Decimal | None, special_rate: int | None) -> int:
    """Basic pay with locality pay, half up, or the special rate where that is more (373(a))."""
    with_locality = uncapped_adjusted(basic, percent=locality_percent or Decimal(0))
    return max(with_locality, special_rate or 0)


def plan_conversion_day(former: FormerPay, *, buy_in: str) -> ConversionDay:
    """The total that R32 converts, after everything of the day that comes before it.

    5 CFR 9701.373(c), (d), (e). First the former system's actions by its own rules, a step whose
    waiting time is over among them; then the return from a temporary promotion to the position of
    record; then the buy-in (`buy_in` is parameter conversion.buyin). A temporary promotion after
    conversion and other actions follow by this part's rules. Refused `record_incomplete` while an
    action of the day is not processed.
    """
    waiting = [action.kind for action in former.same_day if action.total is None]
    if waiting:
        message = f"First process under the former system, on the same day: {', '.join(waiting)}."
        raise Refused("record_incomplete", CITATION, message)
    steps = [
        DayStep(FORMER_ACTION, action.kind, action.total)
        for action in former.same_day
        if action.total is not None
    ]
    credit, due = _credit(former, mode=buy_in)
    if due is not None:
        steps.append(DayStep(FORMER_ACTION, "within_grade_increase", due))
    total = steps[-1].total if steps else _total(former, added=0)
    if former.temporary_total is not None:
        steps.append(DayStep(RETURN_TO_RECORD, "return_to_position_of_record", total))
    if credit:
        total = _raised(former, by=credit, total=total)
        steps.append(DayStep(BUY_IN, "buy_in", total))
    steps.append(DayStep(CONVERSION, "conversion", total))
    return ConversionDay(total=total, buy_in=credit, steps=tuple(steps))


def _credit(former: FormerPay, *, mode: str) -> tuple[int, int | None]:
    """The buy-in, and the total with the next step where that is due instead."""
    if former.step is None or former.system not in WAITING_DAYS:
        return 0, None
    if any(action.kind in EQUIVALENT_INCREASES for action in former.same_day):
        return 0, None
    found = within_grade_buy_in(
        former.basic,
        system=former.system,
        step=former.step,
        next_step=former.next_step,
        days_served=former.days_served,
        retained=former.retained,
        acceptable=former.acceptable,
        mode=mode,
    )
    if not found.step_due:
        return found.amount, None
    last = former.same_day[-1].total if former.same_day else None
    before = _total(former, added=0) if last is None else last
    return 0, _raised(former, by=found.basic - former.basic, total=before)


def _raised(former: FormerPay, *, by: int, total: int) -> int:
    """The total with so many dollars more of basic pay.

    After other actions of the day it rises in the proportion of basic pay: a new duty station's
    locality pay goes on both, and a general increase raises the step as it raises basic pay.
    """
    if not former.same_day:
        return _total(former, added=by)
    return half_up_dollar(Fraction(total * (former.basic + by), former.basic))


def _total(former: FormerPay, *, added: int) -> int:
    # A special rate takes the same dollars: its steps rise with those of the grade.
    return former_total(
        former.basic + added,
        locality_percent=former.locality_percent,
        special_rate=None if former.special_rate is None else former.special_rate + added,
    )
