"""What each payout rested on for one person, and what every other rating would have paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from governance.queries.policy import policy_on
from pay.models import PayAction, PayoutLine, PointPattern, RunState
from pay.rules.encoding import UnreadableInputs, encode
from pay.rules.explain import UnknownRule, replay
from pay.rules.point_value import PERCENT_MODES
from pay.rules.wording.figures import decimal, dollars, percent
from performance.models import RatingLevel
from performance.models.system import STANDARD_SYSTEM
from regulation.refusals import Refused
from workforce.models import Employee

PAID = (RunState.DONE, RunState.VERIFIED)


@dataclass(frozen=True, slots=True)
class WouldHave:
    """What one level would have paid: points, whole dollars of basic pay and as a lump sum."""

    code: str
    title: str
    points: Decimal
    amount: int
    increase: int
    lump_sum: int
    used: bool

    @property
    def points_text(self) -> str:
        """The points without idle zeros."""
        return decimal(self.points)


@dataclass(frozen=True, slots=True)
class Payout:
    """One payout of one person: the line certified, the step it made, and the comparison."""

    line: PayoutLine
    action: PayAction | None
    level: str
    value: Decimal | None
    mode: str
    levels: tuple[WouldHave, ...]

    @property
    def certified_only(self) -> bool:
        """Whether money was certified and no step has paid it."""
        return self.action is None and bool(self.line.increase or self.line.lump_sum)

    @property
    def value_text(self) -> str:
        """The value of a point: dollars, or a percentage of basic pay."""
        if self.value is None:
            return ""
        if self.mode in PERCENT_MODES:
            return f"{percent(self.value)} of basic pay"
        return f"${dollars(self.value)}"


def payouts_of(
    employee: Employee, *, actions: Sequence[PayAction], known: datetime | None = None
) -> list[Payout]:
    """Every finished payout of a person, newest first; three queries, however many.

    5 CFR 9701.342(a), (c), (d). A payout that came to nothing is among them, without a step.
    """
    rows = PayoutLine.objects.filter(employee=employee, run__state__in=PAID).select_related(
        "run__approved_by", "pool", "rating__cycle"
    )
    if known is not None:
        rows = rows.filter(run__finished_at__lte=known)
    lines = list(rows.order_by("-run__effective", "-id"))
    if not lines:
        return []
    titles = dict(
        RatingLevel.objects.filter(system__code=STANDARD_SYSTEM)
        .order_by("rank")
        .values_list("code", "title")
    )
    patterns = _patterns({line.pool_id for line in lines})
    made = {action.run_id: action for action in actions if action.run_id is not None}
    return [
        _payout(line, action=made.get(line.run_id), titles=titles, patterns=patterns)
        for line in lines
    ]


def _patterns(pools: set[int]) -> dict[int, list[PointPattern]]:
    found: dict[int, list[PointPattern]] = defaultdict(list)
    for pattern in PointPattern.objects.filter(pool_id__in=pools).order_by("pool_id", "starts"):
        found[pattern.pool_id].append(pattern)
    return found


def _payout(
    line: PayoutLine,
    *,
    action: PayAction | None,
    titles: Mapping[str, str],
    patterns: Mapping[int, Sequence[PointPattern]],
) -> Payout:
    rule, version, inputs = _rule_of(line, action=action)
    pattern = [each for each in patterns[line.pool_id] if each.starts <= line.run.effective]
    points = pattern[-1].points if pattern else {}
    return Payout(
        line=line,
        action=action,
        level=titles.get(line.level, line.level),
        value=Decimal(str(inputs["value"])) if inputs.get("value") is not None else None,
        mode=str(inputs.get("mode", "")),
        levels=tuple(
            _would_have(code, title, points[code], line=line, run=(rule, version, inputs))
            for code, title in titles.items()
            if code in points and rule
        ),
    )


def _would_have(
    code: str,
    title: str,
    points: str | int,
    *,
    line: PayoutLine,
    run: tuple[str, int, Mapping[str, Any]],
) -> WouldHave:
    """The same rule on the same inputs with another level's points; of the level used, its own."""
    rule, version, inputs = run
    used = code == line.level
    worth = line.points if used else Decimal(str(points))
    try:
        result = replay(rule, version, {**inputs, "points": encode(worth)})
    except (UnknownRule, UnreadableInputs, Refused):
        result = {}
    return WouldHave(
        code=code,
        title=title,
        points=worth,
        amount=int(result.get("amount", 0)),
        increase=int(result.get("increase", 0)),
        lump_sum=int(result.get("lump_sum", 0)),
        used=used,
    )


def _rule_of(line: PayoutLine, *, action: PayAction | None) -> tuple[str, int, Mapping[str, Any]]:
    """Rule and inputs of the step; where nothing was posted, those that it would have had."""
    if action is not None:
        own = {name: value for name, value in action.inputs.items() if name != "payable"}
        return action.rule, action.rule_version, own
    pool = line.run.preview.get("groups", {}).get(line.pool.code, {})
    policy = policy_on(line.run.effective)
    try:
        excess, retained_lump = policy["payout.excess_lump"], policy["retained.lump"]
    except Refused:  # without the parameters of that day nothing can be compared
        return "", 0, {}
    inputs = {
        "mode": pool.get("mode") or line.run.plan.get("mode"),
        "value": pool.get("value"),
        "points": encode(line.points),
        "proration": line.proration,
        "maximum": line.band_maximum,
        "excess_lump": excess == "pay",
    }
    if line.retained:
        return "R18", 1, {"rate": line.basic, **inputs, "retained_lump": retained_lump}
    return "R17", 1, {"basic": line.basic, **inputs}
