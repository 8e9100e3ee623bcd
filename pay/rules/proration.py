"""The part of the time between two payouts for which an employee earns the second (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from regulation.refusals import Refused

RULE = "R19"
VERSION = 1
CITATION = "9701.342(e)"

SpanKind: TypeAlias = Literal[
    "leave_without_pay", "uniformed_service", "injury_compensation", "directive_reason"
]
#: 5 CFR 9701.342(e)(2), (f), (g): these never reduce a payout.
PROTECTED_KINDS = ("uniformed_service", "injury_compensation")
SPAN_KINDS = ("leave_without_pay", *PROTECTED_KINDS, "directive_reason")


@dataclass(frozen=True, slots=True)
class Span:
    """An absence, first and last day included; `directive_reason` is any other one listed."""

    start: date
    end: date
    kind: SpanKind


def proration(
    *,
    window_start: date,
    window_end: date,
    hired: date | None,
    promoted: date | None,
    leave_without_pay: Sequence[Span],
    threshold_days: int,
) -> Fraction:
    """Eligible days over days of the window between payouts, exact, from 0 to 1.

    5 CFR 9701.342(e)(1)-(3), (f), (g). The window runs from the prior payout through the day before
    this one, both included. Ordinary leave without pay counts once its days in the window exceed
    `threshold_days` (parameter proration.lwop_threshold_days). No day is dropped twice. Refused
    `invalid_input` for a window or span that ends before it begins.
    """
    _check_order(window_start, window_end)
    for span in leave_without_pay:
        _check_order(span.start, span.end)
        if span.kind not in SPAN_KINDS:
            message = f"{span.kind} is no kind of absence that a payout knows."
            raise Refused("invalid_input", CITATION, message)
    first, last = window_start.toordinal(), window_end.toordinal()
    total = last - first + 1
    begins = max([first, *(day.toordinal() for day in (hired, promoted) if day is not None)])
    if not leave_without_pay:
        return Fraction(max(0, last - begins + 1), total)
    days = set(range(first, last + 1))
    unpaid = _days(leave_without_pay, kinds=("leave_without_pay",)) & days
    unpaid -= _days(leave_without_pay, kinds=PROTECTED_KINDS)
    dropped = _days(leave_without_pay, kinds=("directive_reason",))
    if len(unpaid) > threshold_days:
        dropped |= unpaid
    eligible = set(range(begins, last + 1)) - dropped
    return Fraction(len(eligible), total)


def _days(spans: Iterable[Span], *, kinds: Sequence[str]) -> set[int]:
    return {
        day
        for span in spans
        if span.kind in kinds
        for day in range(span.start.toordinal(), span.end.toordinal() + 1)
    }


def _check_order(start: date, end: date) -> None:
    if end < start:
        raise Refused("invalid_input", CITATION, f"{end} comes before {start}.")
