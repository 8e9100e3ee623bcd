"""The chart of a rate inside its band over the years, laid out for an SVG template.

Geometry only: dates and dollars become coordinates, so floats here are places on a screen, never
money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class RatePoint:
    """Basic pay from a date on, whole dollars a year; None where no rate is in force."""

    starts: date
    basic: int | None
    #: How the step is marked: "up", "held", "lump", "other"; empty for none.
    mark: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class RangePiece:
    """A band's range over a stretch of time; `ends` is the first day it no longer holds."""

    starts: date
    ends: date
    minimum: int
    maximum: int
    band: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the line."""

    x: float
    y: float
    kind: str
    label: str

    @property
    def diamond(self) -> str:
        """The corners of a diamond around the place."""
        x, y, r = self.x, self.y, 7
        return f"{x},{y - r} {x + r},{y} {x},{y + r} {x - r},{y}"

    @property
    def triangle(self) -> str:
        """The corners of a triangle that points down, around the place."""
        x, y, r = self.x, self.y, 7
        return f"{x - r},{y - r + 1} {x + r},{y - r + 1} {x},{y + r}"


@dataclass(frozen=True, slots=True)
class BandArea:
    """The range of one band as an area with a step-shaped edge above and below."""

    fill: str
    top: str
    bottom: str
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class RateChart:
    """Everything that the template draws, in units of its own box."""

    key: str
    width: int
    height: int
    left: int
    right: float
    top: float
    bottom: float
    areas: tuple[BandArea, ...]
    line: str
    marks: tuple[Mark, ...]
    dollars: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    last: Tick | None
    last_y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The box, and how dates and dollars fall into it."""

    width: int
    height: int
    left: int
    first: date
    last: date
    low: int
    high: int

    right_margin = 16
    top_margin = 30
    bottom_margin = 30

    @property
    def right(self) -> float:
        """The right edge of the drawing."""
        return float(self.width - self.right_margin)

    @property
    def bottom(self) -> float:
        """The lower edge of the drawing."""
        return float(self.height - self.bottom_margin)

    def x(self, on: date) -> float:
        """Where a date falls; dates outside the box fall on its edge."""
        share = (on - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)

    def y(self, dollars: int) -> float:
        """Where a rate falls."""
        share = (dollars - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top_margin), 1)


#: Units that a letter of a label takes, about.
LETTER = 8
#: Widths of the box: for a desk's screen, and for a telephone's, where the text must stay legible.
WIDE = ("wide", 760, 380, 62)
NARROW = ("narrow", 300, 300, 44)


def rate_charts(
    points: Sequence[RatePoint], ranges: Sequence[RangePiece], *, on: date
) -> tuple[RateChart, ...]:
    """The chart for a wide and for a narrow screen; none where there is no rate to draw."""
    if not any(point.basic is not None for point in points):
        return ()
    return tuple(_chart(points, ranges, on=on, size=size) for size in (WIDE, NARROW))


