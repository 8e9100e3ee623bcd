"""What a step of the ledger says otherwise than its rule, run again on its stored inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pay.models import PayAction
from pay.rules.encoding import UnreadableInputs
from pay.rules.explain import UnknownRule, replay
from regulation.refusals import Refused

#: Figures of a rule's result, and the columns of the ledger that hold them.
_AFTER = {
    "basic": "basic_after",
    "retained": "retained",
    "uncapped": "uncapped",
    "adjusted": "adjusted",
    "supplement": "supplement",
    "supplement_percent": "supplement_percent",
    "lump_sum": "lump_sum",
    "below_minimum": "below_minimum",
}
#: Rules that begin from the rate held just before, by the argument that carries it.
_BEFORE = {
    **dict.fromkeys(
        (
            "R5",
            "R6",
            "R8",
            "R17",
            "R20",
            "R21",
            "R22",
            "R23",
            "R25",
            "R26",
            "R27",
            "R28",
            "R31",
        ),
        "basic",
    ),
    "R18": "rate",
    "R29": "former",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of one step that its rule, run again on its stored inputs, does not give."""

    action_id: int
    employee_id: int
    employee: str
    effective: date
    kind: str
    field: str
    stored: str
    replayed: str


def differences_of(action: PayAction) -> Iterator[Difference]:
    """What one step's rule gives otherwise than the step says."""
    if action.basic_after is None and not action.rule:
        return
    try:
        result = replay(action.rule, action.rule_version, action.inputs)
    except UnknownRule:
        rule = f"{action.rule or 'no rule'} version {action.rule_version}"
        yield _difference(action, "rule", rule, "no such rule")
    except (UnreadableInputs, TypeError, AttributeError) as error:
        yield _difference(action, "inputs", "as stored", f"unreadable: {error}")
    except Refused as refusal:
        yield _difference(action, "inputs", "as stored", f"refused: {refusal.code}")
    else:
        yield from _compare(action, result)


def _compare(action: PayAction, result: Mapping[str, Any]) -> Iterator[Difference]:
    for name, column in _AFTER.items():
        stored = getattr(action, column)
        if name in result and not _same(stored, result[name]):
            yield _difference(action, column, stored, result[name])
    # Of the other rules an amount is what a payout comes to before it is split.
    if action.rule == "R31" and not _same(action.amount, result["amount"]):
        yield _difference(action, "amount", action.amount, result["amount"])
    if action.basic_after is not None and "adjusted" not in result:
        yield _difference(action, "adjusted", action.adjusted, "not among the stored inputs")
    before = _BEFORE.get(action.rule)
    # A first rate has none before it, also where it is kept as a retained one.
    if before is None or action.basic_before is None:
        return
    if not _same(action.basic_before, action.inputs.get(before)):
        yield _difference(action, "basic_before", action.basic_before, action.inputs.get(before))


def difference_from(action: PayAction, *, basic: int | None) -> list[Difference]:
    """Whether a step begins where the one before it, with this basic pay, ended."""
    if basic is None or action.basic_before == basic:
        return []
    return [_difference(action, "basic_before", action.basic_before, basic)]


def _same(stored: Any, replayed: Any) -> bool:
    if isinstance(stored, Decimal) and replayed is not None:
        return stored == Decimal(str(replayed))
    return bool(stored == replayed)


def _difference(action: PayAction, column: str, stored: Any, replayed: Any) -> Difference:
    return Difference(
        action_id=action.pk,
        employee_id=action.employee_id,
        employee=str(getattr(action, "number", "")) or action.employee.number,
        effective=action.effective,
        kind=action.kind,
        field=column,
        stored=_text(stored),
        replayed=_text(replayed),
    )


def _text(value: Any) -> str:
    return "none" if value is None else str(value)
