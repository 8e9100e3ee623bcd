"""The pay page in one piece: every step with its payout or denial, and the chart of the rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pay.charts import RateChart, RatePoint, pieces_of, rate_charts
from pay.models import DeniedIncrease, RateRange
from pay.queries.case_words import tag_of
from pay.queries.denial_outlook import Outlook, denials_of, outlooks
from pay.queries.history import PayHistory, Step, pay_history, range_of
from pay.queries.payouts import Payout, payouts_of
from regulation.pay_periods import pay_calendar
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the timeline: a step of the ledger, or a payout that came to nothing."""

    effective: date
    step: Step | None
    payout: Payout | None = None
    denial: DeniedIncrease | None = None

    @property
    def mark(self) -> str:
        """How it is marked, as in the chart."""
        return mark_of(self.step) if self.step is not None else "other"

    @property
    def denial_tag(self) -> str:
        """The class of the tag that shows the state of the case."""
        return tag_of(self.denial) if self.denial is not None else ""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of the table beside the chart; whole dollars a year."""

    step: Step
    band: RateRange | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page shows, newest first, with what is still open on top."""

    history: PayHistory
    events: tuple[Event, ...]
    open_cases: tuple[Outlook, ...]
    charts: tuple[RateChart, ...]
    chart_rows: tuple[ChartRow, ...]

    @property
    def marks(self) -> frozenset[str]:
        """The kinds of marks in the chart, for its legend."""
        return frozenset(mark_of(row.step) for row in self.chart_rows)


def timeline(employee: Employee, *, on: date, known: datetime | None = None) -> Timeline:
    """The whole page of one person in at most seven queries, however many steps there are.

    With `known`, as of that moment; cases are shown only as they are now, so then none is.
    """
    history = pay_history(employee, on=on, known=known)
    cases = denials_of(employee)
    payouts = payouts_of(employee, actions=[step.action for step in history.steps], known=known)
    return Timeline(
        history=history,
        events=tuple(_events(history, payouts=payouts, cases=cases)),
        open_cases=()
        if known is not None
        else tuple(outlooks(cases, history=history, calendar=pay_calendar())),
        charts=charts_of(history),
        chart_rows=tuple(
            ChartRow(
                step, range_of(history.ranges, band=step.action.band, on=step.action.effective)
            )
            for step in history.steps
        ),
    )


def _events(
    history: PayHistory, *, payouts: Sequence[Payout], cases: Sequence[DeniedIncrease]
) -> Iterator[Event]:
    by_action = {payout.action.pk: payout for payout in payouts if payout.action is not None}
    denials = {case.action_id: case for case in cases}
    events = [
        Event(
            step.action.effective,
            step,
            payout=by_action.get(step.action.pk),
            denial=denials.get(step.action.pk),
        )
        for step in history.steps
    ]
    events += [
        Event(payout.line.run.effective, None, payout=payout)
        for payout in payouts
        if payout.action is None
    ]
    # A stable sort keeps the steps of one day in their own order.
    yield from sorted(events, key=lambda event: event.effective, reverse=True)


def charts_of(history: PayHistory) -> tuple[RateChart, ...]:
    """The chart of basic pay in the range of the band held, through the date of the page."""
    steps = history.oldest_first
    if not steps:
        return ()
    until = max(history.on, steps[-1].action.effective) + timedelta(days=1)
    ranges = [
        (each.band_id, each.period.lower, each.period.upper, each.minimum, each.maximum)
        for each in history.ranges
    ]
    return rate_charts(
        [_point(step) for step in steps],
        pieces_of([_held(step) for step in steps], ranges, until=until),
        on=history.on,
    )


def _range_at(step: Step, *, ranges: Sequence[RateRange]) -> RateRange | None:
    return range_of(ranges, band=step.action.band, on=step.action.effective)


def _held(step: Step) -> tuple[date, int | None, str]:
    action = step.action
    band = action.band if action.basic_after is not None else None
    return action.effective, band.pk if band else None, band.get_level_display() if band else ""


def _point(step: Step) -> RatePoint:
    action = step.action
    return RatePoint(action.effective, action.basic_after, mark=mark_of(step), label=step.title)


def mark_of(step: Step) -> str:
    """How a step is marked in the chart and in the timeline."""
    if step.action.kind.endswith("_denied"):
        return "held"
    if step.action.lump_sum and not step.change:
        return "lump"
    return "up" if step.change is not None and step.change > 0 else "other"
