"""An answer of the lab as its page shows it: a person at a time, with a chart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pay.charts import RateChart, RatePoint, rate_charts

#: A page of more actions than this helps nobody; the command has them all.
MOST_ACTIONS = 1_000
#: Days drawn before the first step and after the last.
_MARGIN = timedelta(days=45)
_LINE = re.compile(r"line (\d{1,9}): (.*)", re.DOTALL)
AROUND = 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the scenario's text, and whether it is the one meant."""

    number: int
    text: str
    meant: bool


def lines_around(text: str, line: int | None) -> list[TextLine]:
    """The line with its neighbours; none where it is not known."""
    lines = text.splitlines()
    if line is None or not lines:
        return []
    line = min(max(line, 1), len(lines))
    first = max(1, line - AROUND)
    return [
        TextLine(number=number, text=lines[number - 1][:200], meant=number == line)
        for number in range(first, min(len(lines), line + AROUND) + 1)
    ]


@dataclass(frozen=True, slots=True)
class Failed:
    """An expectation that did not hold."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of pay in words: its heading and the arithmetic under it."""

    heading: str
    lines: list[str]


@dataclass
class Person:
    """What came to one employee."""

    code: str
    actions: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    exceptions: list[dict[str, Any]] = field(default_factory=list)
    back_pay: list[dict[str, Any]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def before(self) -> int | None:
        """Basic pay before the first step, whole dollars."""
        return self.actions[0]["basic_before"] if self.actions else None

    @property
    def after(self) -> int | None:
        """Basic pay after the last step, whole dollars."""
        return self.actions[-1]["basic_after"] if self.actions else None

    @property
    def lump_sums(self) -> Decimal:
        """All lump sums, dollars and cents."""
        return sum((Decimal(each["lump_sum"]) for each in self.actions), Decimal(0))

    @property
    def charts(self) -> tuple[RateChart, ...]:
        """Basic pay over the time of the scenario; a row that was corrected is not drawn."""
        corrected = {each["corrects"] for each in self.actions}
        drawn = [each for each in self.actions if each["sequence"] not in corrected]
        points = [
            RatePoint(
                starts=date.fromisoformat(each["effective"]),
                basic=each["basic_after"],
                mark=_mark(each),
                label=each["kind"],
            )
            for each in drawn
        ]
        if not points:
            return ()
        if self.before is not None:
            points.insert(0, RatePoint(starts=points[0].starts - _MARGIN, basic=self.before))
        return rate_charts(points, (), on=points[-1].starts + _MARGIN)


def _mark(action: dict[str, Any]) -> str:
    before, after = action["basic_before"], action["basic_after"]
    if action["kind"].endswith("_denied"):
        return "held"
    if before is not None and after is not None and after > before:
        return "up"
    return "lump" if action["lump_sum"] != "0.00" else "other"


def told(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer's document, ready for the page."""
    shown = answer["pay_actions"][:MOST_ACTIONS]
    people: dict[str, Person] = {}
    for name, rows in (
        ("actions", shown),
        ("cases", answer["cases"]),
        ("exceptions", answer.get("exceptions", ())),
        ("back_pay", answer["back_pay"]),
    ):
        for row in rows:
            code = row["employee"]
            getattr(people.setdefault(code, Person(code)), name).append(_dated(row))
    for code, lines in answer.get("explained", {}).items():
        people.setdefault(code, Person(code)).steps = list(_steps(lines))
    return {
        "title": answer["title"],
        "held": answer["held"],
        "failed": [_failed(message) for message in answer["failed"]],
        "people": list(people.values()),
        "refusals": answer["refusals"],
        "pools": [_dated(row) for row in answer["pools"]],
        "actions": len(answer["pay_actions"]),
        "left_out": len(answer["pay_actions"]) - len(shown),
    }


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its dates as dates beside the texts, and its kind in words."""
    found = dict(row)
    for key in ("effective", "date", "opened", "due", "closed"):
        if row.get(key):
            found[f"{key}_on"] = date.fromisoformat(row[key])
    for key in ("kind", "state"):
        if key in row:
            found[f"{key}_words"] = row[key].replace("_", " ")
    return found


def _failed(message: str) -> Failed:
    found = _LINE.fullmatch(message)
    return Failed(int(found[1]), found[2]) if found else Failed(None, message)


def _steps(lines: Sequence[str]) -> Iterator[Step]:
    """Lines that begin with blanks belong to the heading above them."""
    step: Step | None = None
    for line in lines:
        if line.startswith(" ") and step is not None:
            step.lines.append(line.strip())
            continue
        if step is not None:
            yield step
        step = Step(heading=line.strip(), lines=[])
    if step is not None:
        yield step