def _chart(
    points: Sequence[RatePoint],
    ranges: Sequence[RangePiece],
    *,
    on: date,
    size: tuple[str, int, int, int],
) -> RateChart:
    key, width, height, left = size
    figures = [point.basic for point in points if point.basic is not None]
    figures += [rate for piece in ranges for rate in (piece.minimum, piece.maximum)]
    unit = _unit(max(figures) - min(figures), most=6 if key == "wide" else 5)
    half = unit // 2
    frame = Frame(
        width=width,
        height=height,
        left=left,
        first=points[0].starts,
        last=max(on, points[-1].starts) + timedelta(days=1),
        low=(min(figures) - unit // 4) // half * half,
        high=-(-(max(figures) + unit // 4) // half) * half,
    )
    rates = [point for point in points if point.basic is not None]
    last = rates[-1].basic or 0
    return RateChart(
        key=key,
        width=width,
        height=height,
        left=left,
        right=frame.right,
        top=float(frame.top_margin),
        bottom=frame.bottom,
        areas=tuple(_areas(ranges, frame=frame)),
        line=_line(points, frame=frame),
        marks=tuple(_marks(points, frame=frame)),
        dollars=tuple(_dollar_ticks(frame, unit=unit)),
        dates=tuple(_date_ticks(frame, most=8 if key == "wide" else 4)),
        last=Tick(frame.right, f"${last:,}") if points[-1].basic is not None else None,
        last_y=frame.y(last),
    )


def _unit(span: int, *, most: int) -> int:
    """Dollars between two lines of the grid, so that there are not too many."""
    for unit in (1_000, 2_000, 5_000, 10_000, 20_000, 25_000, 50_000):
        if span <= unit * (most - 1):
            return unit
    return 100_000


def _line(points: Sequence[RatePoint], *, frame: Frame) -> str:
    path: list[str] = []
    drawing = False
    for point in points:
        x = frame.x(point.starts)
        if point.basic is None:
            path += [f"H{x}"] if drawing else []
        elif drawing:
            path.append(f"H{x}V{frame.y(point.basic)}")
        else:
            path.append(f"M{x} {frame.y(point.basic)}")
        drawing = point.basic is not None
    return "".join(path) + (f"H{frame.right}" if drawing else "")


def _areas(ranges: Sequence[RangePiece], *, frame: Frame) -> Iterator[BandArea]:
    group: list[RangePiece] = []
    for piece in [*ranges, None]:
        if group and (piece is None or piece.band != group[-1].band):
            yield _area(group, frame=frame)
            group = []
        if piece is not None:
            group.append(piece)


def _area(group: Sequence[RangePiece], *, frame: Frame) -> BandArea:
    tops = [(frame.x(p.starts), frame.x(p.ends), frame.y(p.maximum)) for p in group]
    bottoms = [(frame.x(p.starts), frame.x(p.ends), frame.y(p.minimum)) for p in group]
    top = _steps(tops)
    back = "".join(f"V{y}H{x}" for x, _, y in reversed(bottoms))
    return BandArea(
        fill=f"{top}{back}Z",
        top=top,
        bottom=_steps(bottoms),
        label=group[0].band if tops[-1][1] - tops[0][0] > LETTER * len(group[0].band) else "",
        label_x=tops[0][0] + 8,
        label_y=bottoms[0][2] - 9,
    )


def _steps(stretches: Sequence[tuple[float, float, float]]) -> str:
    x, _, y = stretches[0]
    return f"M{x} {y}" + "".join(f"V{y}H{to}" for _, to, y in stretches)


def _marks(points: Sequence[RatePoint], *, frame: Frame) -> Iterator[Mark]:
    basic: int | None = None
    for point in points:
        basic = point.basic if point.basic is not None else basic
        if point.mark and basic is not None:
            yield Mark(frame.x(point.starts), frame.y(basic), point.mark, point.label)


def _dollar_ticks(frame: Frame, *, unit: int) -> Iterator[Tick]:
    for rate in range(-(-frame.low // unit) * unit, frame.high + 1, unit):
        yield Tick(frame.y(rate), f"${rate // 1_000}k")


def _date_ticks(frame: Frame, *, most: int) -> Iterator[Tick]:
    """First days of months, as many as fit, with the year where it begins."""
    months = (frame.last.year - frame.first.year) * 12 + frame.last.month - frame.first.month
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if months <= n * most), 240)
    starts = [
        date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in range(1, 13)
        if ((year * 12 + month - 1) % every) == 0
    ]
    shown = [each for each in starts if frame.first <= each <= frame.last]
    for each in shown:
        x = frame.x(each)
        anchor = "start" if x < frame.left + 12 else "end" if x > frame.right - 24 else "middle"
        yield Tick(x, f"{each:%Y}" if every >= 12 else f"{each:%b %Y}", anchor)


def pieces_of(
    held: Sequence[tuple[date, int | None, str]],
    ranges: Sequence[tuple[int, date | None, date | None, int, int]],
    *,
    until: date,
) -> list[RangePiece]:
    """The ranges of the bands that a person held, cut to the time in which each was held.

    `held` is (from, band id, band name), oldest first; `ranges` (band id, from, to, minimum,
    maximum).
    """
    found = []
    ends = [*(starts for starts, _, _ in held[1:]), until]
    for (starts, band_id, name), end in zip(held, ends, strict=True):
        for of, lower, upper, minimum, maximum in ranges:
            first = max(starts, lower or starts)
            last = min(end, upper or end)
            if of == band_id and first < last:
                found.append(RangePiece(first, last, minimum, maximum, name))
    found.sort(key=lambda piece: piece.starts)
    return _joined(found)


def _joined(pieces: Sequence[RangePiece]) -> list[RangePiece]:
    """Neighbours that differ in nothing are one piece."""
    joined = list(pieces[:1])
    for before, piece in pairwise(pieces):
        same = (before.band, before.minimum, before.maximum, before.ends)
        if same == (piece.band, piece.minimum, piece.maximum, piece.starts):
            last = joined[-1]
            joined[-1] = RangePiece(last.starts, piece.ends, last.minimum, last.maximum, last.band)
        else:
            joined.append(piece)
    return joined
