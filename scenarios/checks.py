"""Holding what a file expects against what came."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pay.rules.hourly import hourly_rate
from scenarios.answer import Answer
from scenarios.build import World
from scenarios.document import Expectation


def failures(expectations: tuple[Expectation, ...], answer: Answer, world: World) -> list[str]:
    """One sentence for each expectation that did not hold, with what was found."""
    found = (_CHECKS[item.form](item.values, answer, world) for item in expectations)
    return [
        f"line {item.line}: expected {_told(item.values)}; found {what}"
        for item, what in zip(expectations, found, strict=True)
        if what
    ]


def _told(values: dict[str, Any]) -> str:
    return ", ".join(f"{key} {'none' if value is None else value}" for key, value in values.items())


def _differing(values: dict[str, Any], found: dict[str, Any]) -> str:
    wrong = [key for key in values if key in found and values[key] != found[key]]
    return ", ".join(f"{key} {'none' if found[key] is None else found[key]}" for key in wrong)


def _rate(values: dict[str, Any], answer: Answer, world: World) -> str:
    rates = answer.rates.get(values["employee"], ())
    row = next((rate for rate in rates if rate.starts <= values["on"]), None)
    if row is None or row.basic is None or row.adjusted is None:
        return "no rate on that date"
    return _differing(
        values,
        {
            "basic": row.basic,
            "adjusted": row.adjusted,
            "retained": row.retained,
            "supplement_percent": row.supplement_percent,
            "hourly": hourly_rate(row.adjusted),
            "band": row.band.code if row.band else None,
        },
    )


def _lump_sum(values: dict[str, Any], answer: Answer, world: World) -> str:
    corrected = {action["corrects"] for action in answer.actions}
    paid = sum(
        (
            Decimal(action["lump_sum"])
            for action in answer.actions
            if action["sequence"] not in corrected
            and action["employee"] == values["employee"]
            and action["effective"] == values["date"].isoformat()
        ),
        Decimal(0),
    )
    return "" if paid == values["lump_sum"] else f"lump sums of {paid}"


def _back_pay(values: dict[str, Any], answer: Answer, world: World) -> str:
    owed = sum(
        (
            Decimal(each["amount"])
            for each in answer.back_pay
            if each["employee"] == values["employee"]
        ),
        Decimal(0),
    )
    return "" if owed == values["back_pay"] else f"back pay of {owed}"


def _refusal(values: dict[str, Any], answer: Answer, world: World) -> str:
    codes = [item.refusal.code for item in answer.refusals if item.event == values["refused"]]
    if not codes:
        return "the event was carried out"
    return "" if values["code"] in codes else f"code {codes[0]}"


def _pool(values: dict[str, Any], answer: Answer, world: World) -> str:
    for total in answer.pools:
        if total.pool == values["pool"] and total.on == values["date"]:
            return _differing(
                values,
                {
                    "value": None if total.value is None else Decimal(total.value),
                    "paid": total.paid,
                    "left": total.left,
                },
            )
    return "no payout of that pool on that date"


def _case(values: dict[str, Any], answer: Answer, world: World) -> str:
    same = [
        case
        for case in answer.cases
        if case["kind"] == values["case"] and case["employee"] == values["employee"]
    ]
    if not same:
        return "no such case"
    due = values["due"].isoformat() if values.get("due") else None
    for case in same:
        if case["state"] == values["state"] and ("due" not in values or case["due"] == due):
            return ""
    return "; ".join(f"state {case['state']}, due {case['due'] or 'none'}" for case in same)


_CHECKS = {
    "rate": _rate,
    "lump_sum": _lump_sum,
    "back_pay": _back_pay,
    "refusal": _refusal,
    "pool": _pool,
    "case": _case,
}
