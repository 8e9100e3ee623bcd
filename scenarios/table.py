"""The answer as a table for people, and one person's pay in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pay.models import PayAction
from pay.rules.explain import explain
from scenarios.answer import Answer
from scenarios.conversions import day_in_words

COLUMNS = ("#", "date", "employee", "action", "before", "after", "adjusted", "lump sum", "citation")


def lines_of(answer: Answer) -> Iterable[str]:
    """Every line of the table form."""
    yield answer.title or "Scenario"
    yield ""
    rows = [
        (
            str(action["sequence"]),
            action["effective"],
            action["employee"],
            action["kind"].replace("_", " "),
            _figure(action["basic_before"]),
            _figure(action["basic_after"]),
            _figure(action["adjusted_after"]),
            "" if action["lump_sum"] == "0.00" else action["lump_sum"],
            action["citation"],
        )
        for action in answer.actions
    ]
    yield from _table(COLUMNS, rows) if rows else ["No pay action."]
    for total in answer.pools:
        yield (
            f"Pool {total.pool} on {total.on}: {total.points_text} points, a point is "
            f"{total.value or 'worth nothing'}, paid {total.paid:,.2f}, left {total.left:,.2f}."
        )
    for case in answer.cases:
        due = f", due {case['due']}" if case["due"] else ""
        yield (
            f"Case {case['kind'].replace('_', ' ')} of {case['employee']}, opened "
            f"{case['opened']}{due}: {case['state'].replace('_', ' ')} ({case['citation']})."
        )
    for owed in answer.back_pay:
        yield f"Back pay of {owed['employee']}: {owed['amount']}, interest {owed['interest']}."
    for refused in answer.refusals:
        yield f"Refused, event {refused.event}: {refused.refusal} [{refused.refusal.code}]"
    for left in answer.exceptions:
        yield (
            f"Left alone, {left['employee']} on {left['date']}: {left['message']} [{left['code']}]"
        )
    yield ""
    if answer.failed:
        yield "Not as expected:"
        yield from (f"  {line}" for line in answer.failed)
    else:
        yield "Every expectation held."


def _figure(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for row in (head, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def explained(actions: Iterable[PayAction]) -> Iterable[str]:
    """Each step in words: the rule run again on its stored inputs, with the citation."""
    for action in actions:
        kind = action.kind.replace("_", " ")
        if not action.rule:
            yield f"{action.effective}  {kind}: there is no rate of pay from this day on"
            continue
        yield f"{action.effective}  {kind}  ({action.rule}, 5 CFR {action.citation})"
        for line in day_in_words(action):
            yield f"    {line}"
        for line in explain(action.rule, action.rule_version, action.inputs).lines:
            yield f"    {line}"
