"""The chart of payouts by rating, two bars a level, laid out for an SVG template.

Geometry only: dollars become coordinates, so floats here are places on a screen, never money.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pay.charts import Tick
from pay.rules.payout_summary import Summary


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A level with its figures under the pattern tried and the present one; None is not shown."""

    title: str
    tried: Summary | None
    present: Summary | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean of a level as a bar, and from its least to its most payout as a line."""

    kind: str
    y: float
    height: float
    width: float
    least: float
    most: float
    label: str
    label_x: float

    @property
    def middle(self) -> float:
        """Half way down the bar."""
        return self.y + self.height / 2

    @property
    def spread(self) -> bool:
        """Whether payouts of the level differ at all."""
        return self.most > self.least


@dataclass(frozen=True, slots=True)
class Row:
    """One level in the chart."""

    title: str
    title_x: float
    title_y: float
    anchor: str
    note: str
    note_y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class PayoutChart:
    """Everything that the template draws, in units of its own box."""

    key: str
    width: int
    height: float
    left: int
    right: int
    top: float
    bottom: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    key: str
    width: int
    left: int
    right: int
    row: int
    bar: int
    #: Where the bars begin under the top of a row.
    above: int
    ticks: int


_WIDE = _Size(key="wide", width=760, left=196, right=680, row=68, bar=19, above=10, ticks=6)
_NARROW = _Size(key="narrow", width=300, left=8, right=232, row=88, bar=18, above=30, ticks=3)
_AXIS = 30
_UNITS = (100, 200, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000)


def payout_charts(levels: Sequence[LevelPair]) -> tuple[PayoutChart, ...]:
    """The chart for a wide and for a narrow screen; none where nobody is paid anything."""
    most = max(
        (each.most or 0 for pair in levels for each in (pair.tried, pair.present) if each),
        default=0,
    )
    return tuple(_chart(levels, most=most, size=size) for size in (_WIDE, _NARROW)) if most else ()


def _chart(levels: Sequence[LevelPair], *, most: int, size: _Size) -> PayoutChart:
    unit = next((each for each in _UNITS if most <= each * (size.ticks - 1)), most)
    end = -(-most // unit) * unit

    def x(dollars: int) -> float:
        return round(size.left + dollars / end * (size.right - size.left), 1)

    rows = tuple(
        _row(pair, top=number * size.row, x=x, size=size) for number, pair in enumerate(levels)
    )
    bottom = len(levels) * size.row + 4
    return PayoutChart(
        key=size.key,
        width=size.width,
        height=bottom + _AXIS,
        left=size.left,
        right=size.right,
        top=0,
        bottom=bottom,
        rows=rows,
        ticks=tuple(Tick(x(at), f"${at:,}") for at in range(0, end + 1, unit)),
    )


def _row(pair: LevelPair, *, top: float, x: Callable[[int], float], size: _Size) -> Row:
    wide = size.key == "wide"
    bars = []
    for number, (kind, summary) in enumerate((("tried", pair.tried), ("present", pair.present))):
        if summary is None or summary.mean is None:
            continue
        least, most = x(summary.least or 0), x(summary.most or 0)
        end = x(summary.mean)
        bars.append(
            Bar(
                kind=kind,
                y=top + size.above + number * (size.bar + 5),
                height=size.bar,
                width=round(max(0.0, end - size.left), 1),
                least=least,
                most=most,
                label=f"${summary.mean:,}",
                label_x=max(end, most) + 7,
            )
        )
    return Row(
        title=pair.title,
        title_x=size.left - 14 if wide else size.left,
        title_y=top + size.above + size.bar + 2 if wide else top + 20,
        anchor="end" if wide else "start",
        note=pair.note,
        note_y=top + size.above + size.bar + 2,
        bars=tuple(bars),
    )
