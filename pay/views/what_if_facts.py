"""The answer to a what-if as its page shows it: rows, chart and totals, small groups left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pay.payout_chart import LevelPair, payout_charts
from pay.queries.what_if import WhatIf, payments_of
from pay.rules.payout_summary import Payment, Summary, summaries_by_level, summary_of, withheld
from pay.services.certify_pool import CertifiedPool
from pay.services.runs.payout_preview import points_text
from pay.views.run_facts import value_text
from pay.what_if_form import WhatIfForm
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table by rating: a level under one of the two patterns."""

    title: str
    code: str
    pattern: str
    points: Decimal | None
    people: str
    figures: Summary | None


def result_of(found: WhatIf, *, form: WhatIfForm) -> dict[str, Any]:
    """The answer as the page shows it, small groups left out."""
    titles = {level.code: level.title for level in form.levels}
    levels = found.pattern.best_first
    tried = [each.tried for each in found.answers if isinstance(each.tried, CertifiedPool)]
    present = [each.present for each in found.answers if isinstance(each.present, CertifiedPool)]
    # Beside each other only where both are about the same people.
    comparable = len(tried) == len(present) > 0
    sides = {"tried": _payments(tried), "present": _payments(present) if comparable else []}
    by_level = {
        side: summaries_by_level(paid, levels=levels) for side, paid in sides.items() if paid
    }
    people = {level: each.people for level, each in by_level.get("tried", {}).items()}
    hidden = withheld(people, smallest=found.smallest)
    enough = len(sides["tried"]) >= found.smallest
    shown = {
        side: {level: None if level in hidden else each for level, each in groups.items()}
        for side, groups in by_level.items()
    }
    pairs = [
        LevelPair(
            title=titles.get(level, level),
            tried=shown.get("tried", {}).get(level),
            present=shown.get("present", {}).get(level),
            note=_note(level, people=people, hidden=hidden),
        )
        for level in levels
    ]
    return {
        "form": form,
        "lines": [
            Line(
                title=titles.get(level, level),
                code=level,
                pattern=side,
                points=(found.pattern.points if side == "tried" else found.present_points).get(
                    level
                ),
                people="" if level in hidden else f"{people[level]:,}",
                figures=shown[side][level],
            )
            for level in levels
            for side in shown
        ],
        "totals": {side: _total(sides[side], hidden=hidden) for side in shown} if enough else {},
        "charts": payout_charts(pairs) if enough else (),
        "pairs": pairs,
        "hidden": bool(hidden) or (bool(people) and not enough),
        "smallest": found.smallest,
        "pools": _pool_rows(found, mode=form.cleaned_data["mode"]),
        "budget": form.cleaned_data["budget"],
        "left": form.cleaned_data["budget"] - sum((each.paid for each in tried), Decimal(0)),
        "warnings": found.pattern.warnings,
        "same": comparable and sides["tried"] == sides["present"],
        "comparable": comparable,
        "alone": sum(len(each.exceptions) for each in tried),
    }


def _total(payments: list[Payment], *, hidden: frozenset[str]) -> Summary:
    """The figures of everybody; the ends may be those of a group that is not shown."""
    total = summary_of(payments)
    return replace(total, least=None, most=None) if hidden else total


def _note(level: str, *, people: dict[str, int], hidden: frozenset[str]) -> str:
    if level in hidden:
        return "Too few people to show"
    return "" if people.get(level) else "Nobody at this level"


def _payments(pools: list[CertifiedPool]) -> list[Payment]:
    return [payment for each in pools for payment in payments_of(each)]


def _pool_rows(found: WhatIf, *, mode: str) -> list[dict[str, Any]]:
    """One row a pool; of one with few people only its money is shown."""
    rows = []
    people = {
        each.pool.code: len(each.tried.lines)
        for each in found.answers
        if isinstance(each.tried, CertifiedPool)
    }
    hidden = withheld(people, smallest=found.smallest)
    for each in found.answers:
        row: dict[str, Any] = {"pool": each.pool, "amount": each.amount, "hidden": False}
        for side, certified in (("tried", each.tried), ("present", each.present)):
            if isinstance(certified, Refused):
                row[f"{side}_refusal"] = certified
            elif each.pool.code in hidden:
                row["hidden"] = True
            else:
                value = None if certified.value is None else str(certified.value)
                row[side] = {
                    "people": len(certified.lines),
                    "points": points_text(certified.points),
                    "value": value_text(value, mode=mode),
                    "paid": certified.paid,
                    "left": certified.left,
                }
        rows.append(row)
    return rows
