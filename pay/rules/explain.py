"""Every dollar explains itself: a stored rule is run again on its stored inputs.

Inputs are the keyword arguments of the rule as `encoding.encode` stores them. Where they hold an
object `payable`, it has those arguments of `payable_rate` that the rule's own result does not give
(`basic`, `retained`, and `percent` where the rule sets the supplement), and the supplement, cap and
hourly rate of the new basic pay are figured and told too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from pay.rules.back_pay import back_pay, back_pay_interest
from pay.rules.buy_in import within_grade_buy_in
from pay.rules.career_ladder import ladder_equivalent
from pay.rules.conversion import convert
from pay.rules.conversion_day import plan_conversion_day
from pay.rules.demotion import demote
from pay.rules.denied_increase import minimum_by_default, release_denied
from pay.rules.developmental import developmental_step
from pay.rules.encoding import encode, read_arguments
from pay.rules.minimum_adjusted import lift_to_minimum_adjusted
from pay.rules.modal_rating import modal_rating
from pay.rules.movement import lateral_rate
from pay.rules.payable_rate import PayableRate, payable_rate
from pay.rules.payout import payout, payout_at_retained_rate
from pay.rules.point_value import point_value
from pay.rules.previous_rate import nafi_rate
from pay.rules.promotion import promote
from pay.rules.proration import proration
from pay.rules.range_increase import range_increase
from pay.rules.representative_rate import increase_before_gs_move
from pay.rules.retention import retained_or_in_range
from pay.rules.return_to_duty import return_to_duty
from pay.rules.special_increase import increase_within_band
from pay.rules.special_payment import special_payment
from pay.rules.starting_pay import starting_rate
from pay.rules.supplement_change import adjust_supplement
from pay.rules.within_band_reduction import reduce_within_band
from pay.rules.wording.back_pay import describe_back_pay, describe_interest
from pay.rules.wording.conversion import (
    describe_buy_in,
    describe_conversion,
    describe_conversion_day,
    describe_ladder,
)
from pay.rules.wording.developmental import describe_developmental
from pay.rules.wording.figures import Lines
from pay.rules.wording.missed_events import describe_return
from pay.rules.wording.movement import (
    describe_lateral_move,
    describe_promotion,
    describe_retention,
    describe_starting_rate,
)
from pay.rules.wording.payable_rate import describe_payable_rate
from pay.rules.wording.payout import (
    describe_modal_rating,
    describe_payout,
    describe_point_value,
    describe_proration,
    describe_retained_payout,
)
from pay.rules.wording.range_increase import (
    describe_default,
    describe_range_increase,
    describe_release,
)
from pay.rules.wording.special import (
    describe_increase_before_move,
    describe_nafi_rate,
    describe_special_payment,
)
from pay.rules.wording.supplement import (
    describe_minimum_adjusted,
    describe_supplement_change,
)
from pay.rules.wording.within_band import (
    describe_demotion,
    describe_reduction,
    describe_special_increase,
)

PAYABLE = "payable"


class UnknownRule(LookupError):
    """No rule of that name and version is known."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule did, line by line, and what came of it as JSON values."""

    lines: tuple[str, ...]
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A rule, the words for it, and what its result leaves unsaid.

    `named` is the name of a result that is a single figure; `carried` are arguments that the rule
    leaves as they are; `retained` says so where the rule is only for, or never ends in, a retained
    rate.
    """

    rule: Callable[..., Any]
    describe: Callable[..., Lines]
    named: str = "basic"
    carried: tuple[str, ...] = ()
    retained: bool = False


#: Rules of the ledger and of a run by name and version; an entry is never changed, only added.
RULES: dict[tuple[str, int], ExplainedRule] = {
    ("R5", 1): ExplainedRule(range_increase, describe_range_increase),
    ("R6", 1): ExplainedRule(range_increase, describe_range_increase),
    ("R7", 1): ExplainedRule(release_denied, describe_release),
    ("R8", 1): ExplainedRule(minimum_by_default, describe_default),
    ("R9", 1): ExplainedRule(payable_rate, describe_payable_rate, carried=("basic", "retained")),
    ("R10", 1): ExplainedRule(payable_rate, describe_payable_rate, carried=("basic", "retained")),
    ("R11", 1): ExplainedRule(adjust_supplement, describe_supplement_change),
    ("R12", 1): ExplainedRule(
        lift_to_minimum_adjusted, describe_minimum_adjusted, carried=("basic",)
    ),
    ("R13", 1): ExplainedRule(modal_rating, describe_modal_rating),
    ("R16", 1): ExplainedRule(point_value, describe_point_value, named="value"),
    ("R17", 1): ExplainedRule(payout, describe_payout),
    ("R18", 1): ExplainedRule(payout_at_retained_rate, describe_retained_payout, retained=True),
    ("R19", 1): ExplainedRule(proration, describe_proration, named="proration"),
    ("R20", 1): ExplainedRule(return_to_duty, describe_return),
    ("R21", 1): ExplainedRule(reduce_within_band, describe_reduction),
    ("R22", 1): ExplainedRule(increase_within_band, describe_special_increase),
    ("R23", 1): ExplainedRule(developmental_step, describe_developmental),
    ("R24", 1): ExplainedRule(starting_rate, describe_starting_rate),
    ("R24N", 1): ExplainedRule(nafi_rate, describe_nafi_rate),
    ("R25", 1): ExplainedRule(promote, describe_promotion),
    ("R26", 1): ExplainedRule(promote, describe_promotion),
    ("R27", 1): ExplainedRule(demote, describe_demotion),
    ("R28", 1): ExplainedRule(lateral_rate, describe_lateral_move),
    ("R29", 1): ExplainedRule(retained_or_in_range, describe_retention),
    ("R31", 1): ExplainedRule(
        special_payment, describe_special_payment, carried=("basic", "retained")
    ),
    ("R32", 1): ExplainedRule(convert, describe_conversion),
    ("R33", 1): ExplainedRule(plan_conversion_day, describe_conversion_day),
    ("R34", 1): ExplainedRule(within_grade_buy_in, describe_buy_in),
    ("R35", 1): ExplainedRule(ladder_equivalent, describe_ladder),
    ("R37", 1): ExplainedRule(back_pay, describe_back_pay),
    ("R37I", 1): ExplainedRule(back_pay_interest, describe_interest, named="interest"),
    ("R38", 1): ExplainedRule(increase_before_gs_move, describe_increase_before_move),
}


def explain(rule: str, version: int, inputs: Mapping[str, Any]) -> Explanation:
    """Run a stored rule again; the lines and the figures are of that one run.

    `UnknownRule` for a name or version not known, `UnreadableInputs` for inputs that do not fit it,
    `Refused` where the rule itself refuses them.
    """
    entry, arguments, outcome = _run(rule, version, inputs)
    lines = list(entry.describe(outcome, **arguments))
    result = _result(entry, arguments, outcome)
    if PAYABLE in inputs:
        rate_arguments = _payable_arguments(inputs[PAYABLE], result=result)
        rate = payable_rate(**rate_arguments)
        lines += describe_payable_rate(rate, **rate_arguments)
        result |= _payable_result(rate, rate_arguments)
    return Explanation(lines=tuple(lines), result=result)


def replay(rule: str, version: int, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Only the figures of `explain`, without the words."""
    entry, arguments, outcome = _run(rule, version, inputs)
    result = _result(entry, arguments, outcome)
    if PAYABLE in inputs:
        rate_arguments = _payable_arguments(inputs[PAYABLE], result=result)
        result |= _payable_result(payable_rate(**rate_arguments), rate_arguments)
    return result


