"""A step of pay taken again on another ground: a wrong rating (R37), or an order before it (R39).

A step keeps what was decided about it; only what the steps before it made, and what the wrong
rating withheld, is put in place of what stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pay.rules import payout, promotion, range_increase, supplement_change
from pay.rules.encoding import UnreadableInputs, encode
from pay.rules.explain import PAYABLE, replay
from regulation.refusals import Refused

RULE = "R37"
CITATION = "9701.323"

#: Rules that differ only in whether the rate they begin from is a retained one, with citations.
_PAIRS = {
    range_increase.RULE: (range_increase.RULE, range_increase.RETAINED_RULE),
    range_increase.RETAINED_RULE: (range_increase.RULE, range_increase.RETAINED_RULE),
    payout.RULE: (payout.RULE, payout.RETAINED_RULE),
    payout.RETAINED_RULE: (payout.RULE, payout.RETAINED_RULE),
    promotion.RULE: (promotion.RULE, promotion.RETAINED_RULE),
    promotion.RETAINED_RULE: (promotion.RULE, promotion.RETAINED_RULE),
}
_CITATIONS = {
    range_increase.RULE: range_increase.CITATION,
    range_increase.RETAINED_RULE: range_increase.RETAINED_CITATION,
    supplement_change.RULE: supplement_change.CITATION,
    payout.RULE: payout.CITATION,
    payout.RETAINED_RULE: payout.RETAINED_CITATION,
}
#: Arguments by which a rule begins from the rate held before.
_BASES = ("basic", "former")
#: Steps that can be taken again; of the others only a person can say what they should have been.
_REPLAYABLE = frozenset(
    [
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "R10",
        "R11",
        "R12",
        "R17",
        "R18",
        "R20",
        "R21",
        "R22",
        "R23",
        "R25",
        "R26",
        "R27",
        "R28",
        "R29",
        "R31",
        "R35",
        "R38",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a step is taken again on; whole dollars a year, percents as percents.

    `undone` are the dates of the denials that never should have been; `denied` whether the gate of
    this step still denies; `points` those of the right level, for a payout that used the wrong one.
    `published` is the supplement to be paid where a frozen one is undone; `still_denied` says that
    another rating's denial stands, and `frozen` the supplement that it keeps. `own` and `payable`
    are arguments, encoded, that the band or the duty station on the new ground gives.
    `retained_lump` is the parameter of that name.
    """

    basic: int
    retained: bool
    percent: Decimal
    undone: frozenset[date] = frozenset()
    denied: bool = False
    points: Decimal | None = None
    published: Decimal | None = None
    same_band: bool = True
    still_denied: bool = False
    retained_lump: str | int = payout.EQUAL_TO_BOUND
    frozen: Decimal | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    payable: Mapping[str, Any] = field(default_factory=dict)

    @property
    def percent_paid(self) -> Decimal | None:
        """The percentage to be paid, where it is not the one of the stored step."""
        return self.published if self.frozen is None else self.frozen


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Rule, citation and inputs of the step as it should have been, and what they come to."""

    rule: str
    citation: str
    inputs: Mapping[str, Any]
    result: Mapping[str, Any]


def rebuild(
    rule: str, version: int, inputs: Mapping[str, Any], *, citation: str, ground: Ground
) -> Rebuilt:
    """One stored step, taken again on this ground by the pure rule that made it.

    5 CFR 9701.323 (preamble: retroactive, with any pay increase associated with the correct
    rating). Rounds as the rule does. Refused `correction_not_replayable` for a step that only a
    person can decide anew: one that rests on a timeline of its own, or that its rule refuses on the
    new ground.
    """
    if rule not in _REPLAYABLE:
        raise _for_a_person(f"a step of rule {rule} rests on more than the rate before it")
    made = _PAIRS.get(rule, (rule, rule))[ground.retained]
    own: dict[str, Any] = {name: value for name, value in inputs.items() if name != PAYABLE}
    own |= {name: ground.basic for name in _BASES if name in own}
    if "retained" in own:
        own["retained"] = ground.retained
    own |= {name: value for name, value in ground.own.items() if name in own}
    own |= _of_rule(made, own, ground=ground)
    if made in (payout.RULE, payout.RETAINED_RULE):
        own = _of_payout(made, own, ground=ground)
    if PAYABLE in inputs:
        own[PAYABLE] = _payable(made, inputs[PAYABLE], ground=ground)
    try:
        result = replay(made, version, own)
    except (Refused, UnreadableInputs) as refusal:
        raise _for_a_person(str(refusal)) from refusal
    if PAYABLE in own:
        own[PAYABLE]["retained"] = result["retained"]
    granted = bool(inputs.get("denied")) and not own.get("denied")
    return Rebuilt(
        rule=made,
        citation=_CITATIONS.get(made, citation) if granted or made != rule else citation,
        inputs=own,
        result=result,
    )


def _for_a_person(why: str) -> Refused:
    message = f"This step needs a person's decision before pay can be corrected: {why}"
    return Refused("correction_not_replayable", CITATION, message)


def _of_rule(rule: str, own: Mapping[str, Any], *, ground: Ground) -> dict[str, Any]:
    """What else of a rule's own arguments the wrong rating decided."""
    if rule in (range_increase.RULE, range_increase.RETAINED_RULE):
        return {"denied": ground.denied}
    if rule == "R7":
        return {
            "denials": [
                each
                for each in own["denials"]
                if date.fromisoformat(each["effective"]) not in ground.undone
            ]
        }
    if rule == "R11":
        return {
            "paid": encode(ground.percent),
            "denied": ground.denied,
            "denial_open": bool(own["denial_open"]) and ground.published is None,
        }
    if rule == "R28":
        kept = bool(own["retention_eligible"]) or (ground.retained and ground.same_band)
        below = bool(own.get("below_minimum_by_denial")) and ground.still_denied
        return {"retention_eligible": kept, "below_minimum_by_denial": below}
    percent = ground.percent_paid
    if percent is None:
        return {}
    if rule == "R12":
        return {"frozen": encode(percent)}
    if rule in ("R9", "R10"):
        return {"percent": encode(percent), "kept_supplement": 0, "least": 0}
    return {}


def _of_payout(rule: str, own: Mapping[str, Any], *, ground: Ground) -> dict[str, Any]:
    shared = ("mode", "value", "points", "proration", "maximum", "excess_lump")
    made = {name: own[name] for name in shared}
    if ground.points is not None:
        made["points"] = encode(ground.points)
    if rule == payout.RULE:
        return {"basic": ground.basic, **made}
    lump = own.get("retained_lump", ground.retained_lump)
    return {"rate": ground.basic, **made, "retained_lump": lump}


def _payable(rule: str, stored: Mapping[str, Any], *, ground: Ground) -> dict[str, Any]:
    made = dict(stored)
    if "basic" in made:
        made["basic"] = ground.basic
    made["retained"] = ground.retained
    made |= ground.payable
    percent = ground.percent_paid
    if percent is not None:
        made = {name: made[name] for name in made if name not in ("kept_supplement", "least")}
        if rule != "R11":
            made["percent"] = encode(percent)
    return made
