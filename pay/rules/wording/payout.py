"""Point values, proration and payouts in words (R13, R16 to R19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pay.rules.modal_rating import ModalResult
from pay.rules.payout import EQUAL_TO_BOUND, PayoutResult
from pay.rules.point_value import FIXED_MODES, PERCENT_MODES, SHARE_MODES, Share
from pay.rules.proration import Span
from pay.rules.wording.figures import Lines, decimal, dollars, percent, ratio, rounded, unrounded


def describe_modal_rating(
    result: ModalResult,
    *,
    levels: Sequence[str],
    best_first: Sequence[str],
    tie: str,
    none_rated: str,
) -> Lines:
    """R13 in words."""
    votes = ", ".join(f"{level} {count}" for level, count in result.counts.items())
    if not levels:
        return [f"Nobody in the pool is rated; {none_rated} gives {result.level}."]
    broken = f" Levels tied; {tie} decides." if result.tied else ""
    return [f"Ratings in the pool: {votes}. Most often: {result.level}.{broken}"]


def describe_point_value(
    result: Decimal | None,
    *,
    mode: str,
    pool: Decimal,
    shares: Sequence[Share],
    fixed: Decimal | None,
    weighted: bool,
) -> Lines:
    """R16 in words."""
    if result is None:
        return ["Nobody in the pool has points, so nothing is paid and the pool is returned."]
    value = percent(result) if mode in PERCENT_MODES else dollars(result)
    if mode in FIXED_MODES:
        return [f"The value of a point is set at {value}."]
    weights = [share.weight if weighted else Fraction(share.points) for share in shares]
    if mode in PERCENT_MODES:
        total = sum((w * s.base for w, s in zip(weights, shares, strict=True)), Fraction(0))
        divisor = f"the sum of points times basic pay ({unrounded(total)})"
    else:
        divisor = f"{unrounded(sum(weights, Fraction(0)))} points"
    return [f"{dollars(pool)} ÷ {divisor}, cut so that the pool suffices, gives {value} a point."]


def describe_proration(
    result: Fraction,
    *,
    window_start: date,
    window_end: date,
    hired: date | None,
    promoted: date | None,
    leave_without_pay: Sequence[Span],
    threshold_days: int,
) -> Lines:
    """R19 in words."""
    days = (window_end - window_start).days + 1
    lines = [
        f"Of the {days} days from {window_start.isoformat()} through {window_end.isoformat()}, "
        f"{int(result * days)} count: {int(result * days)}/{days}."
    ]
    for what, on in (("hire", hired), ("promotion", promoted)):
        if on is not None and on > window_start:
            lines.append(f"Days before the {what} on {on.isoformat()} do not count.")
    if any(span.kind == "leave_without_pay" for span in leave_without_pay):
        lines.append(
            "Ordinary leave without pay does not count once it exceeds "
            f"{threshold_days} days of the window."
        )
    return lines


def describe_payout(
    result: PayoutResult,
    *,
    basic: int,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    proration: Fraction,
    maximum: int,
    excess_lump: bool,
) -> Lines:
    """R17 in words."""
    figured = _amount(
        result.amount, base=basic, mode=mode, value=value, points=points, proration=proration
    )
    lines = [figured]
    if result.increase:
        lines.append(
            f"{dollars(basic)} + {dollars(result.increase)} = {dollars(result.basic)} basic pay, "
            f"the band maximum being {dollars(maximum)}."
        )
    excess = result.amount - result.increase
    if excess:
        how = "is paid as a lump sum" if excess_lump else "is not paid"
        lines.append(f"The {dollars(excess)} above the band maximum, {dollars(maximum)}, {how}.")
    return lines


def describe_retained_payout(
    result: PayoutResult,
    *,
    rate: int,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    proration: Fraction,
    maximum: int,
    excess_lump: bool,
    retained_lump: str | int,
) -> Lines:
    """R18 in words."""
    lines = [
        f"The retained rate of {dollars(rate)} is above the band maximum, {dollars(maximum)}: "
        "basic pay stays, and the lump sum may not exceed what a member with the same rating at "
        "the maximum gets."
    ]
    if excess_lump:
        lines.append(
            _amount(
                result.amount,
                base=maximum,
                mode=mode,
                value=value,
                points=points,
                proration=proration,
            )
        )
    else:
        lines.append("This pool pays nothing above the maximum, so a member at it gets 0.")
    chosen = "all of that" if retained_lump == EQUAL_TO_BOUND else "the amount set by directive"
    return [*lines, f"Lump sum: {dollars(result.lump_sum)}, {chosen}."]


def _amount(
    amount: int,
    *,
    base: int,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    proration: Fraction,
) -> str:
    if value is None:
        return "Nobody in the pool has points, so there is no payout."
    exact = Fraction(value) * Fraction(points) * proration
    factors = [dollars(value), f"{decimal(points)} points"]
    if mode in PERCENT_MODES:
        exact = exact * base / 100
        factors = [percent(value), f"{decimal(points)} points", dollars(base)]
    if proration != 1:
        factors.append(ratio(proration))
    way = "cut" if mode in SHARE_MODES else "rounded half up"
    return f"{' × '.join(factors)} {rounded(exact, amount, way=way)}"