def _run(
    rule: str, version: int, inputs: Mapping[str, Any]
) -> tuple[ExplainedRule, dict[str, Any], Any]:
    entry = RULES.get((rule, version))
    if entry is None:
        raise UnknownRule(f"{rule} version {version}")
    own = {name: value for name, value in inputs.items() if name != PAYABLE}
    arguments = read_arguments(entry.rule, own)
    return entry, arguments, entry.rule(**arguments)


def _result(entry: ExplainedRule, arguments: Mapping[str, Any], outcome: Any) -> dict[str, Any]:
    found = encode(outcome) if is_dataclass(outcome) else {entry.named: encode(outcome)}
    if isinstance(outcome, PayableRate):
        found["hourly"] = encode(outcome.hourly)
    found |= {name: encode(arguments[name]) for name in entry.carried}
    if "basic" in found:
        found.setdefault("retained", entry.retained)
    return dict(found)


def _payable_arguments(stored: Mapping[str, Any], *, result: Mapping[str, Any]) -> dict[str, Any]:
    given = {"basic": "basic", "retained": "retained", "percent": "supplement_percent"}
    from_rule = {name: result[field] for name, field in given.items() if field in result}
    return read_arguments(payable_rate, {**stored, **from_rule})


def _payable_result(rate: PayableRate, arguments: Mapping[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = {**encode(rate), "hourly": encode(rate.hourly)}
    return {"basic": arguments["basic"], "retained": arguments["retained"], **figures}
